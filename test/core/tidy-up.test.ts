import { afterEach, beforeEach, expect, test } from 'vitest';
import { transact } from '../../src/core/context.ts';
import { schedule } from '../../src/core/timer/index.ts';
import { settleAll } from '../harness/flow.ts';
import { eventsAt } from '../harness/people.ts';
import { type LadderDesk, ladderDesk } from './escalation/kit.ts';
import { contextOf } from './kit.ts';
import { tickets } from './timer/kit.ts';

const DAY = 86_400_000;
let t: LadderDesk;
beforeEach(async () => {
  t = await ladderDesk();
});
afterEach(async () => {
  expect(t.log.lines.filter(line => line.startsWith('error'))).toEqual([]);
  await t.close();
});

const timersOf = async (number: number): Promise<string[]> => {
  const rows = await t.database.sql<{ text: string }[]>`
    select target || ' ' || cycle || ' ' || state as text from timer where ticket_id = ${number} order by target, cycle, step`;
  return rows.map(({ text }) => text);
};
const does = async (verb: 'close' | 'reopen', number: number): Promise<void> => {
  await t.desk.accept('forum', eventsAt(t.clock).commands('bob', verb, { number }));
  await settleAll(t);
};
const goes = async (days: number): Promise<void> => {
  t.clock.forward(days * DAY);
  await settleAll(t);
};

test('what fired or was cancelled goes a month after its ticket was closed; what is open keeps all of it', async () => {
  const closed = await t.opens();
  const open = await t.opens('regular', 'ben');
  await t.replies('bob', open);
  await t.pass(12);
  await does('close', closed.number);
  const before = await timersOf(open.number);
  expect(await timersOf(closed.number)).toContain('promise:first-reply 1 fired');
  await goes(29);
  expect(await timersOf(closed.number)).not.toEqual([]);
  await goes(2);
  expect(await timersOf(closed.number)).toEqual([]);
  expect(await timersOf(open.number)).toEqual(before);
});

test('a ticket that is opened again after that misses nothing twice, and what is promised then has its timers', async () => {
  const { number, thread } = await t.opens();
  await t.pass(12);
  await does('close', number);
  await goes(31);
  expect(await timersOf(number)).toEqual([]);
  const happened = async (): Promise<string[]> => {
    const rows = await t.database.sql<{ type: string }[]>`
      select type from event where ticket_id = ${number} and type in ('promise-missed', 'promise-at-risk', 'paged', 'all-called') order by id`;
    return rows.map(({ type }) => type);
  };
  const before = await happened();
  await does('reopen', number);
  expect(await happened()).toEqual(before);
  await t.desk.accept('chat', eventsAt(t.clock).says('ana', thread, 'It is down again.'));
  await settleAll(t);
  expect(await timersOf(number)).toContain('promise:next-reply 1 pending');
  expect(await happened()).toEqual(before);
});

test('many go a little at a time, until none is left', async () => {
  const ctx = contextOf(t, [t.chat, t.forum, t.mail]);
  const all = await tickets(t.database, 5_000);
  const dueAt = new Date(t.clock.now().getTime() + 1000);
  await transact(ctx, { type: 'system' }, act =>
    schedule(
      act,
      all.map(ticketId => ({ ticketId, target: 'ladder:opens', cycle: 0, step: 'x', dueAt })),
    ),
  );
  await t.database.sql`update timer set state = 'cancelled'`;
  await t.database.sql`update ticket set state = 'closed', closed_at = ${dueAt}, opened_at = ${dueAt}`;
  const left = async (): Promise<number> => (await t.database.sql`select from timer`).count;
  t.clock.forward(31 * DAY);
  for (const n of [3_000, 1_000, 0]) {
    await t.desk.tick();
    expect(await left()).toBe(n);
  }
});
