import { afterEach, expect, test } from 'vitest';
import { accept } from '../../../src/core/conversation/index.ts';
import type { Found, Receipt } from '../../../src/core/index.ts';
import { claim, LEASE_MS } from '../../../src/core/outbox/claim.ts';
import { settle } from '../../../src/core/outbox/settle.ts';
import { type ScriptedChannel, scriptedChannel } from '../../harness/channel.ts';
import { type TestDesk, testDesk } from '../../harness/desk.ts';
import { openTicket, settleAll } from '../../harness/flow.ts';
import { eventsAt } from '../../harness/people.ts';
import { column, contextOf, held, until } from '../kit.ts';

const forum = () => scriptedChannel('forum', { desk: true });
const delivered = (ref: string): Receipt => ({ outcome: 'delivered', ref });
const sent = { state: 'sent', afterMs: 0, doubt: false, why: null, gone: null } as const;

let t: TestDesk;
let staff: ScriptedChannel;
let post: string;

async function begin(chat: ScriptedChannel): Promise<void> {
  staff = forum();
  t = await testDesk([chat, staff]);
  ({ post } = await openTicket(t, chat, staff));
  chat.calls.length = 0;
}

async function reply(text: string): Promise<void> {
  await t.desk.accept('forum', eventsAt(t.clock).staffSays('bob', post, text));
}

/** The reply's attempt hangs beyond its lease; the desk looks again; then the late answer comes. Returns the calls after the first. */
async function overtake(chat: ScriptedChannel): Promise<string[]> {
  const late = held<Receipt>();
  chat.script = call => (chat.calls.length === 1 ? late.promise : delivered(`again-${call.id}`));
  await reply('are you there?');
  await until(() => chat.calls.length === 1);
  await until(
    async () => (await column(t.database, 'select 1 from lane where leased_until is not null')).length === 1,
  );
  t.clock.forward(LEASE_MS + 1);
  await settleAll(t);
  const state = await replyRow();
  late.release(delivered('late'));
  await settleAll(t);
  await until(() => t.log.lines.some(line => line.includes('a lease ran out')));
  expect(await replyRow(), 'the late answer changed nothing').toEqual(state);
  return chat.calls.slice(1).map(call => call.id);
}

const replyRow = async (): Promise<unknown> =>
  (
    await t.database
      .sql`select state, ref, attempts, id::text from delivery where message_kind = 'reply' and place_role = 'customer'`
  )[0];

const toldStaff = (text: string): boolean =>
  staff.calls.some(call => call.to === post && call.text.includes(text));

afterEach(() => t.close());

test('a lease that ran out cannot mark sent nor advance the lane; the newest can, once (guarantee 5)', async () => {
  const chat = scriptedChannel('chat');
  await begin(chat);
  const ctx = contextOf(t, [chat, staff]);
  chat.script = () => ({ outcome: 'retry', afterMs: 1, scope: 'place', why: 'not yet' });
  await reply('one');
  await reply('two');
  await settleAll(t);
  t.clock.forward(1000);
  const holders = [];
  for (let n = 0; n < 4; n++) {
    const [holder] = await claim(ctx, 'chat', { any: 1, opens: 1 }, 99);
    if (holder === undefined) throw new Error('the lane was not due');
    holders.push(holder);
    t.clock.forward(LEASE_MS);
  }
  const newest = holders.pop();
  if (newest === undefined) throw new Error('nobody holds the lane');
  const before = await t.database.sql`select * from lane where place_id = ${newest.placeId}`;
  for (const stale of holders) {
    expect(await settle(ctx, stale, sent, delivered('x'), 0)).toBe(false);
    expect(await settle(ctx, stale, { ...sent, state: 'retry', afterMs: 5 }, delivered('x'), 0)).toBe(false);
    expect(await settle(ctx, stale, { ...sent, state: 'dead', gone: 'gone' }, delivered('x'), 0)).toBe(false);
  }
  expect(await t.database.sql`select * from lane where place_id = ${newest.placeId}`).toEqual(before);
  expect(await column(t.database, `select state from delivery where id = ${newest.id}`)).toEqual(['sending']);
  expect(await column(t.database, 'select gone from place where gone is not null')).toEqual([]);
  expect(await settle(ctx, newest, sent, delivered('y'), 0)).toBe(true);
  expect(await settle(ctx, newest, sent, delivered('y'), 0)).toBe(false);
  expect(await column(t.database, `select ref from delivery where id = ${newest.id}`)).toEqual(['y']);
  expect(await column(t.database, `select backlog from lane where place_id = ${newest.placeId}`)).toEqual([
    1,
  ]);
});

test('after a doubt, a platform that knows our ids gets the same id again', async () => {
  const chat = scriptedChannel('chat', { resendIsSafe: true });
  await begin(chat);
  const [again, ...more] = await overtake(chat);
  const row = await replyRow();
  expect(row).toMatchObject({ state: 'sent', ref: `again-${again}`, attempts: 2 });
  expect([more, again]).toEqual([[], chat.calls[0]?.id]);
});

test('a desk that dies at each attempt sends five copies too, and no more', async () => {
  const chat = scriptedChannel('chat', { resendIsSafe: true });
  await begin(chat);
  const dead = held<Receipt>();
  chat.script = () => dead.promise;
  await reply('are you there?');
  await until(async () => {
    await t.desk.tick();
    t.clock.forward(LEASE_MS + 1);
    return (await column(t.database, `select 1 from delivery where state = 'unknown'`)).length === 1;
  });
  expect(new Set(chat.calls.map(call => call.id)).size).toBe(1);
  expect(chat.calls).toHaveLength(5);
  dead.release(delivered('late'));
});

test.each<[string, Found, number, string]>([
  ['was done', { outcome: 'delivered', ref: 'found' }, 0, 'found'],
  ['was not done', { outcome: 'absent' }, 1, 'again'],
])('after a doubt, a platform that can be asked is asked: it %s', async (_, found, resent, ref) => {
  const lookups: string[] = [];
  const chat = scriptedChannel('chat', {
    find: async lookup => {
      lookups.push(`${lookup.kind} ${lookup.id} ${lookup.to}`);
      return found;
    },
  });
  await begin(chat);
  const again = await overtake(chat);
  const first = chat.calls[0];
  expect(lookups).toEqual([`post ${first?.id} ${first?.to}`]);
  expect(again).toHaveLength(resent);
  expect(await replyRow()).toMatchObject({ state: 'sent', ref: expect.stringContaining(ref) });
});

test('after a doubt that nobody can clear, nothing is sent twice, staff are told, and the next message goes', async () => {
  const chat = scriptedChannel('chat');
  await begin(chat);
  expect(await overtake(chat)).toEqual([]);
  expect(await replyRow()).toMatchObject({ state: 'unknown', ref: null });
  expect(toldStaff('We do not know whether the customer got this message')).toBe(true);
  expect(staff.calls.filter(call => call.what === 'react').map(call => call.text)).toEqual(['unknown']);
  await reply('second');
  await settleAll(t);
  expect(chat.calls.map(call => call.text)).toEqual(['are you there?', 'second']);
});

test('a page is sent again all the same: better twice than never', async () => {
  const chat = scriptedChannel('chat');
  await begin(chat);
  chat.script = () => ({ outcome: 'retry', afterMs: 1, scope: 'place', why: 'not yet' });
  await reply('the building is on fire');
  await settleAll(t);
  await t.database.sql`update delivery set rank = 0 where message_kind = 'reply' and place_role = 'customer'`;
  t.clock.forward(1000);
  await claim(contextOf(t, [chat, staff]), 'chat', { any: 1, opens: 1 }, 99); // and this holder dies
  t.clock.forward(LEASE_MS);
  chat.script = call => delivered(call.id);
  chat.calls.length = 0;
  await settleAll(t);
  expect(chat.calls).toHaveLength(1);
  expect(await replyRow()).toMatchObject({ state: 'sent', attempts: 3 });
});

test.each([
  ['and one that would be another is not made again', false, [], 'unknown'],
  ['and one that is the same again is made', true, ['thread'], 'sent'],
])(
  'a holder that died in the middle leaves a doubt, for a new place too, %s',
  async (_, resendIsSafe, calls, state) => {
    const chat = scriptedChannel('chat', { resendIsSafe });
    staff = forum();
    t = await testDesk([chat, staff]);
    const ctx = contextOf(t, [chat, staff]);
    await accept(ctx, 'chat', eventsAt(t.clock).submits('ana'));
    const [dead] = await claim(ctx, 'chat', { any: 1, opens: 1 }, 99);
    expect(dead).toMatchObject({ kind: 'thread', doubt: false });
    t.clock.forward(LEASE_MS);
    await settleAll(t);
    expect(chat.calls.map(({ what }) => what)).toEqual(calls);
    expect(await column(t.database, `select state from delivery where kind = 'thread'`)).toEqual([state]);
  },
);
