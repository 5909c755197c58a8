import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Receipt } from '../../../src/core/index.ts';
import { backoffMs, GIVE_UP_MS, LATE_MS } from '../../../src/core/outbox/rules/decide.ts';
import { type ScriptedChannel, scriptedChannel } from '../../harness/channel.ts';
import { type TestDesk, testDesk } from '../../harness/desk.ts';
import { openTicket, settleAll } from '../../harness/flow.ts';
import { eventsAt } from '../../harness/people.ts';
import { column } from '../kit.ts';
import { bringAccount, linkTo, settled } from '../preference/kit.ts';

let t: TestDesk;
let chat: ScriptedChannel;
let forum: ScriptedChannel;

beforeEach(() => {
  forum = scriptedChannel('forum', { desk: true });
});
afterEach(() => t.close());

async function begin(channel: ScriptedChannel): Promise<Awaited<ReturnType<typeof openTicket>>> {
  chat = channel;
  t = await testDesk([chat, forum]);
  const ticket = await openTicket(t, chat, forum);
  chat.calls.length = 0;
  return ticket;
}

const says = (post: string, text: string) =>
  t.desk.accept('forum', eventsAt(t.clock).staffSays('bob', post, text)).then(() => settleAll(t));
const states = () =>
  column(
    t.database,
    `select state from delivery where message_kind = 'reply' and place_role = 'customer' and state <> 'cancelled' order by id`,
  );
const marks = (): string[] => forum.calls.filter(call => call.what === 'react').map(call => call.text);
const toStaff = (): string =>
  forum.calls
    .filter(call => call.what === 'deliver')
    .map(call => call.text)
    .join('\n');

test('a platform that is down for a day loses the message; staff are told why, and the lane goes on', async () => {
  const { post } = await begin(scriptedChannel('chat'));
  chat.script = () => ({ outcome: 'retry', afterMs: 60_000, scope: 'place', why: 'down' });
  await says(post, 'too late');
  t.clock.forward(GIVE_UP_MS);
  await settleAll(t);
  expect(await states()).toEqual(['retry']);
  t.clock.forward(60_001);
  await says(post, 'in time');
  chat.script = call => ({ outcome: 'delivered', ref: call.id });
  t.clock.forward(60_001);
  await settleAll(t);
  expect(await states()).toEqual(['dead', 'sent']);
  expect(marks()).toEqual(['failed', 'sent']);
  expect(toStaff()).toContain('did not get this message');
});

test('an outcome that stays unknown is looked up ever more seldom, and given to staff after a day', async () => {
  const { post } = await begin(scriptedChannel('chat', { find: async () => ({ outcome: 'unsure' }) }));
  chat.script = () => ({ outcome: 'unknown', why: 'it never answered' });
  await says(post, 'hello?');
  for (let n = 1; n <= 7; n++) {
    const [wake] = await column<Date>(
      t.database,
      `select wake_at from lane where backlog > 0 and channel = 'chat'`,
    );
    const wait = Math.max(30_000, backoffMs(n)); // a late answer gets its time
    expect(Number(wake) - t.clock.now().getTime()).toBe(wait);
    t.clock.forward(wait);
    await settleAll(t);
  }
  t.clock.forward(GIVE_UP_MS);
  await settleAll(t);
  expect(chat.calls).toHaveLength(1);
  expect(await states()).toEqual(['unknown']);
  expect(marks()).toEqual(['unknown']);
});

test('an attempt that throws may have been done: it is not blindly made again', async () => {
  const { post } = await begin(scriptedChannel('chat'));
  chat.script = () => {
    throw new Error('a fault in the adapter');
  };
  await says(post, 'hello?');
  expect(await states()).toEqual(['unknown']);
  expect(t.log.lines).toContainEqual(expect.stringContaining('a fault in the adapter'));
});

test('a message that cannot be put together was certainly not sent: it is tried again, and nobody else waits', async () => {
  const { post } = await begin(scriptedChannel('chat'));
  const other = await openTicket(t, chat, forum, 'ben');
  chat.calls.length = 0;
  chat.script = () => ({ outcome: 'retry', afterMs: 1000, scope: 'place', why: 'busy' });
  await says(post, 'first');
  chat.script = call => ({ outcome: 'delivered', ref: call.id });
  const put = (content: string) =>
    t.database.sql`update delivery set content = ${content}::jsonb where state = 'retry'`;
  await put('{"say":"no-such-words","args":{},"locale":"en"}');
  t.clock.forward(1000);
  await says(other.post, 'second');
  expect([await states(), chat.calls.map(call => call.text)].flat().sort()).toEqual([
    'first',
    'retry',
    'second',
    'sent',
  ]);
  expect(t.log.lines).toContainEqual(expect.stringContaining('could not be put together'));
  await put('{"text":"mended"}');
  t.clock.forward(backoffMs(2));
  await settleAll(t);
  expect(chat.calls.map(call => call.text)).toEqual(['first', 'second', 'mended']);
  expect(marks()).toEqual(['sent', 'sent']);
});

test('a doubt outlives an attempt that was certainly not done', async () => {
  const found: string[] = [];
  const { post } = await begin(
    scriptedChannel('chat', {
      resendIsSafe: true,
      find: async ({ id }) => {
        found.push(id);
        return found.length === 1 ? { outcome: 'unsure' } : { outcome: 'delivered', ref: 'it was there' };
      },
    }),
  );
  const script: Receipt[] = [
    { outcome: 'unknown', why: 'the answer was lost' },
    { outcome: 'retry', afterMs: 3_600_000, scope: 'place', why: 'slow down' },
  ];
  chat.script = () => script.shift() ?? { outcome: 'delivered', ref: 'twice' };
  await says(post, 'once');
  t.clock.forward(backoffMs(1));
  await settleAll(t);
  t.clock.forward(3_600_000);
  await settleAll(t);
  expect([chat.calls.length, found.length]).toEqual([2, 2]);
  expect(await column(t.database, `select ref from delivery where message_kind = 'reply'`)).toEqual([
    'it was there',
  ]);
});

test('what was said first in a chat that the desk knew as another place is looked up there, and said once', async () => {
  const looked: (string | undefined)[] = [];
  await begin(
    scriptedChannel('chat', {
      find: async ({ to }) => {
        looked.push(to);
        return to === undefined ? { outcome: 'unsure' } : { outcome: 'delivered', ref: 'it was there' };
      },
    }),
  );
  await bringAccount(t, [{ ref: 'c-1', roles: ['owner'], addresses: [] }]);
  const handle = await linkTo(t, 'chat', 'ben');
  await t.database.sql`
    insert into place (channel, role, address, handle_id, ticket_id) select 'chat', 'customer', 'chat-chat-ben', ${handle}, id from ticket`;
  chat.script = () => ({ outcome: 'unknown', why: 'the answer was lost' });
  await t.desk.api.notifications.post('k', {
    to: { contact: 'c-1' },
    type: 'technical',
    urgent: true,
    variables: {},
    subject: 'Power',
    text: 'A feed is down.',
  });
  await settled(t);
  expect(chat.calls.map(({ to }) => to)).toEqual(['chat-chat-ben']);
  t.clock.forward(LATE_MS + 1000);
  await settled(t);
  expect(looked).toEqual(['chat-chat-ben']);
  expect(chat.calls).toHaveLength(1);
  expect(await column(t.database, 'select state from delivery where dispatch_id is not null')).toEqual([
    'sent',
  ]);
});

test.each<[string, Extract<Receipt, { outcome: 'refused' }>['code'], string, string | null]>([
  ['has blocked us', 'blocked', 'has blocked our messages', 'blocked'],
  ['is gone', 'gone', 'no longer exists', 'gone'],
  ['may not be written in', 'forbidden', 'the platform refused it', null],
])('staff are told when the place %s', async (_, code, words, gone) => {
  const { post, thread } = await begin(scriptedChannel('chat'));
  chat.script = () => ({ outcome: 'refused', code, why: code });
  await says(post, 'hello?');
  expect(await states()).toEqual(['dead']);
  expect(marks()).toEqual(['failed']);
  expect(toStaff()).toContain(words);
  expect(await column(t.database, `select gone from place where address = '${thread}'`)).toEqual([gone]);
});

test('a person who blocked the bot and writes again is there again', async () => {
  const talk = scriptedChannel('talk', { places: 'shared', forms: 'none' });
  t = await testDesk([talk, forum]);
  const people = eventsAt(t.clock);
  const direct = { direct: true } as const;
  talk.script = () => ({ outcome: 'refused', code: 'blocked', why: 'blocked' });
  await t.desk.accept('talk', people.asks('dan', { what: 'help' }, { place: 'dm', ...direct }));
  await settleAll(t);
  expect(await column(t.database, 'select gone from place')).toEqual(['blocked']);
  talk.script = call => ({ outcome: 'delivered', ref: call.id });
  await t.desk.accept('talk', people.asks('dan', { what: 'help' }, { place: 'dm', ...direct }));
  await settleAll(t);
  expect(await column(t.database, 'select gone from place')).toEqual([null]);
  expect(await column(t.database, 'select state from delivery order by seq')).toEqual(['dead', 'sent']);
});

test('a place that could never be made: what was meant for it is dead, one by one, and staff see it', async () => {
  chat = scriptedChannel('chat');
  chat.script = () => ({ outcome: 'refused', code: 'forbidden', why: 'no threads here' });
  t = await testDesk([chat, forum]);
  await t.desk.accept('chat', eventsAt(t.clock).submits('ana'));
  await settleAll(t);
  const [post] = await column(t.database, `select address from place where role = 'desk'`);
  await says(post as string, 'hello?');
  expect(chat.calls.map(call => call.what)).toEqual(['thread']);
  expect(await states()).toEqual(['dead']);
  expect(toStaff().match(/did not get this message/g)).toHaveLength(2);
});

test('a long reply goes in parts, in order, and its mark waits for the last one', async () => {
  const { post } = await begin(scriptedChannel('chat', { text: 500 }));
  const text = Array.from({ length: 40 }, (_, n) => `Sentence number ${n} of a long answer.`).join(' ');
  let parts = 0;
  chat.script = call =>
    ++parts === 3
      ? { outcome: 'retry', afterMs: 1000, scope: 'place', why: 'busy' }
      : { outcome: 'delivered', ref: call.id };
  await says(post, text);
  expect(marks()).toEqual([]);
  t.clock.forward(1001);
  await settleAll(t);
  const shown = chat.calls.filter(
    (call, index) => chat.calls.findLastIndex(one => one.id === call.id) === index,
  );
  expect(shown.map(call => call.text).join(' ')).toBe(text);
  expect(marks()).toEqual(['sent']);
});
