import { expect, test } from 'vitest';
import { facts, goesToPost, inWorld } from './steps.ts';

const world = inWorld();

test('/ticket alone opens an empty form, in the language of the person', async () => {
  const ben = world.slack.person('ben');
  await ben.says('/ticket');
  await ben.sees('Open a ticket');
  expect(ben.screen().modal?.fields.map(field => [field.id, field.value])).toEqual([
    ['department', 'technical'],
    ['priority', 'regular'],
    ['subject', ''],
    ['description', ''],
    ['files', ''],
  ]);
  await ben.dismisses();
});

test('what stands after /ticket open is the subject already', async () => {
  const ana = world.slack.person('ana');
  await ana.says('/ticket open   Poczta  nie działa ');
  await ana.sees('Nowe zgłoszenie');
  const subject = ana.screen().modal?.fields.find(field => field.id === 'subject');
  expect(subject).toMatchObject({ label: 'Temat', value: 'Poczta nie działa' });
  await ana.dismisses();
});

test('choosing the critical priority adds the fields for its facts and keeps what was typed; going back takes them away', async () => {
  const ana = world.slack.person('ana');
  await ana.says('/ticket open Sklep nie działa');
  await ana.sees('Nowe zgłoszenie');
  await ana.fills({ Opis: 'Nic nie działa.', Dział: 'Finansowy', Priorytet: 'całkowita awaria' });
  await ana.sees('IP serwera lub numer zamówienia');
  const critical = ana.screen().modal?.fields ?? [];
  expect(critical.map(field => [field.id, field.value])).toEqual([
    ['department', 'financial'],
    ['priority', 'critical'],
    ['subject', 'Sklep nie działa'],
    ['description', 'Nic nie działa.'],
    ['server', ''],
    ['service', ''],
    ['began', ''],
    ['diagnostics', ''],
    ['files', ''],
  ]);
  await ana.fills({ Priorytet: 'Zwykły' });
  await ana.watches(screen => screen.modal?.fields.length === 5, 'the short form');
  expect(ana.screen().modal?.fields.find(field => field.id === 'description')?.value).toBe('Nic nie działa.');
  await ana.dismisses();
});

test('a critical ticket with missing or wrong facts is refused at the fields, in Polish; corrected, it is opened and comes first', async () => {
  const ana = world.slack.person('ana');
  const bob = world.discord.person('bob');
  await ana.says('/ticket open Sklep nie działa');
  await ana.sees('Nowe zgłoszenie');
  await ana.fills({ description: 'Nic nie działa.', priority: 'critical' });
  await ana.sees('IP serwera lub numer zamówienia');
  await ana.fills({ server: 'sklep', service: '\u200B\u200B', began: 'kiedyś tam', diagnostics: '\u2060' });
  await ana.submits();
  const refused = Object.fromEntries(ana.screen().modal?.fields.map(field => [field.id, field.error]) ?? []);
  expect(refused).toMatchObject({
    server: 'Prosimy podać adres IP serwera lub numer zamówienia, na przykład 203.0.113.7 lub #123456.',
    service: 'Prosimy wypełnić to pole.',
    began: expect.stringContaining('Nie potrafimy odczytać tego czasu.'),
    diagnostics: 'Prosimy wypełnić to pole.',
  });
  expect(refused.description).toBeUndefined();
  await ana.fills({ ...facts, began: 'wczoraj 14:30' });
  await ana.submits();
  await ana.sees(/Zgłoszenie #1 przyjęte/);
  await ana.dismisses();
  await ana.sees(/Jest oznaczone jako krytyczne, więc zajmujemy się nim najpierw\./);
  await goesToPost(bob, 1);
  const card = await bob.sees('203.0.113.7');
  expect(card).toContain('Shop');
  expect(card).toContain('ping: 100% packet loss');
  expect(card).toMatch(/When it began\n.*14:30/);
  expect(bob.screen().places.find(place => place.id === bob.screen().current)?.tags).toContain('High');
});

test('the acknowledgement says the number, what comes next and by when, at once', async () => {
  const ben = world.slack.person('ben');
  await ben.says('/ticket open Invoice');
  await ben.sees('Open a ticket');
  await ben.fills({ description: 'Please send the invoice of May again.' });
  const asked = world.now().getTime();
  await ben.submits();
  const due = new Intl.DateTimeFormat('en-GB', {
    timeZone: 'Europe/Warsaw',
    hour: '2-digit',
    minute: '2-digit',
  });
  const promise = await ben.sees(/We have your ticket #2: Invoice/);
  expect(promise).toMatch(/One of us replies here by .*\d\d:\d\d CES?T/);
  const [, by = ''] = /by (?:tomorrow )?(\d\d:\d\d)/.exec(promise) ?? [];
  const promised = [asked, asked + 60_000].map(at => due.format(at + 600_000));
  expect(promised).toContain(by);
});
