import { expect, test } from 'vitest';
import { allQuiet, goesToPost, inWorld, opensByForm, pressesOnce, writes } from './steps.ts';

const world = inWorld();

const ticketsWith = async (text: string): Promise<number[]> => {
  const rows = await world.database.sql<{ id: number }[]>`
    select ticket_id as id from message where body like ${`%${text}%`}`;
  return rows.map(({ id }) => Number(id));
};

test('Ana answers beneath the conversation instead of in its thread: it goes to her ticket, and she is told so', async () => {
  const ana = world.slack.person('ana');
  const bob = world.discord.person('bob');
  const number = await opensByForm(ana);
  await ana.says('Zapomniałam dodać: to web-3.', 'Switchdesk');
  await goesToPost(bob, number);
  await bob.sees('Zapomniałam dodać: to web-3.');
  await ana.sees(new RegExp(`do zgłoszenia #${number}`), 'Switchdesk');
  await bob.says('Dziękujemy, już patrzymy.');
  await ana.sees('Dziękujemy, już patrzymy.');
  await writes(ana, number, 'A to piszę w wątku.');
  await bob.sees('A to piszę w wątku.');
  expect(await ticketsWith('w wątku')).toEqual([number]);
});

test('with two tickets she switches between them with a button', async () => {
  const ana = world.slack.person('ana');
  const second = await opensByForm(ana, { subject: 'Faktura', description: 'Kwota się nie zgadza.' });
  await ana.goes('Switchdesk');
  await ana.says('Która faktura?');
  await ana.sees('#1', 'Switchdesk');
  await pressesOnce(ana, `#${second}`);
  await ana.sees(`Od teraz Twoje wiadomości trafiają do zgłoszenia #${second}`, 'Switchdesk');
  await ana.says('Ta z maja.');
  await expect.poll(() => ticketsWith('z maja')).toEqual([second]);
});

test('Ben, who has no ticket, is offered to open one with what he wrote, and the ticket lives in the chat', async () => {
  const ben = world.slack.person('ben');
  const bob = world.discord.person('bob');
  await ben.goes('Switchdesk');
  await ben.says('My site shows a blank page.');
  await pressesOnce(ben, 'Open with this text');
  await pressesOnce(ben, 'Technical');
  await pressesOnce(ben, 'Regular');
  const review = await ben.sees('This is what we would send.');
  expect(review).toContain('My site shows a blank page.');
  await pressesOnce(ben, 'Send');
  await ben.sees(/We have your ticket #3/, 'Switchdesk');
  await goesToPost(bob, 3);
  await bob.says('Which browser?');
  await ben.sees('Which browser?', 'Switchdesk');
  await ben.says('All of them.');
  await bob.sees('All of them.');
});

test('/ticket typed in the chat still opens the window', async () => {
  const ben = world.slack.person('ben');
  await ben.goes('Switchdesk');
  const before = ben.screen().places.find(({ title }) => title === 'Switchdesk')?.messages.length;
  await ben.says('/ticket');
  await ben.watches(screen => screen.modal !== null, 'the form');
  await allQuiet(world);
  expect(ben.screen().places.find(({ title }) => title === 'Switchdesk')?.messages).toHaveLength(before ?? 0);
});
