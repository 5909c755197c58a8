import { expect, test } from 'vitest';
import { conversationOf, goesToPost, inWorld, opensByForm, seesMark, writes } from './steps.ts';

const world = inWorld();

test('what Ana writes in the thread is part of the ticket and reaches staff in the order she wrote it', async () => {
  const ana = world.slack.person('ana');
  const bob = world.discord.person('bob');
  const number = await opensByForm(ana);
  const lines = ['Serwer to web-3.', 'A baza danych działa.', 'Czekam.'];
  for (const line of lines) {
    await writes(ana, number, line);
    await world.slack.settled(); // Slack itself promises no order for what is written within the same instant
  }
  await goesToPost(bob, number);
  await bob.sees('Czekam.');
  const heard = conversationOf(bob, number).messages.map(({ text }) => text);
  const spots = lines.map(line => heard.findIndex(text => text.includes(line)));
  expect(spots).toEqual([...spots].sort((a, b) => a - b));
  expect(spots).not.toContain(-1);
  expect(heard[spots[0] ?? 0]).toContain('Ana Nowak');
  await ana.says(`/ticket show ${number}`, 'support');
  await ana.sees(/Zgłoszenie #1: Mail is down[\s\S]*A baza danych działa\./);
});

test('what she writes elsewhere, and what others write, is no part of it', async () => {
  const ana = world.slack.person('ana');
  const ben = world.slack.person('ben');
  const bob = world.discord.person('bob');
  const number = await opensByForm(ana);
  await ana.says('To tylko pogawędka', 'support');
  await ben.says('This too is small talk', 'support');
  await writes(ana, number, 'A to do zgłoszenia');
  await goesToPost(bob, number);
  await bob.sees('A to do zgłoszenia');
  const rows = await world.database.sql<{ body: string }[]>`select body from message`;
  expect(JSON.stringify(rows)).not.toMatch(/pogawędka|small talk/);
  expect(ben.screen().places.some(({ title }) => title.includes(`#${number}`))).toBe(false);
});

test('an answer with formatting keeps it, and a long one arrives whole, in parts, with one mark', async () => {
  const ana = world.slack.person('ana');
  const bob = world.discord.person('bob');
  const number = await opensByForm(ana);
  await goesToPost(bob, number);
  await bob.says('Please run `df -h` and **send** us the result:\n```\nssh web-3\ndf -h\n```');
  const answer = await ana.sees('df -h');
  expect(answer).toContain('ssh web-3\ndf -h');
  expect(answer).not.toContain('**');
  const long = Array.from({ length: 150 }, (_, index) => `step ${index + 1}`).join(', ');
  await bob.says(long);
  await ana.sees('step 150');
  await seesMark(bob, 'step 150', '✅');
  const whole = conversationOf(ana, number)
    .messages.map(({ text }) => text)
    .join(' ');
  for (const step of [1, 75, 150]) expect(whole).toContain(`step ${step}`);
});
