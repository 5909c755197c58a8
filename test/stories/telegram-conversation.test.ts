import { expect, test } from 'vitest';
import { facts, goesToPost, inWorld, pressesOnce, seesMark } from './steps.ts';

const world = inWorld({ pace: 8 });

test('Ana opens a ticket in the conversation, going back once, and Bob answers her', async () => {
  const ana = world.telegram.person('ana');
  const bob = world.discord.person('bob');
  await ana.says('/ticket');
  await ana.sees('Kto ma się tym najpierw zająć?');
  await pressesOnce(ana, 'Finansowy');
  await ana.sees('Jak pilna jest sprawa?');
  await pressesOnce(ana, 'Wstecz');
  await pressesOnce(ana, 'Techniczny');
  await pressesOnce(ana, 'Zwykły');
  await ana.sees('Prosimy opisać to w jednej wiadomości.');
  await ana.says('Poczta nie działa.');
  const review = await ana.sees('Oto, co wyślemy.');
  expect(review).toMatch(/Dział: Techniczny[\s\S]*Priorytet: Zwykły[\s\S]*Opis: Poczta nie działa\./);
  await pressesOnce(ana, 'Wyślij');
  await ana.sees(/Mamy Twoje zgłoszenie #1: Poczta nie działa\.[\s\S]*Odpowiemy tutaj najpóźniej/);
  await goesToPost(bob, 1);
  await bob.sees('Ana Nowak (telegram)');
  await bob.says('Już sprawdzamy.');
  await ana.sees('Już sprawdzamy.');
  await seesMark(bob, 'Już sprawdzamy.', '✅');
  await ana.says('Dziękuję!');
  await bob.sees('Dziękuję!');
});

test('cancelled, nothing is sent, answered questions lose their buttons, and those left do nothing more', async () => {
  const ben = world.telegram.person('ben');
  await ben.says('/ticket');
  await ben.sees('Who should look at it first?');
  await ben.says('Technical');
  await pressesOnce(ben, 'Regular');
  await ben.watches(
    ({ places }) =>
      places.some(({ messages }) =>
        messages.some(({ text, buttons }) => text.includes('How urgent is it?') && buttons.length === 0),
      ),
    'the answered question without buttons',
  );
  await pressesOnce(ben, 'Cancel');
  await ben.sees('Cancelled. Nothing was sent.');
  await ben.presses('Financial');
  await ben.sees('This form is no longer open. Please start again.');
  expect(
    await world.database
      .sql`select from ticket t join handle h on h.id = t.handle_id where h.name like 'ben%'`,
  ).toHaveLength(0);
});

test('a half-finished one goes on where it stopped after the desk was restarted', async () => {
  const ben = world.telegram.person('ben');
  await ben.says('/ticket');
  await pressesOnce(ben, 'Financial');
  await pressesOnce(ben, 'Regular');
  await ben.sees('Please tell us in one message.');
  await world.restart();
  await ben.says('The invoice of May is wrong.');
  const review = await ben.sees('This is what we would send.');
  expect(review).toMatch(/Department: Financial[\s\S]*Description: The invoice of May is wrong\./);
  await world.restart();
  await pressesOnce(ben, 'Send');
  await ben.sees(/We have your ticket #2/);
});

test('/ticket in the middle of one resumes it', async () => {
  const eve = world.telegram.person('eve');
  await eve.says('/ticket');
  await pressesOnce(eve, 'Technical');
  await eve.sees('How urgent is it?');
  await eve.says('/ticket');
  await eve.sees(/You had begun to open a ticket[\s\S]*How urgent is it\?/);
});

test('a critical one asks for each fact, and asks again for what it cannot take', async () => {
  const ana = world.telegram.person('ana');
  await ana.says('/ticket');
  await pressesOnce(ana, 'Techniczny');
  await pressesOnce(ana, 'całkowita awaria');
  await ana.says('Sklep leży.');
  await ana.sees('Którego serwera to dotyczy?');
  await ana.says('ten duży');
  await ana.sees(/Prosimy podać adres IP serwera[\s\S]*Którego serwera to dotyczy\?/);
  await ana.says(facts.server);
  await ana.sees('Jak nazywa się usługa?');
  await ana.says('Sklep');
  await ana.sees('Kiedy się zaczęło?');
  await ana.says('niedawno');
  await ana.sees('Nie potrafimy odczytać tego czasu.');
  await ana.says('wczoraj 14:30');
  await ana.sees('Co już wiadomo?');
  await ana.says('ping: 100% strat');
  await ana.sees(/Oto, co wyślemy\.[\s\S]*203\.0\.113\.7[\s\S]*wczoraj 14:30/);
  await pressesOnce(ana, 'Wyślij');
  await ana.sees('Jest oznaczone jako krytyczne');
});

test('a link opens a ticket, for the department it names; any other start says what there is', async () => {
  const ben = world.telegram.person('ben');
  const bob = world.discord.person('bob');
  await ben.starts('open_financial');
  await pressesOnce(ben, 'Regular');
  await ben.sees('Please tell us');
  await ben.says('My invoice is missing.');
  await ben.sees(/This is what we would send\.[\s\S]*Financial/);
  await pressesOnce(ben, 'Send');
  await bob.watches(
    ({ places }) => places.some(({ title, tags }) => /invoice/.test(title) && tags.includes('Financial')),
    'the ticket with its department',
  );
  await ben.starts('open_nobody');
  await pressesOnce(ben, 'Technical');
  await pressesOnce(ben, 'Cancel');
  await ben.sees('Cancelled. Nothing was sent.');
  await ben.starts('spring-sale');
  await ben.sees('/tickets');
});
