import { expect, test } from 'vitest';
import { goesToPost, inWorld, opensInChat, pressesOnce, textsOf } from './steps.ts';

const world = inWorld({ pace: 8 });

/** The tickets that hold a message with this text. */
async function ticketsWith(text: string): Promise<number[]> {
  const rows = await world.database.sql<{ id: number }[]>`
    select ticket_id as id from message where body like ${`%${text}%`} order by id`;
  return rows.map(row => row.id);
}

test('a text that belongs to no ticket is kept, and Ben is offered to open one with it', async () => {
  const ben = world.telegram.person('ben');
  await ben.says('My site shows a blank page.');
  await ben.sees('You have no open ticket. Shall we open one?');
  await pressesOnce(ben, 'Open with this text');
  await pressesOnce(ben, 'Technical');
  await pressesOnce(ben, 'Regular');
  await ben.sees(/This is what we would send\.[\s\S]*My site shows a blank page\./);
  await pressesOnce(ben, 'Send');
  await ben.sees(/We have your ticket #1: My site shows a blank page\./);
  await goesToPost(world.discord.person('bob'), 1);
});

test('with one open ticket a message goes there without a word', async () => {
  const ben = world.telegram.person('ben');
  const before = textsOf(ben).length;
  await ben.says('In every browser.');
  await world.discord.person('bob').sees('In every browser.');
  expect(await ticketsWith('In every browser.')).toEqual([1]);
  expect(textsOf(ben)).toHaveLength(before + 1);
});

test('with two it is said where each message goes; a button switches, and a reply does', async () => {
  const ben = world.telegram.person('ben');
  const bob = world.discord.person('bob');
  const second = await opensInChat(ben, { description: 'The invoice of May is wrong.' });
  expect(second).toBe(2);
  await ben.says('It should be 20 euro.');
  await ben.sees('This goes to ticket #2: The invoice of May is wrong.');
  expect(await ticketsWith('It should be 20 euro.')).toEqual([2]);

  await pressesOnce(ben, 'Switch to #1');
  await ben.sees('From now on your messages go to ticket #1: My site shows a blank page.');
  await ben.says('Still blank.');
  await ben.sees('This goes to ticket #1');
  expect(await ticketsWith('Still blank.')).toEqual([1]);

  await goesToPost(bob, 2);
  await bob.says('We correct the invoice.');
  const answer = await ben.sees('We correct the invoice.');
  expect(answer).toMatch(/^#2 · The invoice of May is wrong\./);
  const message = ben.screen().places[0]?.messages.find(({ text }) => text === answer);
  await ben.repliesTo(message?.id ?? '', 'Many thanks');
  await bob.sees('Many thanks', '#2');
  expect(await ticketsWith('Many thanks')).toEqual([2]);
});

test('/tickets lists them with a button for each other one', async () => {
  const ben = world.telegram.person('ben');
  await ben.says('/tickets');
  const list = await ben.sees('You have 2 tickets:');
  expect(list).toMatch(
    /#2 The invoice of May is wrong\. – open[\s\S]*#1 My site shows a blank page\. – open/,
  );
  await pressesOnce(ben, 'Switch to #1');
  await ben.sees('From now on your messages go to ticket #1');
});

test('the ticket of somebody else cannot be made one’s own', async () => {
  const ana = world.telegram.person('ana');
  await ana.says('/show 1');
  await ana.sees('Nie masz zgłoszenia #1.');
  await ana.says('/close 999');
  await ana.sees('Nie masz zgłoszenia #999.');
  await ana.says('/dance');
  await ana.sees('Nie znamy polecenia „/dance”.');
  await ana.says('/help');
  await ana.sees('Co można zrobić:');
  expect(await ticketsWith('/show')).toEqual([]);
});
