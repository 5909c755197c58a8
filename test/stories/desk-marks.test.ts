import { expect, test } from 'vitest';
import { goesToPost, inWorld, opensByForm, opensInChat, seesMark, textsOf } from './steps.ts';

const world = inWorld({ pace: 8 });

test('when Ana has blocked the bot, Bob sees ❌ on his answer, and why; when she is back, the next one arrives', async () => {
  const ana = world.telegram.person('ana');
  const bob = world.discord.person('bob');
  const number = await opensInChat(ana, { description: 'Poczta nie działa.' });
  await goesToPost(bob, number);
  await ana.blocks();
  await bob.says('Are you there?');
  await seesMark(bob, 'Are you there?', '❌');
  await bob.sees('The customer did not get this message: the customer has blocked our messages.');
  await ana.unblocks();
  await ana.says('Jestem!');
  await bob.sees(/Jestem/);
  await bob.says('Good to hear from you.');
  await ana.sees('Good to hear from you.');
  await seesMark(bob, 'Good to hear from you.', '✅');
  expect(textsOf(ana).join()).not.toContain('Are you there?');
});

test('an answer that Slack lost on the way back is looked up, marked ✅, and there once', async () => {
  const ana = world.slack.person('ana');
  const bob = world.discord.person('bob');
  const number = await opensByForm(ana);
  await goesToPost(bob, number);
  world.slack.addFault({ match: /chat\.postMessage/, kind: 'lose-answer' });
  await bob.says('Only once, please.');
  await ana.sees('Only once, please.');
  await expect.poll(doubtful).toBe(1);
  world.forward(60_000); // the desk leaves Slack some time before it looks whether it was said
  await seesMark(bob, 'Only once, please.', '✅');
  expect(textsOf(ana).filter(text => text.includes('Only once, please.'))).toHaveLength(1);
});

test('what Telegram may or may not have got is not sent twice: Bob is asked to check', async () => {
  const ben = world.telegram.person('ben');
  const bob = world.discord.person('bob');
  const number = await opensInChat(ben, { description: 'The site is slow.' });
  await goesToPost(bob, number);
  world.telegram.addFault({ match: /sendMessage/, kind: 'lose-answer' });
  await bob.says('We look at it.');
  await bob.sees('We do not know whether the customer got this message.');
  await seesMark(bob, 'We look at it.', '❓');
  expect(textsOf(ben).filter(text => text.includes('We look at it.'))).toHaveLength(1);
});

test('a platform that is busy is waited for as long as it says, and the order is kept', async () => {
  const ben = world.slack.person('ben');
  const bob = world.discord.person('bob');
  const number = await opensByForm(ben);
  await goesToPost(bob, number);
  world.slack.addFault({ match: /chat\.postMessage/, kind: 'status', status: 429, retryAfterSeconds: 2 });
  await bob.says('first');
  await bob.says('second');
  await ben.sees('second');
  const answers = textsOf(ben).filter(text => text === 'first' || text === 'second');
  expect(answers).toEqual(['first', 'second']);
  await seesMark(bob, 'second', '✅');
});

async function doubtful(): Promise<number | undefined> {
  const [row] = await world.database.sql<{ n: number }[]>`
    select count(*)::int as n from delivery where state = 'retry' and doubt`;
  return row?.n;
}
