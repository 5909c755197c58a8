import { expect, test } from 'vitest';
import type { Person } from '../../src/simulator/model.ts';
import { facts, goesToPost, inWorld } from './steps.ts';

const world = inWorld();

const valuesOf = (person: Person) =>
  Object.fromEntries(person.screen().modal?.fields.map(({ id, value }) => [id, value]) ?? []);

test('a critical ticket asks for its facts on a second page; what is wrong comes back with a button, and nothing typed is lost', async () => {
  const ana = world.discord.person('ana');
  await ana.says('/ticket open Sklep');
  await ana.sees('Nowe zgłoszenie');
  await ana.fills({ Priorytet: 'critical', Opis: 'Nic nie działa.' });
  await ana.submits();
  await ana.sees('potrzebujemy jeszcze czterech informacji');
  expect(await openTickets()).toBe(0);

  await ana.presses('Uzupełnij');
  await ana.sees('IP serwera lub numer zamówienia');
  expect(ana.screen().modal?.fields.map(({ id }) => id)).toEqual([
    'server',
    'service',
    'began',
    'diagnostics',
    'files',
  ]);
  await ana.fills({ ...facts, server: 'sklep', began: 'kiedyś' });
  await ana.submits();
  const faults = await ana.sees('To, co już wpisano, nie przepadło.');
  expect(faults).toContain('IP serwera lub numer zamówienia: Prosimy podać adres IP');
  expect(faults).toContain('Kiedy się zaczęło: Nie potrafimy odczytać tego czasu.');
  expect(faults).not.toContain('Diagnostyka:');
  expect(await openTickets()).toBe(0);

  await ana.presses('Popraw');
  await ana.watches(({ modal }) => modal !== null, 'the second page again');
  expect(valuesOf(ana)).toEqual({ ...facts, server: 'sklep', began: 'kiedyś', files: '' });
  await ana.fills({ server: '#123456', began: '00:05' });
  await ana.submits();
  await ana.sees(/Jest oznaczone jako krytyczne/, '#1');
  const bob = world.discord.person('bob');
  await goesToPost(bob, 1);
  const card = await bob.sees('#123456');
  expect(card).toContain('Nic nie działa.');
  expect(card).toContain(facts.diagnostics);
});

test('a description of nothing comes back the same way, on the first page', async () => {
  const ben = world.discord.person('ben');
  await ben.says('/ticket open Nothing to say');
  await ben.sees('Open a ticket');
  await ben.fills({ Description: '\u200B\u200D\u2060 ' });
  await ben.submits();
  await ben.sees('Description: Please fill this in.');
  await ben.presses('Correct it');
  await ben.watches(({ modal }) => modal !== null, 'the first page again');
  expect(valuesOf(ben)).toMatchObject({ subject: 'Nothing to say' });
  await ben.fills({ Description: 'Now with words.' });
  await ben.submits();
  await ben.sees(/We have your ticket #2/);
});

test('the form of somebody else, and a form that is finished, cannot be taken up again', async () => {
  const ben = world.discord.person('ben');
  await ben.says('/ticket open');
  await ben.sees('Open a ticket');
  await ben.fills({ Description: '\u200B', priority: 'critical' });
  await ben.submits();
  await ben.sees('Description: Please fill this in.');
  await ben.presses('Correct it');
  await ben.watches(({ modal }) => modal !== null, 'the first page again');
  await ben.fills({ Description: 'Words.', priority: 'regular' });
  await ben.submits();
  await ben.sees(/We have your ticket #3/);
  await ben.presses('Correct it', 'support');
  await ben.sees('This form is no longer open. Please start again.');
  expect(await openTickets()).toBe(3);
});

async function openTickets(): Promise<number | undefined> {
  const [row] = await world.database.sql<{ n: number }[]>`select count(*)::int as n from ticket`;
  return row?.n;
}
