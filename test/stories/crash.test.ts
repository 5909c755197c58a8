import { expect, test } from 'vitest';
import { childDesk } from './child.ts';
import {
  allQuiet,
  conversationOf,
  goesToPost,
  holdsPlace,
  inWorld,
  opensByForm,
  pressesOnce,
  seesMark,
  sentTo,
  textsOf,
  writes,
} from './steps.ts';

const world = inWorld({ asleep: true });
const child = childDesk(world);

async function count(sql: 'stored' | 'sending'): Promise<number | undefined> {
  const [row] = await world.database.sql<{ n: number }[]>`
    select case when ${sql} = 'stored' then (select count(*)::int from receipt where state = 'stored')
      else (select count(*)::int from delivery where state = 'sending') end as n`;
  return row?.n;
}

test('a message that was answered 200, and not worked before the power went, reaches staff once after the restart', async () => {
  const ana = world.slack.person('ana');
  const bob = world.discord.person('bob');
  await child.start();
  const number = await opensByForm(ana);
  await goesToPost(bob, number);
  await allQuiet(world);
  const letGo = await holdsPlace(number, 'customer');
  await writes(ana, number, 'said before the crash');
  await world.slack.settled();
  expect(world.slack.pendingRetries).toBe(0);
  await expect.poll(() => count('stored')).toBe(1);
  await child.kill();
  await letGo();
  expect(await count('stored')).toBe(1);

  await world.start();
  await bob.sees('said before the crash');
  expect(await world.slack.redeliverLast()).toBe(200);
  await writes(ana, number, 'said after the crash');
  await bob.sees('said after the crash');
  const heard = conversationOf(bob, number).messages.filter(({ text }) =>
    text.includes('said before the crash'),
  );
  expect(heard).toHaveLength(1);
});

test('an answer whose sending the power cut is there once, and marked, after the restart', async () => {
  const ana = world.slack.person('ana');
  const bob = world.discord.person('bob');
  await child.start();
  const number = await opensByForm(ana);
  await goesToPost(bob, number);
  await pressesOnce(bob, 'Claim');
  await bob.sees('You have claimed');
  world.slack.addFault({ match: /chat\.postMessage/, kind: 'lose-answer' });
  const stop = world.slack.onRequest(({ path }) => {
    if (path.includes('chat.postMessage')) child.strike();
  });
  await bob.says('sent in the last moment');
  await ana.sees('sent in the last moment');
  stop();
  await child.kill();
  expect(await count('sending')).toBeGreaterThanOrEqual(1);

  world.forward(61_000); // the lease of the dead desk runs out
  await world.start();
  await seesMark(bob, 'sent in the last moment', '✅');
  expect(textsOf(ana).filter(text => text.includes('sent in the last moment'))).toHaveLength(1);
});

test('a ticket whose post the power cut gets one post, and one thread', async () => {
  const ana = world.discord.person('ana');
  const bob = world.discord.person('bob');
  await child.start();
  world.discord.addFault({ match: /POST .*threads/, kind: 'lose-answer', times: 2 });
  const stop = world.discord.onRequest(({ method, path }) => {
    if (method === 'POST' && path.endsWith('/threads')) child.strike();
  });
  await ana.says('/ticket open Crash');
  await ana.sees('Nowe zgłoszenie');
  await ana.fills({ description: 'W chwili awarii.' });
  // The power may go before the form is answered: then nobody is ever told that it was taken.
  void ana.submits().catch(() => undefined);
  await expect.poll(child.isStruck).toBe(true);
  stop();
  await child.kill();
  world.discord.clearFaults();

  world.forward(61_000);
  await world.start();
  await bob.sees('Crash');
  await ana.sees('Mamy Twoje zgłoszenie', 'Crash');
  const posts = bob.screen().places.filter(({ title, kind }) => kind === 'post' && title.includes('Crash'));
  const threads = ana
    .screen()
    .places.filter(({ title, kind }) => kind === 'thread' && title.includes('Crash'));
  expect([posts.length, threads.length]).toEqual([1, 1]);
});

test('what Cleo wrote before the power went is not sent when she is no longer staff after the restart', async () => {
  const ana = world.slack.person('ana');
  const cleo = world.discord.person('cleo');
  await child.start();
  const number = await opensByForm(ana);
  await goesToPost(cleo, number);
  await allQuiet(world);
  const letGo = await holdsPlace(number, 'desk');
  await cleo.says('written while she was staff');
  await expect.poll(() => count('stored')).toBe(1);
  await child.kill();
  await letGo();
  world.discord.letIn('cleo', world.discord.deskChannelId);
  world.discord.setRoles('cleo', []);
  world.forward(20_000); // roles that came with an event count for 15 s

  await world.start();
  await cleo.sees('Only support staff can do this.', `#${number}`);
  await allQuiet(world);
  expect(sentTo(world.slack)).not.toContain('written while she was staff');
});
