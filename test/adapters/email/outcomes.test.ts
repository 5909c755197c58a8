import { afterEach, describe, expect, test } from 'vitest';
import { createEmailChannel } from '../../../src/adapters/email/index.ts';
import { receiptOf } from '../../../src/adapters/email/outcome.ts';
import { keptLog } from '../../harness/desk.ts';
import { configFor, type MailDesk, message, startMailDesk, thread } from './desk.ts';

let desk: MailDesk | undefined;
afterEach(async () => {
  await desk?.stop();
  desk = undefined;
});

const send = (id: string, to = 'ana@example.com') =>
  (desk as MailDesk).channel.deliver(message(id, 'Hello'), to);

/** What a server says, at which step, and what becomes of the mail. */
const REPLIES = [
  ['RCPT', 550, '5.1.1', { outcome: 'refused', code: 'gone', everywhere: true }],
  ['RCPT', 550, '5.1.10', { outcome: 'refused', code: 'gone', everywhere: true }],
  ['RCPT', 550, '5.2.1', { outcome: 'refused', code: 'gone', everywhere: true }],
  ['RCPT', 550, '5.4.1', { outcome: 'refused', code: 'gone', everywhere: true }],
  ['DATA', 550, '5.1.1', { outcome: 'refused', code: 'gone', everywhere: true }],
  ['RCPT', 552, '5.2.2', { outcome: 'retry', scope: 'place', afterMs: 900_000 }],
  ['RCPT', 452, '4.2.2', { outcome: 'retry', scope: 'place', afterMs: 900_000 }],
  ['RCPT', 450, '4.7.1', { outcome: 'retry', scope: 'place', afterMs: 110_000 }],
  ['RCPT', 451, '4.3.0', { outcome: 'retry', scope: 'place' }],
  ['RCPT', 503, '5.5.1', { outcome: 'retry', scope: 'place' }],
  ['RCPT', 421, '4.3.2', { outcome: 'retry', scope: 'bot' }],
  ['CONNECT', 421, '4.7.0', { outcome: 'retry', scope: 'bot' }],
  ['CONNECT', 554, '5.7.1', { outcome: 'retry', scope: 'bot' }],
  ['MAIL', 530, '5.7.0', { outcome: 'retry', scope: 'bot' }],
  ['RCPT', 550, '5.7.1', { outcome: 'refused', code: 'forbidden' }],
  ['MAIL', 550, '5.1.8', { outcome: 'refused', code: 'forbidden' }],
  ['MAIL', 550, '5.7.1', { outcome: 'refused', code: 'forbidden' }],
  ['DATA', 554, '5.7.1', { outcome: 'refused', code: 'forbidden' }],
  ['DATA', 552, '5.3.4', { outcome: 'refused', code: 'invalid' }],
  ['DATA', 550, '5.6.0', { outcome: 'refused', code: 'invalid' }],
  ['DATA', 451, '4.7.1', { outcome: 'retry', scope: 'place' }],
  ['DATA', 421, '4.3.2', { outcome: 'retry', scope: 'bot' }],
] as const;

test.each(REPLIES)('%s is answered %i %s: %o', async (step, status, code, expected) => {
  desk = await startMailDesk();
  desk.mail.addFault({ match: new RegExp(`^${step}`), kind: 'status', status, code });
  const receipt = await send('1');
  expect(receipt).toMatchObject(expected);
  if (expected.outcome === 'refused' && expected.code !== 'gone')
    expect(receipt).not.toHaveProperty('everywhere');
  expect(JSON.stringify([receipt, desk.log.lines])).not.toContain('ana@');
  expect(desk.mail.person('ana').mailbox()).toEqual([]);
  // The next mail is not troubled by it.
  expect(await send('2')).toMatchObject({ outcome: 'delivered' });
});

describe('without an enhanced code the step decides', () => {
  const judge = (command: string, status: number) =>
    receiptOf({ code: 'EENVELOPE', command, reply: { status } }, false, { pauseMs: 5 }, true);
  test.each([
    ['RCPT TO', 550, 'gone'],
    ['RCPT TO', 551, 'gone'],
    ['RCPT TO', 553, 'gone'],
    ['RCPT TO', 554, 'forbidden'],
    ['RCPT TO', 501, 'invalid'],
    ['MAIL FROM', 550, 'forbidden'],
    ['DATA', 550, 'forbidden'],
    ['DATA', 552, 'invalid'],
  ])('%s %i: %s', (command, status, code) => {
    expect(judge(command, status)).toMatchObject({ outcome: 'refused', code });
  });
  test('a plain 552 to an address is a full mailbox', () => {
    expect(judge('RCPT TO', 552)).toMatchObject({ outcome: 'retry', scope: 'place' });
  });
});

test('an address that was closed is gone, also when it begins a conversation', async () => {
  desk = await startMailDesk();
  desk.mail.closeMailbox('ana');
  expect(await desk.channel.openThread?.(thread('3', 'ana@example.com'))).toMatchObject({
    outcome: 'refused',
    code: 'gone',
    everywhere: true,
  });
});

test('a greylist lets the mail in when it comes again', async () => {
  let now = 0;
  desk = await startMailDesk({ clock: { now: () => now } });
  desk.mail.greylist(60_000);
  const receipt = await send('4');
  expect(receipt).toMatchObject({ outcome: 'retry', scope: 'place' });
  now += receipt.outcome === 'retry' ? receipt.afterMs : 0;
  expect(await send('4')).toMatchObject({ outcome: 'delivered' });
});

test.each(['CONNECT', 'MAIL', 'RCPT'])('a connection that breaks at %s: certainly not sent', async step => {
  desk = await startMailDesk();
  desk.mail.addFault({ match: new RegExp(`^${step}`), kind: 'refuse-connection' });
  expect(await send('5')).toMatchObject({ outcome: 'retry', scope: 'bot' });
  expect(await send('5')).toMatchObject({ outcome: 'delivered' });
  expect(desk.mail.person('ana').mailbox()).toHaveLength(1);
});

test('a connection that breaks once the whole mail is on its way: it may have been sent', async () => {
  desk = await startMailDesk();
  desk.mail.addFault({ match: /^DATA/, kind: 'lose-answer' });
  expect(await send('6')).toMatchObject({ outcome: 'unknown' });
  expect(desk.mail.person('ana').mailbox()).toHaveLength(1);
  expect(await send('6')).toMatchObject({ outcome: 'delivered' });
  // The mailbox knows it by its id.
  expect(desk.mail.person('ana').mailbox()).toHaveLength(1);
});

test('a connection that breaks in the middle of a mail: its end was never written, so it was not taken', async () => {
  desk = await startMailDesk();
  desk.mail.addFault({ match: /^DATA/, kind: 'refuse-connection' });
  const file = { name: 'a.bin', type: 'application/octet-stream', size: 16_000_000 };
  const files = [{ ...file, read: async () => Buffer.alloc(file.size, 1) }];
  expect(await desk.channel.deliver(message('7', 'Big', { files }), 'ana@example.com')).toMatchObject({
    outcome: 'retry',
  });
});

test('a server that never answers: in time, and by how far it came', async () => {
  desk = await startMailDesk({}, { patienceMs: 400 });
  desk.mail.addFault({ match: /^RCPT/, kind: 'hang' });
  expect(await send('8')).toMatchObject({ outcome: 'retry', scope: 'bot' });
  desk.mail.addFault({ match: /^DATA/, kind: 'hang' });
  expect(await send('9')).toMatchObject({ outcome: 'unknown' });
});

test('a first mail with an unknown fate has its place already, and sent again it is the same mail', async () => {
  desk = await startMailDesk();
  desk.mail.addFault({ match: /^DATA/, kind: 'lose-answer' });
  const lost = await desk.channel.openThread?.(thread('10', 'ana@example.com'));
  const again = await desk.channel.openThread?.(thread('10', 'ana@example.com'));
  expect([lost?.outcome, again?.outcome]).toEqual(['unknown', 'delivered']);
  expect(lost).toMatchObject({ ...again, outcome: 'unknown' });
  expect(desk.mail.person('ana').mailbox()).toHaveLength(1);
});

test('nobody listens: it waits longer each time, says so once, and begins anew when the server is back', async () => {
  desk = await startMailDesk();
  const { url } = desk.mail;
  await desk.stop();
  const log = keptLog();
  const channel = createEmailChannel(configFor({ url }, log));
  const waits: number[] = [];
  for (let turn = 0; turn < 3; turn++) {
    const receipt = await channel.deliver(message(`2${turn}`, 'x'), 'ana@example.com');
    if (receipt.outcome === 'retry' && receipt.scope === 'bot') waits.push(receipt.afterMs);
  }
  expect(waits).toEqual([2_000, 4_000, 8_000]);
  expect(log.lines).toHaveLength(1);
  await channel.close?.();
  desk = undefined;
});

test('many at once share a few connections', async () => {
  desk = await startMailDesk();
  const receipts = await Promise.all(Array.from({ length: 60 }, (_, n) => send(String(100 + n))));
  expect(receipts.every(({ outcome }) => outcome === 'delivered')).toBe(true);
  expect(desk.mail.person('ana').mailbox()).toHaveLength(60);
  expect(desk.mail.requests.filter(({ method }) => method === 'CONNECT').length).toBeLessThanOrEqual(5);
});
