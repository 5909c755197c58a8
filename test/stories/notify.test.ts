import { expect, test } from 'vitest';
import type { Person } from '../../src/simulator/model.ts';
import { goesToPost, inWorld, opensByForm, pressesOnce } from './steps.ts';

const world = inWorld();

/** The billing system tells of a customer, and a proof says that it is this person. */
async function isKnown(channel: string, name: string, address: string): Promise<void> {
  const ref = `${channel}-${name}`;
  const contact = {
    ref: `c-${ref}`,
    name,
    roles: ['owner' as const],
    addresses: [address],
    language: null,
    time_zone: null,
  };
  await world.desk.api.accounts.put([
    {
      ref: `A-${ref}`,
      name: 'Acme',
      tier: null,
      language: null,
      time_zone: null,
      state: 'active',
      contacts: [contact],
      services: [],
    },
  ]);
  await world.database.sql`
    insert into link (handle_id, contact_id, how, linked_at, proved_at)
    select h.id, c.id, 'client-area', ${world.now()}, ${world.now()} from handle h, contact c
    where h.channel = ${channel} and lower(h.name) like ${`${name}%`} and c.ref = ${contact.ref}`;
}

/** The code in the newest mail of a mailbox. */
async function codeOf(mailbox: string): Promise<string> {
  const person = world.mail.person(mailbox);
  const seen = await person.sees(/[\dA-Z]{4}(?:-[\dA-Z]{4}){3}/);
  return /[\dA-Z]{4}(?:-[\dA-Z]{4}){3}/.exec(seen)?.[0] ?? '';
}

const fieldsOf = (person: Person) => person.screen().modal?.fields.map(({ id }) => id);

test('in Slack Ben sends his invoices to another address: it is confirmed, comes first, and gets the next one', async () => {
  const ben = world.slack.person('ben');
  await ben.says('/ticket notify');
  await ben.sees('We do not know yet whose contact you are.');
  await ben.says('/ticket list');
  await ben.sees('You have no tickets.');
  await isKnown('slack', 'ben', 'ben@example.com');
  world.mail.addPerson({ name: 'books', address: 'books@acme.example', locale: 'en' });
  await ben.says('/ticket notify');
  await ben.sees('Invoices and orders: ben@example.com → Slack:');
  await ben.presses('Invoices and orders');
  await ben.sees('Invoices and orders go here, first choice first:');
  await ben.presses('Add a mail address');
  await ben.watches(({ modal }) => modal !== null, 'the window');
  expect(fieldsOf(ben), 'no files here').toEqual(['address']);
  await ben.fills({ address: 'books' });
  await ben.submits();
  expect(ben.screen().modal?.fields[0]?.error).toContain('This is no mail address.');
  await ben.fills({ address: 'Books@Acme.example' });
  await ben.submits();
  await ben.sees('books@acme.example (not confirmed yet)');
  await ben.presses('Enter a code');
  await ben.watches(() => fieldsOf(ben)?.includes('code') === true, 'the field for the code');
  await ben.fills({ code: await codeOf('books') });
  await ben.submits();
  await ben.sees('books@acme.example is confirmed');
  await ben.dismisses();
  await world.desk.api.notifications.post('inv-1', {
    to: { contact: 'c-slack-ben' },
    type: 'invoice',
    urgent: false,
    template: 'invoice-issued',
    variables: { invoice: 'F/7', amount: '100 EUR', due: '1 December' },
  });
  await world.mail.person('books').sees('We have issued invoice *F/7* over 100 EUR.');
  expect(JSON.stringify(world.mail.person('ben').mailbox())).not.toContain('F/7');
});

test('in Discord Ana sees it in Polish, sets her quiet hours in a window, and puts her chat first', async () => {
  const ana = world.discord.person('ana');
  await ana.says('/ticket list');
  await ana.sees('Nie masz');
  await isKnown('discord', 'ana', 'ana@example.com');
  await ana.says('/ticket notify');
  await ana.sees('Faktury i zamówienia: ana@example.com → Discord:');
  await ana.presses('Godziny ciszy, język');
  await ana.watches(() => fieldsOf(ana)?.length === 4, 'the window');
  expect(fieldsOf(ana)).toEqual(['from', 'to', 'zone', 'language']);
  await ana.fills({ from: '22:00', to: '7', zone: 'Europe/Warsaw', language: 'pl' });
  await ana.submits();
  await ana.sees('Cisza od 22:00 do 07:00 (Europe/Warsaw)');
  await ana.presses('Ogłoszenia');
  await ana.sees('Ogłoszenia – piszemy tutaj');
  await ana.presses('Najpierw: Discord');
  await ana.sees('Teraz najpierw:');
  const subject = 'Nowa serwerownia';
  await world.desk.api.notifications.post('news-1', {
    to: { contact: 'c-discord-ana' },
    type: 'announcement',
    urgent: true,
    variables: {},
    subject,
    text: 'Otwieramy ją w maju.',
  });
  await ana.sees('Otwieramy ją w maju.');
});

test('in Telegram Ben does it with buttons, and types the address and the code', async () => {
  const ben = world.telegram.person('ben');
  await ben.says('/help');
  await ben.sees('What you can do');
  await isKnown('telegram', 'ben', 'ben.t@example.com');
  world.mail.addPerson({ name: 'night', address: 'night@acme.example', locale: 'en' });
  world.pace(8);
  await ben.says('/notify');
  await ben.sees('Technical support: ben.t@example.com → Telegram:');
  await pressesOnce(ben, 'Technical support');
  await ben.sees('Technical support go here');
  await pressesOnce(ben, 'Add a mail address');
  await ben.sees('Which mail address?');
  await ben.says('night@acme.example');
  await ben.sees('We have sent a code to night@acme.example.');
  const code = await codeOf('night');
  await pressesOnce(ben, 'Enter a code');
  await ben.sees('Send the code from the mail');
  await ben.says(code);
  await ben.sees('night@acme.example is confirmed');
  await ben.says('/notify');
  await pressesOnce(ben, 'Quiet hours, language');
  await ben.sees('When shall it be quiet?');
  await ben.says('21:30-6:15');
  await ben.sees('Quiet from 21:30 to 06:15');
  world.pace(1);
});

test('a reply in Ben’s Slack ticket is copied to his first place for technical matters, and says where to answer', async () => {
  const ben = world.slack.person('ben');
  const bob = world.discord.person('bob');
  const number = await opensByForm(ben);
  await goesToPost(bob, number);
  await bob.says('We look into it.');
  await ben.sees('We look into it.');
  const copy = await world.mail.person('ben').sees('We look into it.', `[#${number}] Mail is down`);
  expect(copy).toContain(`Please answer in your conversation about ticket #${number} on Slack`);
});
