import { expect, test } from 'vitest';
import type { Person } from '../../src/simulator/model.ts';
import { conversationOf, goesToPost, inWorld, isAnsweredByBilling, opensByForm } from './steps.ts';

// A Friday afternoon in Warsaw: 16:30.
const world = inWorld({ at: '2026-11-27T15:30:00Z', pace: 8 });
const MINUTE = 60_000;

const cardOf = (person: Person, number: number) => conversationOf(person, number).messages[0];

const said = (person: Person): string =>
  person
    .screen()
    .places.flatMap(({ messages }) => messages.map(({ text }) => text))
    .join('\n');

test('a ticket that nobody answers: staff are warned, then told that it is late, and the card turns red; a reply ends it', async () => {
  const ana = world.slack.person('ana');
  const bob = world.discord.person('bob');
  const number = await opensByForm(ana);
  await goesToPost(bob, number);
  expect(cardOf(bob, number)?.text).toMatch(/First reply due/);
  world.forward(8 * MINUTE);
  await bob.watches(() => said(bob).includes('⏳ First reply due'), 'a warning');
  world.forward(3 * MINUTE);
  await bob.watches(() => said(bob).includes('🔴 Late. First reply due'), 'that it is late');
  await bob.watches(() => cardOf(bob, number)?.text.includes('🔴 was') ?? false, 'the red card');
  await bob.says('We are looking into it.');
  await bob.watches(
    () => !(cardOf(bob, number)?.text.includes('First reply due') ?? true),
    'a card without it',
  );
});

test('a question of Friday evening to billing is due on Monday, and `/desk why` says how', async () => {
  const ben = world.discord.person('ben');
  const bob = world.discord.person('bob');
  const number = await isAnsweredByBilling(ben, bob);
  world.forward(60 * MINUTE);
  await ben.says('And now?');
  await bob.sees('And now?');
  await bob.watches(
    () => cardOf(bob, number)?.text.includes('Next reply due') ?? false,
    'a time for the next reply',
  );
  await bob.says(`/desk why ${number}`);
  await bob.watches(() => said(bob).includes('how each time came about'), 'how it came about');
  expect(said(bob)).toMatch(/4 hours from .*in the hours of “billing” \(Europe\/Warsaw\)/);
  expect(said(bob)).toMatch(/Mon 30 Nov 09:00–1\d:\d\d/);
});

test('word is due while a critical ticket lasts', async () => {
  const ana = world.slack.person('ana');
  const bob = world.discord.person('bob');
  const number = await opensByForm(ana, { subject: 'Down', description: 'All of it.' });
  await goesToPost(bob, number);
  await bob.says('/desk priority critical');
  await bob.says('We are on it.');
  await bob.watches(
    () => cardOf(bob, number)?.text.includes('Next update due') ?? false,
    'a time for the next update',
  );
  world.forward(61 * MINUTE);
  await bob.watches(() => said(bob).includes('🔴 Late. Next update due'), 'that it is late');
});
