import { afterEach, beforeEach, expect, test } from 'vitest';
import { createEmailChannel } from '../../../src/adapters/email/index.ts';
import { transact } from '../../../src/core/context.ts';
import type { Channel } from '../../../src/core/index.ts';
import { enqueue, readUnsubscribe } from '../../../src/core/outbox/index.ts';
import { GIVE_UP_MS } from '../../../src/core/outbox/rules/decide.ts';
import { type MailSimulator, startMail } from '../../../src/simulator/mail/index.ts';
import { configFor } from '../../adapters/email/desk.ts';
import { type ScriptedChannel, scriptedChannel } from '../../harness/channel.ts';
import { keptLog, type TestDesk, testDesk } from '../../harness/desk.ts';
import { settleAll } from '../../harness/flow.ts';
import { eventsAt } from '../../harness/people.ts';
import { column, contextOf, until } from '../kit.ts';

/** The core with the real adapter of mail: rules that need its answers. */
let t: TestDesk;
let mail: MailSimulator;
let email: Channel;
let forum: ScriptedChannel;
let post: string;

beforeEach(async () => {
  mail = await startMail({ duplicates: 'shown' });
  email = createEmailChannel(configFor(mail, keptLog()));
  forum = scriptedChannel('forum', { desk: true });
  t = await testDesk([email, forum]);
  await t.desk.accept('email', eventsAt(t.clock).submits('ana@example.com', { subject: 'Serwer\r\nBcc: x' }));
  await comes(() => box().length === 1);
  await comes(
    async () =>
      (await column(t.database, `select address from place where role = 'desk' and address is not null`))
        .length === 1,
  );
  [post = ''] = await column(t.database, `select address from place where role = 'desk'`);
});
afterEach(async () => {
  await t.close();
  await email.close?.();
  await mail.stop();
});

const box = () => mail.person('ana').mailbox();
const comes = (so: () => boolean | Promise<boolean>): Promise<void> =>
  until(async () => {
    await t.desk.tick();
    return so();
  });
const says = (text: string) => t.desk.accept('forum', eventsAt(t.clock).staffSays('bob', post, text));
const states = () =>
  column(
    t.database,
    `select state from delivery where message_kind = 'reply' and place_role = 'customer' order by id`,
  );
const marks = (): string[] => forum.calls.filter(call => call.what === 'react').map(call => call.text);

test('a ticket of somebody with a mail address is a mail conversation: its number in each subject, replies beneath the first', async () => {
  await says('Patrzymy na to.');
  await comes(() => box().length === 2);
  const [first, reply] = box();
  expect(first?.subject).toMatch(/^\[#1\] Serwer Bcc: x$/);
  expect(reply?.subject).toBe(`Re: ${first?.subject}`);
  expect(reply?.references).toEqual([first?.messageId]);
  expect(reply?.text).toContain('Patrzymy na to.');
  const auto = [first, reply].map(one => one?.headers.find(({ name }) => name === 'auto-submitted')?.value);
  expect(auto).toEqual(['auto-generated', undefined]);
  expect(await column(t.database, `select address from place where role = 'customer'`)).toEqual([
    // Without what it is signed with.
    `ana@example.com/${first?.messageId
      .slice(1)
      .split('@')[0]
      ?.replace(/\.[0-9a-f]{20}$/, '')}`,
  ]);
});

test('an answer that was lost: the mail is sent again as the same mail, and staff see that it arrived', async () => {
  mail.addFault({ match: /^DATA/, kind: 'lose-answer' });
  await says('Zrobione.');
  await comes(async () => (await states()).join() === 'retry');
  expect(box()).toHaveLength(2);
  t.clock.forward(60_000);
  await comes(() => marks().length === 1);
  expect(box()).toHaveLength(3);
  expect(box()[2]?.messageId).toBe(box()[1]?.messageId);
  expect(box()[2]?.raw).toEqual(box()[1]?.raw);
  expect([await states(), marks()]).toEqual([['sent'], ['sent']]);
});

test('a mail that may have been sent goes again as the same mail also when the desk was away for long, and those after it', async () => {
  mail.addFault({ match: /^DATA/, kind: 'lose-answer' });
  for (const text of ['raz', 'dwa']) await says(text);
  await comes(async () => (await states()).join() === 'retry,pending');
  t.clock.forward(10 * 60_000);
  await comes(() => marks().length === 2);
  const [, first, again, next] = box();
  expect(again?.messageId).toBe(first?.messageId);
  expect(next?.text).toContain('dwa');
  expect([await states(), marks(), box().length]).toEqual([['sent', 'sent'], ['sent', 'sent'], 4]);
});

/** A day in which the server takes every mail and answers none, as behind a filter that is slow each time. */
async function dayWithoutAnswers(): Promise<void> {
  mail.addFault({ match: /^DATA/, kind: 'lose-answer', times: 10_000 });
  for (let passed = 0; passed < GIVE_UP_MS; passed += STEP_MS) {
    await settleAll(t);
    t.clock.forward(STEP_MS);
  }
  await settleAll(t);
}
const STEP_MS = 310_000;
const copies = (of: string, text: string): number =>
  mail
    .person(of)
    .mailbox()
    .filter(one => one.text.includes(text)).length;
const toStaff = (): string[] => forum.calls.filter(({ what }) => what === 'deliver').map(({ text }) => text);

test('a server that takes a mail and never says so gets five copies of it in a day, staff see that nobody knows, and the next goes', async () => {
  for (const text of ['raz', 'dwa']) await says(text);
  await dayWithoutAnswers();
  expect([copies('ana', 'raz'), copies('ana', 'dwa')]).toEqual([5, 5]);
  expect(await states()).toEqual(['unknown', 'unknown']);
  expect(marks()).toEqual(['unknown', 'unknown']);
});

test('so does the first mail of a ticket, which has its place all the same: what is said next follows it', async () => {
  mail.addFault({ match: /^DATA/, kind: 'lose-answer', times: 5 });
  await t.desk.accept('email', eventsAt(t.clock).submits('ben@example.com', { subject: 'Dysk' }));
  await dayWithoutAnswers();
  expect(copies('ben', '#2')).toBe(5);
  expect(toStaff()).toContainEqual(expect.stringContaining('We do not know whether the customer got this'));
  mail.clearFaults();
  const [, second = ''] = await column(
    t.database,
    `select address from place where role = 'desk' order by id`,
  );
  await t.desk.accept('forum', eventsAt(t.clock).staffSays('bob', second, 'Sprawdzamy.'));
  await settleAll(t);
  const [first] = mail.person('ben').mailbox();
  expect(mail.person('ben').mailbox().at(-1)).toMatchObject({ references: [first?.messageId] });
  expect(marks()).toEqual(['sent']);
});

test('a mail that has to wait holds back those after it: they come in order', async () => {
  mail.addFault({ match: /^RCPT/, kind: 'status', status: 451, code: '4.3.0' });
  for (const text of ['raz', 'dwa', 'trzy']) await says(text);
  await comes(async () => (await states()).join() === 'retry,pending,pending');
  t.clock.forward(120_000);
  await comes(() => marks().length === 3);
  expect(
    box()
      .slice(1)
      .map(({ text }) => /raz|dwa|trzy/.exec(text)?.[0]),
  ).toEqual(['raz', 'dwa', 'trzy']);
});

test('an address that does not exist any more is marked, staff are told, and no other conversation with it is begun', async () => {
  mail.closeMailbox('ana');
  await says('Jest tam kto?');
  await comes(() => marks().length === 1);
  expect([await states(), marks()]).toEqual([['dead'], ['failed']]);
  expect(await column(t.database, `select gone from place where role = 'customer'`)).toEqual(['gone']);
  expect(
    forum.calls
      .filter(({ what }) => what === 'deliver')
      .map(({ text }) => text)
      .join('\n'),
  ).toContain('the address no longer exists');
  expect(mail.requests.filter(({ status }) => status === 550)).toHaveLength(1);
});

test('what is about no ticket has a subject of its own, and a link that stops its kind when it may be refused', async () => {
  const ctx = contextOf(t, [email, forum]);
  const [handleId = 0] = await column<number>(t.database, `select id from handle where channel = 'email'`);
  const [place] = await t.database.sql<{ id: number }[]>`
    insert into place (channel, role, address, handle_id) values ('email', 'customer', 'ana@example.com', ${handleId}) returning id`;
  await transact(ctx, { type: 'system' }, async act =>
    enqueue(act, {
      placeId: place?.id ?? 0,
      role: 'customer',
      kind: 'post',
      class: 'maintenance',
      content: {
        say: 'place-moved',
        args: { number: 7 },
        locale: 'en',
        subject: 'desk-lost',
        stops: 'updates',
      },
    }),
  );
  await comes(() => box().length === 2);
  const headers = new Map(box()[1]?.headers.map(({ name, value }) => [name, value]));
  expect(headers.get('subject')).toBe('Customer cannot be reached');
  const link = headers.get('list-unsubscribe') ?? '';
  expect(link).toMatch(/^<https:\/\/desk\.example\.com\/unsubscribe\/[\w.-]+>$/);
  const token = link.slice(link.lastIndexOf('/') + 1, -1);
  expect(await readUnsubscribe(ctx, token)).toEqual({ handleId: Number(handleId), kind: 'updates' });
  expect(await readUnsubscribe(ctx, token.replace('updates', 'invoices'))).toBeUndefined();
});
