import { afterEach, beforeEach, expect, onTestFinished, test } from 'vitest';
import { openDatabase } from '../../../drizzle/database.ts';
import { type Context, transact } from '../../../src/core/context.ts';
import { accept, createHolds, createInbox } from '../../../src/core/conversation/index.ts';
import type { Receipt } from '../../../src/core/index.ts';
import { claim } from '../../../src/core/outbox/claim.ts';
import { settle } from '../../../src/core/outbox/settle.ts';
import { lockTicket, move } from '../../../src/core/ticket/index.ts';
import { type ScriptedChannel, scriptedChannel } from '../../harness/channel.ts';
import { type TestDesk, testDesk } from '../../harness/desk.ts';
import { openTicket, settleAll } from '../../harness/flow.ts';
import { eventsAt } from '../../harness/people.ts';
import { column, contextOf, held, until } from '../kit.ts';

let t: TestDesk;
let chat: ScriptedChannel;
let forum: ScriptedChannel;
let ctx: Context;

beforeEach(async () => {
  chat = scriptedChannel('chat');
  forum = scriptedChannel('forum', { desk: true });
  t = await testDesk([chat, forum]);
  ctx = contextOf(t, [chat, forum]);
});
afterEach(() => t.close());

const sent = { state: 'sent', afterMs: 0, doubt: false, why: null, gone: null } as const;

/** A statement of another session waits for a lock of ours; other tests' databases stand on the same server, and `pg_locks` shows theirs too. */
const somebodyWaits = async (): Promise<boolean> =>
  (
    await column<boolean>(
      t.database,
      `select exists (select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock')`,
    )
  )[0] === true;

async function replies(post: string, ...texts: string[]): Promise<void> {
  const inbox = createInbox(ctx, createHolds());
  for (const text of texts) {
    const { workAt } = await accept(ctx, 'forum', eventsAt(t.clock).staffSays('bob', post, text));
    await inbox.work(workAt as number);
  }
}

test('a relay that was held up between looking and leasing does not send what another has sent meanwhile', async () => {
  const slow = await openTicket(t, chat, forum, 'ana');
  const quick = await openTicket(t, chat, forum, 'ben');
  await replies(slow.post, 'a1', 'a2', 'a3');
  await replies(quick.post, 'b1', 'b2');
  const [slowPlace] = await column<number>(
    t.database,
    `select id from place where address = '${slow.thread}'`,
  );
  await t.database.sql.unsafe(`
    create function wait_here() returns trigger language plpgsql as
      $$ begin perform pg_advisory_xact_lock_shared(7); return new; end $$;
    create trigger wait_here before update on lane for each row when (new.place_id = ${slowPlace}) execute function wait_here()`);
  const gate = await t.database.sql.reserve();
  await gate`select pg_advisory_lock(7)`;
  // Lane after lane, as PostgreSQL does it with few of them: where it joins them otherwise it locks all before it leases the first.
  const oneByOne = await openDatabase({
    url: `${t.url}?enable_hashjoin=off&enable_mergejoin=off&enable_sort=on`,
    max: 1,
  });
  onTestFinished(() => oneByOne.close());
  const heldUp = claim({ ...ctx, database: oneByOne }, 'chat', { any: 10, opens: 10 }, 99);
  await until(somebodyWaits);
  const [other] = await claim(ctx, 'chat', { any: 10, opens: 10 }, 99);
  if (other === undefined) throw new Error('the other lane was not free');
  expect(await settle(ctx, other, sent, { outcome: 'delivered', ref: 'once' }, 0)).toBe(true);
  await gate`select pg_advisory_unlock(7)`;
  gate.release();
  expect((await heldUp).map(one => one.content)).toEqual([{ text: 'a1' }]);
  expect(await column(t.database, `select state from delivery where id = ${other.id}`)).toEqual(['sent']);
  const next = await claim(ctx, 'chat', { any: 10, opens: 10 }, 99);
  expect(next.map(one => one.content)).toEqual([{ text: 'b2' }]);
});

test('a card that is taken up while the ticket changes is shown once more: staff never look at an old state', async () => {
  const { number } = await openTicket(t, chat, forum);
  const act = { type: 'system' } as const;
  const shown = held<Receipt>();
  const [done, slow] = [forum.script, () => shown.promise];
  forum.script = call => (call.text === 'waiting' ? slow() : done(call));
  await transact(ctx, act, async a => move(a, await lockTicket(a, number), 'wait'));
  await transact(ctx, act, async a => {
    await move(a, await lockTicket(a, number), 'solve');
    await t.desk.tick();
    await until(() => forum.calls.some(call => call.what === 'card'));
  });
  shown.release({ outcome: 'delivered', ref: 'card' });
  await settleAll(t);
  const cards = forum.calls.filter(call => call.what === 'card').map(call => call.text);
  expect(cards).toEqual(['waiting', 'solved']);
});

test('changes that come close together share one card', async () => {
  const { number } = await openTicket(t, chat, forum);
  await transact(ctx, { type: 'system' }, async a => {
    await move(a, await lockTicket(a, number), 'wait');
    await move(a, await lockTicket(a, number), 'solve');
  });
  await transact(ctx, { type: 'system' }, async a => move(a, await lockTicket(a, number), 'reopen'));
  await settleAll(t);
  expect(forum.calls.filter(call => call.what === 'card').map(call => call.text)).toEqual(['open']);
});

test('somebody who writes fast in their own chat makes no two transactions wait for each other', async () => {
  const talk = scriptedChannel('talk', { places: 'shared', forms: 'none' });
  const context = contextOf(t, [talk]);
  const says = (text: string) => eventsAt(t.clock).says('dan', 'dm', text, { direct: true });
  const { workAt } = await accept(context, 'talk', says('one'));
  const worker = await openDatabase({ url: t.url, max: 1 });
  const storing = worker.sql.begin(async tx => {
    await tx`select from place where id = ${workAt as number} for no key update`;
    const second = accept(context, 'talk', says('two'));
    const stored = async () => (await column(t.database, 'select 1 from receipt')).length;
    await until(async () => (await somebodyWaits()) || (await stored()) === 2);
    expect(await somebodyWaits()).toBe(false);
    return second;
  });
  await storing.finally(() => worker.close());
});
