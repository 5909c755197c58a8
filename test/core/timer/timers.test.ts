import { afterEach, beforeEach, expect, test } from 'vitest';
import { openDatabase } from '../../../drizzle/database.ts';
import { claimTimers, LEASE_MS } from '../../../src/core/timer/claim.ts';
import { fire } from '../../../src/core/timer/fire.ts';
import { cancel, createTimers, replan, schedule } from '../../../src/core/timer/index.ts';
import { type TestDesk, testDesk } from '../../harness/desk.ts';
import { chance, column, contextOf, until } from '../kit.ts';
import { deeds, note, plan, prepare, tickets, timersOf, withTicket } from './kit.ts';

let t: TestDesk;

beforeEach(async () => {
  t = await testDesk([]);
  await prepare(t.database);
});
afterEach(() => t.close());

const later = (ms: number): Date => new Date(t.clock.now().getTime() + ms);
const states = (): Promise<string[]> =>
  column(t.database, 'select state from timer order by ticket_id, step');

test('a timer fires once, when it is due and not before', async () => {
  const { ctx, timers } = timersOf(t);
  const [id = 0] = await tickets(t.database, 1);
  await withTicket(ctx, id, act => schedule(act, [plan(id, later(1000))]));
  t.clock.forward(999);
  await timers.round();
  expect(await deeds(t.database)).toEqual([]);
  t.clock.forward(1);
  await timers.round();
  await timers.round();
  expect(await deeds(t.database)).toMatchObject([
    { ticket: id, step: 'due', generation: 1, at: t.clock.now() },
  ]);
  expect(await states()).toEqual(['fired']);
});

test('a timer is set with what causes it, or not at all', async () => {
  const { ctx } = timersOf(t);
  const [id = 0] = await tickets(t.database, 1);
  const work = withTicket(ctx, id, async act => {
    await schedule(act, [plan(id, later(1000))]);
    throw new Error('no');
  });
  await expect(work).rejects.toThrow('no');
  expect(await states()).toEqual([]);
});

test('a step is there once: set anew it counts from there, and what was set before does not fire', async () => {
  const { ctx, timers } = timersOf(t);
  const [id = 0] = await tickets(t.database, 1);
  await withTicket(ctx, id, act => schedule(act, [plan(id, later(1000))]));
  await withTicket(ctx, id, act => schedule(act, [plan(id, later(1000))]));
  expect(await column(t.database, 'select generation from timer'), 'the same moment changes nothing').toEqual(
    [1],
  );
  await withTicket(ctx, id, act => schedule(act, [plan(id, later(5000))]));
  t.clock.forward(1000);
  await timers.round();
  expect(await deeds(t.database)).toEqual([]);
  t.clock.forward(4000);
  await timers.round();
  expect(await deeds(t.database)).toMatchObject([{ generation: 2 }]);
  await withTicket(ctx, id, act => schedule(act, [plan(id, later(-3000))]));
  await timers.round();
  expect(await deeds(t.database), 'what has fired does not fire for an earlier moment').toHaveLength(1);
  await withTicket(ctx, id, act => schedule(act, [plan(id, later(3000))]));
  t.clock.forward(3000);
  await timers.round();
  expect(await deeds(t.database), 'but for a later one').toHaveLength(2);
});

test('what was cancelled does not fire, in whole or in part', async () => {
  const { ctx, timers } = timersOf(t);
  const [id = 0] = await tickets(t.database, 1);
  const set = () =>
    withTicket(ctx, id, act =>
      schedule(
        act,
        ['a', 'b', 'c'].map(step => plan(id, later(1000), step)),
      ),
    );
  await set();
  expect(await withTicket(ctx, id, act => cancel(act, { ticketId: id, target: 'test:one', step: 'b' }))).toBe(
    1,
  );
  await withTicket(ctx, id, act => replan(act, id, 'test', [plan(id, later(1000), 'c')]));
  t.clock.forward(1000);
  await timers.round();
  expect((await deeds(t.database)).map(one => one.step)).toEqual(['c']);
  await set();
  expect(await withTicket(ctx, id, act => cancel(act, { ticketId: id, target: 'test:' }))).toBe(3);
  expect(await withTicket(ctx, id, act => cancel(act, { ticketId: id, target: 'tes' }))).toBe(0);
  t.clock.forward(1000);
  await timers.round();
  expect(await deeds(t.database)).toHaveLength(1);
});

test('a cancellation between the claim and the firing counts (guarantee 4)', async () => {
  const { ctx } = timersOf(t);
  const [id = 0] = await tickets(t.database, 1);
  await withTicket(ctx, id, act => schedule(act, [plan(id, later(0))]));
  const [held] = await claimTimers(ctx, 10);
  await withTicket(ctx, id, act => cancel(act, { ticketId: id, target: 'test:one' }));
  if (held === undefined) throw new Error('nothing was due');
  await fire(ctx, { test: note }, [held]);
  expect(await deeds(t.database)).toEqual([]);
  expect(await states()).toEqual(['cancelled']);
});

test('a desk that dies in between leaves its timers to the next one, late by a lease at most; its own late end counts no more', async () => {
  const { ctx, timers } = timersOf(t);
  const [id = 0] = await tickets(t.database, 1);
  await withTicket(ctx, id, act => schedule(act, [plan(id, later(0))]));
  const [dead] = await claimTimers(ctx, 10);
  await timers.round();
  expect(await deeds(t.database), 'somebody has it').toEqual([]);
  t.clock.forward(LEASE_MS);
  await timers.round();
  expect(await deeds(t.database)).toHaveLength(1);
  if (dead === undefined) throw new Error('nothing was due');
  await fire(ctx, { test: note }, [dead]);
  expect(await deeds(t.database)).toHaveLength(1);
});

test('a handler that fails leaves no trace, is tried again for ever, and holds up nobody else', async () => {
  let broken = true;
  const { ctx, timers } = timersOf(t, async (act, timer) => {
    await note(act, timer);
    if (broken && timer.ticketId === first) throw new Error('not today');
  });
  const [first = 0, second = 0] = await tickets(t.database, 2);
  for (const id of [first, second]) await withTicket(ctx, id, act => schedule(act, [plan(id, later(0))]));
  await timers.round();
  expect((await deeds(t.database)).map(one => one.ticket)).toEqual([second]);
  for (let n = 0; n < 12; n++) {
    t.clock.forward(30_000);
    await timers.round();
  }
  expect(await column(t.database, "select attempts from timer where state = 'pending'")).toEqual([13]);
  broken = false;
  t.clock.forward(30_000);
  await timers.round();
  expect((await deeds(t.database)).map(one => one.ticket)).toEqual([second, first]);
  expect(t.log.lines.filter(line => line.includes('could not be fired'))).toHaveLength(13);
});

test('of those that fire together one that fails takes nobody with it, and nobody goes on after it (guarantee 4)', async () => {
  const { ctx, timers } = timersOf(t, async (act, timer) => {
    if (timer.ticketId === first) throw new Error('not today');
    for (let n = 0; n < 20; n++) await t.database.sql`select 1`; // still under way when the first has failed
    await note(act, timer);
  });
  const all = await tickets(t.database, 8);
  const [first] = all;
  for (const id of all) await withTicket(ctx, id, act => schedule(act, [plan(id, later(0))]));
  await timers.round();
  expect((await deeds(t.database)).map(one => one.ticket)).toEqual(all.slice(1));
  expect(await column(t.database, "select ticket_id from timer where state = 'pending'")).toEqual([first]);
});

test('a timer that nobody handles is an error and stays', async () => {
  const ctx = contextOf(t, []);
  const timers = createTimers(ctx, {});
  const [id = 0] = await tickets(t.database, 1);
  await withTicket(ctx, id, act => schedule(act, [plan(id, later(0))]));
  await timers.round();
  expect(await states()).toEqual(['pending']);
  expect(t.log.lines.join('\n')).toContain('nobody handles timers of test:one');
});

test('thousands that are due in the same second fire once each, on two desks at once', async () => {
  const { ctx, timers } = timersOf(t);
  const other = await openDatabase({ url: t.url, max: 4 });
  const second = createTimers(contextOf(t, [], other), { test: note });
  const ids = await tickets(t.database, 2000);
  await t.database.sql.begin(async tx => {
    const act = {
      ...ctx,
      tx,
      actor: { type: 'system' },
      at: ctx.now(),
      touched: new Set(),
      last: [],
    } as const;
    await schedule(
      { ...act, last: [], touched: new Set() },
      ids.map(id => plan(id, later(1000))),
    );
  });
  t.clock.forward(1000);
  await until(async () => {
    await Promise.all([timers.round(), second.round()]);
    return (await column(t.database, "select 1 from timer where state = 'pending' limit 1")).length === 0;
  });
  const done = await deeds(t.database);
  expect(done).toHaveLength(2000);
  expect(new Set(done.map(one => one.ticket)).size).toBe(2000);
  await other.close();
});

/** A killed desk's lease, two tries that failed with their rests, and the longest step of time in this story. */
const BOUND_MS = LEASE_MS + 500 + 1000 + 3 * 1000;

test('a flood leaves the desk half of its time: after a round of a thousand a pause as long, then the rest', async () => {
  const { ctx, timers } = timersOf(t);
  const all = await tickets(t.database, 1_100);
  await t.database.sql`
    insert into timer (ticket_id, target, cycle, step, due_at, run_at, state, generation)
    select id, 'test:one', 1, 'due', ${ctx.now()}, ${ctx.now()}, 'pending', 1 from unnest(${all}::bigint[]) id`;
  const fired = async (): Promise<number> => (await deeds(t.database)).length;
  await timers.round();
  expect(await fired()).toBe(1_024);
  await timers.round();
  expect(await fired()).toBe(1_024);
  await expect
    .poll(async () => {
      await timers.round();
      return fired();
    })
    .toBe(1_100);
});

test('random setting, cancelling, failing and dying: nothing is missed, early, late, doubled, or fired after it was cancelled (guarantee 4)', async () => {
  const random = chance(20_261_128);
  const pick = (n: number): number => Math.floor(random() * n);
  const failures = new Map<string, number>();
  const { ctx, timers } = timersOf(t, async (act, timer) => {
    await note(act, timer);
    const key = `${timer.id}/${timer.generation}`;
    const failed = failures.get(key) ?? 0;
    if (failed >= 2 || pick(4) > 0) return;
    failures.set(key, failed + 1);
    throw new Error('crash');
  });
  const ids = await tickets(t.database, 12);
  /** What ought to happen: the moment each step waits for; nothing for one that was cancelled or has fired. */
  const wanted = new Map<string, number>();
  let seen = 0;
  let diedAt = 0;
  for (let turn = 0; turn < 600; turn++) {
    const id = ids[pick(ids.length)] as number;
    const step = `s${pick(3)}`;
    const dice = pick(10);
    if (dice < 5) {
      const due = later(500 + pick(10_000));
      await withTicket(ctx, id, act => schedule(act, [plan(id, due, step)]));
      wanted.set(`${id}/${step}`, due.getTime());
    } else if (dice < 7) {
      await withTicket(ctx, id, act => cancel(act, { ticketId: id, target: 'test:one', step }));
      wanted.delete(`${id}/${step}`);
    } else if (dice === 7 && t.clock.now().getTime() - diedAt > BOUND_MS) {
      await claimTimers(ctx, 4); // by a desk that is killed right after
      diedAt = t.clock.now().getTime();
    }
    t.clock.forward(pick(1000));
    await timers.round();
    const done = await deeds(t.database);
    for (const one of done.slice(seen)) {
      const name = `${one.ticket}/${one.step}`;
      expect(wanted.get(name), `${name} fired in turn ${turn} as it was set`).toBe(one.due.getTime());
      expect(one.at.getTime(), 'not early').toBeGreaterThanOrEqual(one.due.getTime());
      wanted.delete(name);
    }
    seen = done.length;
    for (const [name, due] of wanted)
      expect(due, `${name} is not late in turn ${turn}`).toBeGreaterThan(t.clock.now().getTime() - BOUND_MS);
  }
  expect(seen).toBeGreaterThan(100);
  expect(failures.size).toBeGreaterThan(20);
});
