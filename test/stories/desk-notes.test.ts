import { expect, test } from 'vitest';
import {
  allQuiet,
  conversationOf,
  goesToPost,
  inWorld,
  opensByForm,
  opensInChat,
  sentTo,
  textsOf,
} from './steps.ts';

const world = inWorld();

test('a message that begins with // stays among staff: no customer’s platform ever gets it', async () => {
  const bob = world.discord.person('bob');
  const customers = [world.slack.person('ana'), world.telegram.person('ben'), world.discord.person('eve')];
  for (const customer of customers) {
    const open = customer.platform === 'telegram' ? opensInChat : opensByForm;
    const number = await open(customer, { subject: 'Help', description: 'Please help.' });
    await goesToPost(bob, number);
    await bob.says('//canary-note the customer owes us 300 euro');
    await bob.says('// \n canary-note in lines');
    await bob.says(`We are looking into #${number}.`);
    await customer.sees(`We are looking into #${number}.`);
  }
  await allQuiet(world);
  expect(sentTo(world.slack)).not.toContain('canary');
  expect(sentTo(world.telegram)).not.toContain('canary');
  expect(sentTo(world.discord)).not.toContain('canary');
  for (const customer of customers) expect(textsOf(customer).join()).not.toContain('canary');
  const notes = await world.database.sql`select from message where kind = 'note' and body like '%canary%'`;
  expect(notes).toHaveLength(6);
  const deliveries = await world.database.sql`
    select from delivery d left join message m on m.id = d.message_id where d.content::text like '%canary%' or m.kind = 'note'`;
  expect(deliveries).toHaveLength(0);
});

test('a customer who reads the ticket sees neither the notes nor who among staff wrote', async () => {
  const ana = world.slack.person('ana');
  await ana.says('/ticket show 1', 'support');
  const shown = await ana.sees(/Zgłoszenie #1: Help[\s\S]*Od nas/);
  expect(shown).not.toMatch(/canary|Bob/);
  expect(sentTo(world.slack)).not.toMatch(/Bob Mil|bob/i);
  expect(sentTo(world.telegram)).not.toMatch(/Bob Mil/);
});

test('// with nothing behind it is no reply either', async () => {
  const ben = world.slack.person('ben');
  const bob = world.discord.person('bob');
  const number = await opensByForm(ben);
  await goesToPost(bob, number);
  await bob.says('//');
  await bob.sees('There was nothing to read in that message, so it was not sent.');
  expect(conversationOf(bob, number).messages.some(one => one.reactions.length > 0)).toBe(false);
  expect(await world.database.sql`select from message where ticket_id = ${number}`).toHaveLength(1);
});
