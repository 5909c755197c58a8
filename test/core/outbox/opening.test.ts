import { afterEach, expect, test } from 'vitest';
import type { Limits } from '../../../src/core/index.ts';
import { type ScriptedChannel, scriptedChannel } from '../../harness/channel.ts';
import { type TestDesk, testDesk } from '../../harness/desk.ts';
import { openTicket } from '../../harness/flow.ts';
import { eventsAt } from '../../harness/people.ts';
import { column } from '../kit.ts';

let t: TestDesk;
let chat: ScriptedChannel;
let forum: ScriptedChannel;
let post: string;
let thread: string;

afterEach(() => t.close());

/** One ticket that stands, and a rush of others whose posts are still to be made. */
async function rush(
  count: number,
  limits: Partial<Limits>,
  script?: ScriptedChannel['script'],
  ofChat: Partial<Limits> = {},
): Promise<void> {
  chat = scriptedChannel('chat', ofChat);
  forum = scriptedChannel('forum', { desk: true, ...limits });
  t = await testDesk([chat, forum]);
  ({ post, thread } = await openTicket(t, chat, forum));
  t.clock.forward(60_000);
  forum.calls.length = 0;
  if (script) forum.script = script;
  const { submits } = eventsAt(t.clock);
  for (let n = 0; n < count; n++)
    await t.desk.accept('chat', submits(`crowd${n}`, { subject: `Number ${n}` }));
}

async function pass(): Promise<void> {
  for (let quiet = 0, before = -1; quiet < 3; ) {
    await t.desk.tick();
    const held = await column(t.database, 'select 1 from lane where leased_until is not null');
    quiet = before === forum.calls.length && held.length === 0 ? quiet + 1 : 0;
    before = forum.calls.length;
  }
}

const made = (): number => forum.calls.filter(call => call.what === 'desk-post').length;

test('posts are made as fast as the platform allows it, and what is said in others does not wait for them', async () => {
  await rush(300, { bot: { perSecond: 20, burst: 20 }, opens: { perSecond: 2, burst: 4 } });
  await pass();
  expect(made()).toBe(4);
  await t.desk.accept('chat', eventsAt(t.clock).says('ana', thread, 'Is anybody there?'));
  await pass();
  expect(forum.calls.filter(call => call.to === post).map(call => call.text)).toEqual([
    expect.stringContaining('Is anybody there?'),
  ]);
  for (let second = 0; second < 5; second++) {
    t.clock.forward(1000);
    await pass();
  }
  expect(made()).toBe(4 + 5 * 2);
});

test('a platform that says wait is not asked again by the next posts, and all are made in the end', async () => {
  await rush(40, {}, call =>
    call.what === 'desk-post'
      ? { outcome: 'retry', afterMs: 5000, scope: 'opens', why: 'the rate of new posts' }
      : { outcome: 'delivered', ref: 'm1' },
  );
  await pass();
  const asked = made();
  expect(asked).toBeLessThanOrEqual(24); // those that were under way together
  t.clock.forward(4000);
  await pass();
  expect(made()).toBe(asked);
  forum.script = () => ({ outcome: 'delivered', ref: 'm1' });
  t.clock.forward(2000);
  await pass();
  t.clock.forward(5000);
  await pass();
  expect(new Set(forum.calls.map(call => call.id)).size).toBe(40);
  expect(made()).toBe(asked + 40);
});

test('places that take two requests each are made half as fast as the bot may ask', async () => {
  await rush(60, {}, undefined, { bot: { perSecond: 10, burst: 10 }, threadCalls: 2 });
  const threads = (): number => chat.calls.filter(call => call.what === 'thread').length - 1;
  const seen: number[] = [];
  for (let second = 0; second < 4; second++) {
    await pass();
    seen.push(threads());
    t.clock.forward(1000);
  }
  expect(seen).toEqual([5, 10, 15, 20]);
});
