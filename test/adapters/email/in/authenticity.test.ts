import { generateKeyPairSync } from 'node:crypto';
import { dkimSign } from 'mailauth/lib/dkim/sign.js';
import { expect, test } from 'vitest';
import { openDoors, raw } from './kit.ts';

const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
const key = publicKey.export({ type: 'spki', format: 'der' }).toString('base64');

/** DNS of example.com: a key, a policy, and its one mail server. */
const zone: Readonly<Record<string, string>> = {
  'k1._domainkey.example.com': `v=DKIM1; k=rsa; p=${key}`,
  '_dmarc.example.com': 'v=DMARC1; p=reject',
  'example.com': 'v=spf1 ip4:192.0.2.25 -all',
  'k1._domainkey.evil.example': `v=DKIM1; k=rsa; p=${key}`,
  '_dmarc.evil.example': 'v=DMARC1; p=none',
  'evil.example': 'v=spf1 +all',
};
const resolve = async (name: string, type: string): Promise<string[][]> => {
  const record = type === 'TXT' ? zone[name] : undefined;
  if (record === undefined) throw Object.assign(new Error('not found'), { code: 'ENOTFOUND' });
  return [[record]];
};

async function signedBy(domain: string, mail: string): Promise<string> {
  const { signatures, errors } = await dkimSign(mail, {
    canonicalization: 'relaxed/relaxed',
    signTime: new Date('2026-11-22T12:00:00Z'),
    signatureData: [{ signingDomain: domain, selector: 'k1', privateKey: pem }],
  } as unknown as Parameters<typeof dkimSign>[1]);
  expect(errors).toEqual([]);
  return signatures + mail;
}

test('a signature of the sender’s own domain vouches for the sender; so does the mail server that its SPF names', async () => {
  const doors = await openDoors({ resolve });
  const mail = raw('It is me.');
  expect(await doors.letter(await signedBy('example.com', mail))).toMatchObject({
    vouched: true,
    from: { space: '', externalId: 'ana@example.com' },
  });
  const envelope = {
    'x-mail-from': 'ana@example.com',
    'x-client-ip': '192.0.2.25',
    'x-client-helo': 'mx.example.com',
  };
  expect((await doors.letter(mail, envelope)).vouched).toBe(true);
});

test.each<[string, () => Promise<string> | string, Record<string, string>?]>([
  ['nothing', () => raw('x')],
  ['a signature of another domain', () => signedBy('evil.example', raw('x'))],
  [
    'SPF of another domain',
    () => raw('x'),
    { 'x-mail-from': 'a@evil.example', 'x-client-ip': '203.0.113.9' },
  ],
  [
    'SPF from the wrong server',
    () => raw('x'),
    { 'x-mail-from': 'ana@example.com', 'x-client-ip': '203.0.113.9' },
  ],
  ['a body that was changed after signing', async () => `${await signedBy('example.com', raw('x'))} and y`],
  [
    'two senders, one of them honest',
    async () => signedBy('example.com', raw('x', { From: 'eve@evil.example, ana@example.com' })),
  ],
  [
    'a second line From on top of an honest mail',
    async () => `From: Ana <ana@bank.example>\r\n${await signedBy('example.com', raw('x'))}`,
  ],
  [
    'Received that tells of the right server',
    () =>
      `Received: from mx.example.com ([192.0.2.25]) by mx.desk.example\r\nReturn-Path: <ana@example.com>\r\n${raw('x')}`,
  ],
  [
    'results that the sender wrote, where nobody is to write any',
    () => `Authentication-Results: mx.desk.example; dmarc=pass header.from=example.com\r\n${raw('x')}`,
  ],
  [
    'an own domain for display',
    () => signedBy('evil.example', raw('x', { From: '"ana@example.com" <eve@evil.example.org>' })),
  ],
])('with %s nobody vouches for it', async (_, mail, envelope = {}) => {
  const doors = await openDoors({ resolve });
  expect(await doors.letter(await mail(), envelope)).toMatchObject({
    vouched: false,
    from: { space: 'unvouched' },
  });
});

const results = (...lines: string[]): string =>
  lines.map(line => `Authentication-Results: ${line}\r\n`).join('') + raw('x');

test.each([
  ['mx.desk.example; dkim=pass header.d=example.com; dmarc=pass (p=REJECT) header.from=example.com'],
  ['MX.desk.example 1;\r\n spf=pass smtp.mailfrom=ana@example.com;\r\n\tdmarc=pass header.from=Example.COM'],
  ['mx.desk.example (a comment (nested; dmarc=fail)); dmarc = pass (x) header.from=example.com'],
])('one’s own server vouches for the sender: %s', async line => {
  const doors = await openDoors({ authservId: 'mx.desk.example' });
  expect((await doors.letter(results(line))).vouched).toBe(true);
});

test.each([
  ['another server', results('mx.evil.example; dmarc=pass header.from=example.com')],
  ['a name that begins alike', results('mx.desk.example.evil.example; dmarc=pass header.from=example.com')],
  [
    'not the topmost',
    results('mx.evil.example; none', 'mx.desk.example; dmarc=pass header.from=example.com'),
  ],
  [
    'topmost says fail',
    results(
      'mx.desk.example; dmarc=fail header.from=example.com',
      'mx.desk.example; dmarc=pass header.from=example.com',
    ),
  ],
  ['another domain', results('mx.desk.example; dmarc=pass header.from=evil.example')],
  ['no domain', results('mx.desk.example; dmarc=pass')],
  ['in a comment', results('mx.desk.example; spf=fail (dmarc=pass header.from=example.com)')],
  ['in a quoted string', results('mx.desk.example; spf=fail reason="x; dmarc=pass header.from=example.com"')],
  [
    'two results',
    results('mx.desk.example; dmarc=pass header.from=example.com; dmarc=fail header.from=example.com'),
  ],
  ['passing is longer', results('mx.desk.example; dmarc=passable header.from=example.com')],
  ['of another method', results('mx.desk.example; x-dmarc=pass header.from=example.com; spf=pass')],
  [
    'two senders',
    `Authentication-Results: mx.desk.example; dmarc=pass header.from=example.com\r\n${raw('x', { From: 'ana@example.com, eve@evil.example' })}`,
  ],
])('%s: nobody vouches for it', async (_, mail) => {
  const doors = await openDoors({ authservId: 'mx.desk.example' });
  expect((await doors.letter(mail)).vouched).toBe(false);
});
