import { expect, test } from 'vitest';
import { conversationOf, goesToPost, inWorld, opensByForm, pressesOnce, seesMark, writes } from './steps.ts';

const world = inWorld();

test('Ben opens a ticket in his chat with the bot, question by question, and Bob answers him there', async () => {
  const ben = world.discord.person('ben');
  const bob = world.discord.person('bob');
  await ben.goes('Switchdesk');
  await ben.says('/ticket open');
  await ben.sees('My answer follows below.');
  await ben.sees('Who should look at it first?');
  await pressesOnce(ben, 'Technical');
  await pressesOnce(ben, 'Regular');
  await ben.sees(/tell us in one message/i);
  await ben.says('Mail is down.');
  await pressesOnce(ben, 'Send');
  await ben.sees(/We have your ticket #1: Mail is down\./);
  await goesToPost(bob, 1);
  await bob.says('We are on it.');
  await ben.sees('We are on it.');
  await seesMark(bob, 'We are on it.', '✅');
  await ben.says('Thank you!');
  await bob.sees('Thank you!');
});

test('what Ana writes while the desk is down reaches Bob when it is back, once and in order', async () => {
  const ana = world.discord.person('ana');
  const bob = world.discord.person('bob');
  const number = await opensByForm(ana);
  await goesToPost(bob, number);
  await writes(ana, number, 'before');
  await bob.sees('before');
  await world.halt();
  await writes(ana, number, 'first meanwhile');
  await writes(ana, number, 'second meanwhile');
  await world.start();
  await bob.sees('second meanwhile');
  await writes(ana, number, 'after');
  await bob.sees('after');
  const words = conversationOf(bob, number).messages.map(
    one => /before|first|second|after/.exec(one.text)?.[0],
  );
  expect(words.filter(Boolean)).toEqual(['before', 'first', 'second', 'after']);
});

test('Eve’s thread is deleted: what Bob answers reaches her in her chat with the bot, and goes on there', async () => {
  const eve = world.discord.person('eve');
  const bob = world.discord.person('bob');
  const number = await opensByForm(eve);
  world.discord.removeChannel(conversationOf(eve, number).id);
  await goesToPost(bob, number);
  await bob.says('Is it better now?');
  await eve.sees(`We go on with ticket #${number} here`, 'Switchdesk');
  await eve.sees('Is it better now?', 'Switchdesk');
  await bob.sees('We go on in a new one');
  await seesMark(bob, 'Is it better now?', '✅');
  await eve.goes('Switchdesk');
  await eve.says('Yes, thank you.');
  await bob.sees('Yes, thank you.');
});
