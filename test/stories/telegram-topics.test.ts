import { expect, test } from 'vitest';
import { allQuiet, goesToPost, inWorld, pressesOnce, textsOf } from './steps.ts';

const world = inWorld({ pace: 8, telegram: { privateTopics: true } });

test('where the bot has topics, each ticket has its own in the person’s chat', async () => {
  const ana = world.telegram.person('ana');
  const bob = world.discord.person('bob');
  await ana.says('/ticket');
  await pressesOnce(ana, 'Techniczny');
  await pressesOnce(ana, 'Zwykły');
  await ana.sees('Prosimy opisać');
  await ana.says('Poczta nie działa.');
  await pressesOnce(ana, 'Wyślij');
  await ana.sees('ma własny wątek', ana.id);
  await ana.sees('Mamy Twoje zgłoszenie #1', '#1 Poczta nie działa.');
  await allQuiet(world);
  await goesToPost(bob, 1);
  await bob.says('Już sprawdzamy.');
  await ana.sees('Już sprawdzamy.', '#1 Poczta');
  await ana.goes('#1 Poczta');
  await ana.says('Dziękuję!');
  await bob.sees('Dziękuję!');
  await ana.says('/close');
  await ana.sees(/zamk/, '#1 Poczta');
});

test('a topic whose answer was lost is made again, and the ticket lives in it', async () => {
  const ben = world.telegram.person('ben');
  const bob = world.discord.person('bob');
  world.telegram.addFault({ match: /createForumTopic/, kind: 'lose-answer' });
  await ben.says('/ticket');
  await pressesOnce(ben, 'Technical');
  await pressesOnce(ben, 'Regular');
  await ben.sees('Please tell us');
  await ben.says('The site is slow.');
  await pressesOnce(ben, 'Send');
  await ben.sees('We have your ticket #2');
  await goesToPost(bob, 2);
  await bob.says('On it.');
  await ben.sees('On it.');
  expect(textsOf(ben).filter(text => text === 'On it.')).toHaveLength(1);
});
