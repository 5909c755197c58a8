import { expect, test } from 'vitest';
import { conversationOf, goesToPost, inWorld, opensByForm, seesMark, writes } from './steps.ts';

const world = inWorld();

test('Ana opens a ticket with the form in Discord, and its private thread has her and nobody else of the customers', async () => {
  const ana = world.discord.person('ana');
  const ben = world.discord.person('ben');
  const bob = world.discord.person('bob');
  await ana.says('/ticket open Poczta');
  await ana.sees('Nowe zgłoszenie');
  expect(ana.screen().modal?.fields.map(field => [field.label, field.kind, field.value])).toEqual([
    ['Dział', 'select', 'technical'],
    ['Priorytet', 'select', 'regular'],
    ['Temat', 'text', 'Poczta'],
    ['Opis', 'multiline', ''],
    ['Pliki', 'files', ''],
  ]);
  await ana.fills({ Opis: 'Nie działa od rana.' });
  await ana.submits();
  await ana.sees(/Mamy Twoje zgłoszenie #1: Poczta/, '#1');
  const thread = conversationOf(ana, 1);
  expect(thread.kind).toBe('thread');
  for (const other of [ben, world.discord.person('eve'), world.discord.person('cleo')])
    expect(other.screen().places.some(({ id }) => id === thread.id)).toBe(false);
  await goesToPost(bob, 1);
  await bob.says('Już sprawdzamy.');
  await ana.sees('Już sprawdzamy.', '#1');
  await seesMark(bob, 'Już sprawdzamy.', '✅');
  await writes(ana, 1, 'Dziękuję!');
  await bob.sees('Dziękuję!');
});

test('only the owner is mentioned, once, when the thread is opened', async () => {
  const ben = world.discord.person('ben');
  const bob = world.discord.person('bob');
  const number = await opensByForm(ben);
  await goesToPost(bob, number);
  await bob.says('Hello @ben and @everyone');
  await ben.sees('Hello', `#${number}`);
  const thread = conversationOf(ben, number).id;
  const ofDesk = world.discord.pings.filter(ping => ping.place === thread);
  expect(ofDesk.map(({ whom }) => whom)).toEqual(['Ben Carter']);
});

test('opening a ticket takes three requests to Discord at most for one who asks in Slack', async () => {
  const ana = world.slack.person('ana');
  await goesToPost(world.discord.person('bob'), await opensByForm(ana));
  const before = world.discord.requests.length;
  const number = await opensByForm(ana);
  await goesToPost(world.discord.person('bob'), number);
  expect(world.discord.requests.length - before).toBeLessThanOrEqual(3);
});
