import { expect, test } from 'vitest';
import type { Person } from '../../src/simulator/model.ts';
import { conversationOf, goesToPost, inWorld, opensByForm, pressesOnce, writes } from './steps.ts';

const world = inWorld();

const tagsOf = (person: Person, number: number) => conversationOf(person, number).tags;
const cardOf = (person: Person, number: number) => conversationOf(person, number).messages[0];
const buttonsOf = (person: Person, number: number) =>
  cardOf(person, number)?.buttons.map(({ label }) => label);

test('each ticket has a post with its tags, and a card that says who asks, what, and by when they were promised an answer', async () => {
  const ana = world.slack.person('ana');
  const bob = world.discord.person('bob');
  const number = await opensByForm(ana, {
    subject: 'Faktura',
    description: 'Proszę o duplikat.',
    department: 'financial',
  });
  await goesToPost(bob, number);
  expect(conversationOf(bob, number).title).toBe('#1 Faktura');
  expect([...tagsOf(bob, number)].sort()).toEqual(['Financial', 'Regular', 'open']);
  const card = cardOf(bob, number)?.text ?? '';
  for (const fact of [
    'Proszę o duplikat.',
    'Ana Nowak (slack)',
    'Financial',
    'Regular',
    'nobody',
    'First reply due',
  ])
    expect(card).toContain(fact);
  expect(buttonsOf(bob, number)).toEqual(['Claim', 'Wait', 'Solve', 'Close']);
});

test('the card and the tags follow the ticket, and its buttons are those that make sense', async () => {
  const bob = world.discord.person('bob');
  const number = await opensByForm(world.slack.person('ben'));
  await goesToPost(bob, number);
  await pressesOnce(bob, 'Claim');
  await bob.watches(() => cardOf(bob, number)?.text.includes('Bob Miller') ?? false, 'his name on the card');
  expect(buttonsOf(bob, number)).toEqual(['Wait', 'Solve', 'Close']);
  await bob.presses('Solve');
  await bob.watches(() => tagsOf(bob, number).includes('solved'), 'the tag "solved"');
  await bob.watches(() => buttonsOf(bob, number)?.join() === 'Close,Reopen', 'only Close and Reopen');
  await bob.presses('Close');
  await bob.watches(() => tagsOf(bob, number).includes('closed'), 'the tag "closed"');
  expect(tagsOf(bob, number)).not.toContain('solved');
});

test('Wait, Solve and Close tell the customer in her language, and her answer opens the ticket again', async () => {
  const ana = world.discord.person('ana');
  const bob = world.discord.person('bob');
  const number = await opensByForm(ana);
  await goesToPost(bob, number);
  await pressesOnce(bob, 'Wait');
  await ana.sees(`Aby zająć się dalej zgłoszeniem #${number}, potrzebujemy Twojej odpowiedzi.`);
  await bob.watches(() => tagsOf(bob, number).includes('waiting'), 'the tag "waiting"');
  await writes(ana, number, 'Oto odpowiedź.');
  await bob.sees('Oto odpowiedź.');
  await bob.watches(() => tagsOf(bob, number).includes('open'), 'the tag "open" after the answer');

  await bob.presses('Solve');
  await ana.sees(`Uważamy zgłoszenie #${number} za rozwiązane.`);
  await writes(ana, number, 'Nadal nie działa.');
  await bob.sees('Nadal nie działa.');
  await ana.sees(`Zgłoszenie #${number} jest znowu otwarte.`);
  await bob.watches(() => tagsOf(bob, number).includes('open'), 'the tag "open" again');

  await bob.presses('Close');
  await ana.sees(`Zgłoszenie #${number} jest zamknięte. Dziękujemy za kontakt.`);
});

test('a step that was made already changes nothing, and says so', async () => {
  const bob = world.discord.person('bob');
  const cleo = world.discord.person('cleo');
  const number = await opensByForm(world.slack.person('ben'));
  await goesToPost(bob, number);
  await goesToPost(cleo, number);
  world.discord.addFault({ match: /PATCH .*messages/, kind: 'refuse-connection', times: 2 });
  await pressesOnce(bob, 'Solve');
  await bob.sees(`Ticket #${number} is marked solved.`);
  await cleo.presses('Solve');
  await cleo.sees('The ticket is in this state already. Nothing has changed.');
  const moves = await world.database.sql`select from event where ticket_id = ${number} and type = 'moved'`;
  expect(moves).toHaveLength(1);
});
