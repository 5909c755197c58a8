import { expect, test } from 'vitest';
import { conversationOf, goesToPost, inWorld, opensByForm, writes } from './steps.ts';

const world = inWorld();

test('what Ana writes while the desk does not know yet that her thread was made comes first, and nothing is lost or said twice', async () => {
  const ana = world.slack.person('ana');
  const bob = world.discord.person('bob');
  world.slack.addFault({ match: /chat\.postMessage/, kind: 'lose-answer' });
  const number = await opensByForm(ana);
  await writes(ana, number, 'first words');
  await expect.poll(doubtful).toBe(1);
  world.forward(60_000); // the desk leaves Slack some time before it looks whether the thread was made
  await expect.poll(() => unknownThreads(), { interval: 5 }).toBe(0);
  await writes(ana, number, 'second words');
  await goesToPost(bob, number);
  await bob.sees('first words');
  await bob.sees('second words');
  const heard = conversationOf(bob, number).messages.flatMap(
    ({ text }) => /(first|second) words/.exec(text)?.[1] ?? [],
  );
  expect(heard).toEqual(['first', 'second']);
  const acknowledgements = ana
    .screen()
    .places.flatMap(({ messages, kind }) =>
      kind === 'dm' ? messages.filter(({ text }) => text.includes('Mamy Twoje zgłoszenie')) : [],
    );
  expect(acknowledgements).toHaveLength(1);
});

async function unknownThreads(): Promise<number | undefined> {
  const [row] = await world.database.sql<
    { n: number }[]
  >`select count(*)::int as n from place where address is null`;
  return row?.n;
}

async function doubtful(): Promise<number | undefined> {
  const [row] = await world.database.sql<{ n: number }[]>`
    select count(*)::int as n from delivery where kind = 'thread' and state = 'retry' and doubt`;
  return row?.n;
}
