import { createHmac, generateKeyPairSync, sign } from 'node:crypto';
import { expect, test } from 'vitest';
import { NOON } from '../desk.ts';
import { openDoors, raw } from './kit.ts';

const POSTMARK = 'the-password-of-postmark';
const MAILGUN = 'key-0123456789abcdef0123';
const pair = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
const SENDGRID = pair.publicKey.export({ type: 'spki', format: 'der' }).toString('base64');
const sources = { postmark: POSTMARK, mailgun: MAILGUN, sendgrid: SENDGRID };
const mail = Buffer.concat([
  Buffer.from(
    raw('', { 'Content-Type': 'text/plain; charset=iso-8859-2', 'Content-Transfer-Encoding': '8bit' }),
  ),
  Buffer.from([0xbf, 0xf3]),
]);
const seconds = String(NOON.getTime() / 1000);
const basic = (password: string): string => `Basic ${Buffer.from(`desk:${password}`).toString('base64')}`;

function form(
  fields: Readonly<Record<string, string | Buffer>>,
  boundary = 'x',
): { body: Buffer; type: string } {
  const parts = Object.entries(fields).flatMap(([name, value]) => [
    Buffer.from(`--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n`),
    Buffer.from(value),
    Buffer.from('\r\n'),
  ]);
  return {
    body: Buffer.concat([...parts, Buffer.from(`--${boundary}--\r\n`)]),
    type: `multipart/form-data; boundary=${boundary}`,
  };
}

const mailgun = (more: Record<string, string | Buffer> = {}) =>
  form({
    timestamp: seconds,
    token: 'a-token',
    signature: createHmac('sha256', MAILGUN).update(`${seconds}a-token`).digest('hex'),
    sender: 'ana@example.com',
    recipient: 'support@desk.example',
    'body-mime': mail,
    ...more,
  });

test('Postmark brings a mail with its password', async () => {
  const doors = await openDoors({ sources });
  const body = JSON.stringify({
    RawEmail: raw('zażółć', { 'Content-Type': 'text/plain; charset=utf-8' }),
    OriginalRecipient: 'in@postmark.example',
  });
  const received = await doors.knocks('postmark', body, { authorization: basic(POSTMARK) });
  expect(received).toMatchObject({
    verified: true,
    inbound: [{ type: 'wrote', text: 'zażółć', to: ['in@postmark.example', 'support@desk.example'] }],
  });
  if (received.verified) expect(await received.respond([])).toEqual({ status: 200 });
  for (const [headers, given, status] of [
    [{}, body, 401],
    [{ authorization: basic('wrong') }, body, 401],
    [{ authorization: basic(POSTMARK) }, '{', 400],
    [{ authorization: basic(POSTMARK) }, '{"TextBody":"x"}', 422],
  ] as const)
    expect(await doors.knocks('postmark', given, headers)).toMatchObject({
      verified: false,
      response: { status },
    });
});

test('Mailgun brings a mail, byte for byte, with its signature; a token is for one mail', async () => {
  const doors = await openDoors({ sources });
  const { body, type } = mailgun();
  expect(await doors.knocks('mailgun', body, { 'content-type': type })).toMatchObject({
    verified: true,
    inbound: [{ text: 'żó' }],
  });
  expect(await doors.knocks('mailgun', body, { 'content-type': type })).toMatchObject({ verified: true });
  const encoded = new URLSearchParams({
    timestamp: seconds,
    token: 'b',
    signature: createHmac('sha256', MAILGUN).update(`${seconds}b`).digest('hex'),
    'body-mime': raw('form'),
  });
  expect(
    await doors.knocks('mailgun', encoded.toString(), {
      'content-type': 'application/x-www-form-urlencoded',
    }),
  ).toMatchObject({
    inbound: [{ text: 'form' }],
  });
  for (const [bad, status] of [
    [mailgun({ 'body-mime': raw('another mail') }), 401],
    [mailgun({ signature: 'a'.repeat(64) }), 401],
    [mailgun({ timestamp: String(Number(seconds) + 1) }), 401],
    [form({ timestamp: seconds }), 401],
    [{ body: Buffer.from('x'), type: 'text/plain' }, 400],
  ] as const)
    expect(await doors.knocks('mailgun', bad.body, { 'content-type': bad.type })).toMatchObject({
      verified: false,
      response: { status },
    });
});

test('SendGrid brings a mail with a signature over all of it', async () => {
  const doors = await openDoors({ sources });
  const { body, type } = form({
    email: mail,
    envelope: '{"from":"","to":["support@desk.example"]}',
    sender_ip: '192.0.2.1',
  });
  const headers = (bytes: Buffer, time = seconds) => ({
    'content-type': type,
    'x-twilio-email-event-webhook-signature': sign(
      'sha256',
      Buffer.concat([Buffer.from(time), bytes]),
      pair.privateKey,
    ).toString('base64'),
    'x-twilio-email-event-webhook-timestamp': time,
  });
  expect(await doors.knocks('sendgrid', body, headers(body))).toMatchObject({
    inbound: [{ text: 'żó', automatic: 'reply' }],
  });
  const tampered = Buffer.concat([body, Buffer.from(' ')]);
  const old = String(Number(seconds) - 5 * 86_400);
  for (const [bytes, given] of [
    [tampered, headers(body)],
    [body, { 'content-type': type }],
    [body, { ...headers(body), 'x-twilio-email-event-webhook-timestamp': String(Number(seconds) + 1) }],
    [body, headers(body, old)],
  ] as const)
    expect(await doors.knocks('sendgrid', bytes, given)).toMatchObject({
      verified: false,
      response: { status: 401 },
    });
});

test('a door without a secret is not there, whatever is said at it; nor is one that nobody knows', async () => {
  const doors = await openDoors({ sources: {} });
  for (const source of ['raw', 'postmark', 'mailgun', 'sendgrid', 'other', '__proto__', ''])
    expect(await doors.knocks(source, raw('x'), { authorization: 'Bearer undefined' })).toMatchObject({
      verified: false,
      response: { status: 404 },
    });
});
