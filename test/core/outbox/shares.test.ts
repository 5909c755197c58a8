import { afterEach, expect, test } from 'vitest';
import { transact } from '../../../src/core/context.ts';
import type { Limits, Receipt } from '../../../src/core/index.ts';
import { createRelay, enqueue } from '../../../src/core/outbox/index.ts';
import { type ScriptedChannel, scriptedChannel } from '../../harness/channel.ts';
import { type TestDesk, testDesk } from '../../harness/desk.ts';
import { openTicket, settleAll } from '../../harness/flow.ts';
import { eventsAt } from '../../harness/people.ts';
import { column, contextOf, held, until } from '../kit.ts';

let t: TestDesk;
let chat: ScriptedChannel;
let post: string;

afterEach(() => t.close());

/** A ticket, and a broadcast that waits for `count` other people. */
async function broadcast(count: number, limits: Partial<Limits>): Promise<void> {
  chat = scriptedChannel('chat', limits);
  const forum = scriptedChannel('forum', { desk: true });
  t = await testDesk([chat, forum]);
  ({ post } = await openTicket(t, chat, forum));
  t.clock.forward(60_000); // whatever the opening took of the rate is there again
  chat.calls.length = 0;
  const places = await t.database.sql<{ id: number }[]>`
    insert into place (channel, role, address) select 'chat', 'customer', 'far' || n from generate_series(1, ${count}) n returning id`;
  await transact(contextOf(t, [chat, forum]), { type: 'system' }, async act => {
    for (const { id: placeId } of places)
      enqueue(act, { placeId, role: 'customer', kind: 'post', class: 'digest', content: { text: 'news' } });
  });
}

const reply = (text: string) => t.desk.accept('forum', eventsAt(t.clock).staffSays('bob', post, text));
/** Ticks until three in a row sent nothing: a lane that must wait for its turn does not count. */
async function pass(): Promise<void> {
  for (let quiet = 0, before = -1; quiet < 3; ) {
    await t.desk.tick();
    const held = await column(t.database, 'select 1 from lane where leased_until is not null');
    quiet = before === chat.calls.length && held.length === 0 ? quiet + 1 : 0;
    before = chat.calls.length;
  }
}

const sent = (text: string): number => chat.calls.filter(call => call.text === text).length;

test('a broadcast that takes all it may get leaves a share of the rate to replies', async () => {
  await broadcast(60, { bot: { perSecond: 10, burst: 10 } });
  await pass();
  expect(sent('news')).toBe(8);
  await reply('at once');
  await pass();
  expect([sent('at once'), sent('news')]).toEqual([1, 8]);
  for (let second = 0; second < 3; second++) {
    t.clock.forward(1000);
    await pass();
  }
  expect(sent('news')).toBe(8 + 3 * 8);
});

test('replies go before what waited longer', async () => {
  await broadcast(30, { bot: { perSecond: 1, burst: 1 } });
  await reply('first');
  await pass();
  for (let second = 0; second < 3; second++) {
    t.clock.forward(1000);
    await pass();
  }
  expect(chat.calls[0]?.text === 'first' || chat.calls[1]?.text === 'first').toBe(true);
});

test('a broadcast whose attempts all hang leaves room for a reply to be tried', async () => {
  await broadcast(60, {});
  const never = held<Receipt>();
  chat.script = call => (call.text === 'news' ? never.promise : { outcome: 'delivered', ref: call.id });
  await t.desk.tick();
  await until(() => sent('news') >= 15);
  await reply('at once');
  await until(async () => {
    await t.desk.tick();
    return sent('at once') === 1;
  });
  never.release({ outcome: 'delivered', ref: 'at last' });
  await settleAll(t);
  expect(sent('news')).toBe(60);
});

test('one place is not written in faster than its own rate', async () => {
  await broadcast(0, { place: { perSecond: 1, burst: 2 } });
  for (const text of ['1', '2', '3', '4', '5']) await reply(text);
  const seen: number[] = [];
  for (let second = 0; second < 4; second++) {
    await pass();
    seen.push(chat.calls.length);
    t.clock.forward(1000);
  }
  expect(seen).toEqual([2, 3, 4, 5]);
});

test.each([5, 11])(
  'what the rate holds back goes when it may, also when that is just after the look, without anybody asking again (%i ms)',
  async step => {
    await broadcast(60, { bot: { perSecond: 40, burst: 2 } });
    let at = t.clock.now().getTime();
    // Time goes on between any two questions, as it does.
    const now = (): Date => {
      at += step;
      return new Date(at);
    };
    const relay = createRelay({ ...contextOf(t, [chat]), now });
    relay.wake('chat');
    await until(() => sent('news') === 60);
    await relay.stop();
  },
);
