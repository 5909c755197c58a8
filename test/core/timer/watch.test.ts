import { afterEach, beforeEach, expect, test } from 'vitest';
import { createWatch, schedule } from '../../../src/core/timer/index.ts';
import { type ScriptedChannel, scriptedChannel } from '../../harness/channel.ts';
import { type TestDesk, testDesk } from '../../harness/desk.ts';
import { openTicket } from '../../harness/flow.ts';
import { contextOf, until } from '../kit.ts';
import { plan, withTicket } from './kit.ts';

let t: TestDesk;
let chat: ScriptedChannel;
let forum: ScriptedChannel;

beforeEach(async () => {
  chat = scriptedChannel('chat');
  forum = scriptedChannel('forum', { desk: true });
  t = await testDesk([chat, forum]);
});
afterEach(() => t.close());

const alarms = (): string[] => t.log.lines.filter(line => line.includes('timers are overdue'));
const red = (): string[] =>
  forum.calls.map(call => call.text).filter(text => text.includes('The desk is late'));

test('a timer that nobody fires is an error in the log and a red message in the desk, once', async () => {
  const { number } = await openTicket(t, chat, forum);
  const ctx = contextOf(t, [chat, forum]);
  await withTicket(ctx, number, act =>
    schedule(
      act,
      ['a', 'b'].map(step => plan(number, t.clock.now(), step)),
    ),
  );
  // What fires timers believes that they are for later.
  await t.database.sql`update timer set run_at = run_at + interval '1 year' where target = 'test:one'`;
  const [watch, other] = [createWatch(ctx), createWatch(ctx)];
  t.clock.forward(1);
  for (const one of [watch, other]) expect(await one.check(), 'a first look').toBe(0);
  t.clock.forward(4_999);
  expect(await watch.check(), 'within the bound').toBe(0);
  t.clock.forward(1);
  expect(await watch.check()).toBe(2);
  expect(await other.check(), 'another desk says nothing more').toBe(0);
  expect(alarms()).toHaveLength(1);
  await t.desk.tick();
  await until(async () => {
    await t.desk.tick();
    return red().length === 1;
  });
  t.clock.forward(60_000);
  expect(await watch.check()).toBe(0);
  expect(red()).toHaveLength(1);
});

test('when the clock jumps, what fires timers gets its turn before anybody is alarmed', async () => {
  const { number } = await openTicket(t, chat, forum);
  const ctx = contextOf(t, [chat, forum]);
  await withTicket(ctx, number, act => schedule(act, [plan(number, t.clock.now())]));
  const watch = createWatch(ctx);
  t.clock.forward(-1);
  expect(await watch.check()).toBe(0);
  t.clock.forward(3_600_000);
  expect(await watch.check(), 'it was not due when it was looked at before').toBe(0);
  t.clock.forward(5_000);
  expect(await watch.check(), 'it still is').toBeGreaterThan(0);
});

test('when everything is late three posts say so, with the number of the others', async () => {
  const numbers: number[] = [];
  for (const who of ['ana', 'ben', 'cem', 'dee', 'eva'])
    numbers.push((await openTicket(t, chat, forum, who)).number);
  const ctx = contextOf(t, [chat, forum]);
  for (const number of numbers)
    await withTicket(ctx, number, act => schedule(act, [plan(number, t.clock.now())]));
  await t.database.sql`update timer set run_at = run_at + interval '1 year' where target = 'test:one'`;
  const watch = createWatch(ctx);
  t.clock.forward(1);
  expect(await watch.check()).toBe(0);
  t.clock.forward(6_000);
  expect(await watch.check()).toBe(5);
  await until(async () => {
    await t.desk.tick();
    return red().length === 3;
  });
  expect(red()[0]).toContain('4 other tickets');
});

test('how the timers are doing shows from outside', async () => {
  const { number } = await openTicket(t, chat, forum);
  expect((await t.desk.health()).timers).toEqual({ lastRoundMs: 0, overdueMs: 0 });
  const ctx = contextOf(t, [chat, forum]);
  await withTicket(ctx, number, act => schedule(act, [plan(number, t.clock.now())]));
  t.clock.forward(7_000);
  expect((await t.desk.health()).timers).toEqual({ lastRoundMs: 7_000, overdueMs: 7_000 });
});
