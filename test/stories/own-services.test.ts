import { beforeAll, expect, test } from 'vitest';
import { createAccounts } from '../../src/core/index.ts';
import type { Person } from '../../src/simulator/model.ts';
import { facts, goesToPost, inWorld, opensByForm, pressesOnce, sentTo, textsOf } from './steps.ts';

const world = inWorld();

const service = (n: number, name: string, network: string) => ({
  ref: `s-${n}`,
  name,
  kind: 'dedicated server',
  order_number: String(1000 + n),
  networks: [`${network}/32`],
  location: 'WAW1',
  rack: null,
  state: 'active' as const,
});
const account = (ref: string, name: string, services: ReturnType<typeof service>[]) => ({
  ref,
  name,
  tier: 'business',
  language: null,
  time_zone: null,
  state: 'active' as const,
  contacts: [
    {
      ref: `c-${ref}`,
      name: `Owner of ${name}`,
      roles: ['owner' as const],
      addresses: [],
      language: null,
      time_zone: null,
    },
  ],
  services,
});

beforeAll(async () => {
  const accounts = createAccounts({ database: world.database, now: world.now });
  const many = Array.from({ length: 30 }, (_, n) => service(500 + n, `Node ${n}`, `198.51.100.${n}`));
  await accounts.put([
    account('ACME', 'Acme', [service(1, 'Shop', '203.0.113.7'), service(2, 'Mail', '203.0.113.8')]),
    account('OTHER', 'Other Ltd', [service(3, 'Secret project', '203.0.113.99')]),
    account('BIG', 'Big Corp', many),
  ]);
});

/** The person is proved to be the owner of the account. */
async function belongsTo(person: Person, channel: string, ref: string): Promise<void> {
  const { sql } = world.database;
  const rows = await sql`
    insert into link (handle_id, contact_id, how, linked_at) select h.id, c.id, 'client-area', ${world.now()}
    from handle h, contact c where h.channel = ${channel} and lower(split_part(h.name, ' ', 1)) = ${person.name} and c.ref = ${`c-${ref}`}
    on conflict (handle_id) do update set contact_id = excluded.contact_id returning handle_id`;
  expect(rows, `${person.name} has a handle on ${channel}`).toHaveLength(1);
}

/** The desk has answered, so it knows the person. */
async function hears(person: Person): Promise<void> {
  await person.watches(
    ({ places }) => places.some(({ messages }) => messages.some(({ bot }) => bot)),
    'an answer',
  );
}

async function newest() {
  const [row] = await world.database.sql`
    select t.id, t.trust, t.facts, a.ref as account, c.ref as contact, s.ref as service from ticket t
    left join account a on a.id = t.account_id left join contact c on c.id = t.contact_id left join service s on s.id = t.service_id
    order by t.id desc limit 1`;
  return row;
}

const fieldsOf = (person: Person) => person.screen().modal?.fields.map(({ id }) => id);

test('Slack: who is not linked sees no field for services; who is picks among their own, and it fills in the server', async () => {
  const ben = world.slack.person('ben');
  await ben.says('/ticket open Shop');
  await ben.sees('Open a ticket');
  expect(fieldsOf(ben)).not.toContain('about');
  await ben.dismisses();
  await belongsTo(ben, 'slack', 'ACME');

  await ben.says('/ticket open The shop is down');
  await ben.sees('Open a ticket');
  const about = ben.screen().modal?.fields.find(({ id }) => id === 'about');
  expect(about).toMatchObject({ label: 'Service', kind: 'select', value: 'none' });
  expect(about?.options.map(({ label }) => label)).toEqual(['None of these', 'Mail · #1002', 'Shop · #1001']);
  await ben.fills({ description: 'Nothing works.', priority: 'critical' });
  await ben.sees('Server IP or order number');
  await ben.fills({ about: 'Shop · #1001' });
  await ben.watches(
    ({ modal }) => !modal?.fields.some(({ id }) => id === 'server'),
    'no question for the server',
  );
  expect(fieldsOf(ben)).toEqual([
    'department',
    'priority',
    'about',
    'subject',
    'description',
    'began',
    'diagnostics',
    'files',
  ]);
  expect(ben.screen().modal?.fields.find(({ id }) => id === 'description')?.value).toBe('Nothing works.');
  const { began, diagnostics } = facts;
  await ben.fills({ began, diagnostics });
  await ben.submits();
  await ben.sees(/Ticket #1 is open/);
  expect(await newest()).toMatchObject({
    trust: 'linked',
    account: 'ACME',
    contact: 'c-ACME',
    service: 's-1',
    facts: { server: '#1001', service: 'Shop' },
  });
  const bob = world.discord.person('bob');
  await goesToPost(bob, 1);
  const card = await bob.sees('Acme (ACME), business');
  expect(card).toContain('Owner of Acme (c-ACME), owner');
  expect(card).toContain('Shop (s-1), dedicated server, #1001, WAW1');
  expect(card).not.toContain('Check the service');
});

test('Slack: back to none of these, the questions for the server are there again', async () => {
  const ben = world.slack.person('ben');
  if (ben.screen().modal !== null) await ben.dismisses();
  await ben.says('/ticket open Back and forth');
  await ben.sees('Open a ticket');
  await ben.fills({ priority: 'critical' });
  await ben.sees('Server IP or order number');
  await ben.fills({ about: 'Mail · #1002' });
  await ben.watches(
    ({ modal }) => !modal?.fields.some(({ id }) => id === 'server'),
    'no question for the server',
  );
  await ben.fills({ about: 'None of these' });
  await ben.sees('Server IP or order number');
  await ben.dismisses();
});

test('a server that somebody else has: staff are told, the customer is not', async () => {
  const ben = world.slack.person('ben');
  const number = await opensByForm(ben, {
    subject: 'Typed by hand',
    description: 'Down.',
    priority: 'regular',
  });
  expect(await newest()).toMatchObject({ id: number, service: null });
  await ben.says('/ticket open Somebody else');
  await ben.sees('Open a ticket');
  await ben.fills({ description: 'Down.', priority: 'critical' });
  await ben.sees('Server IP or order number');
  await ben.fills({ ...facts, server: '203.0.113.99' });
  await ben.submits();
  await ben.sees(new RegExp(`Ticket #${number + 1} is open`));
  expect(await newest()).toMatchObject({ account: 'ACME', service: null });
  const bob = world.discord.person('bob');
  await goesToPost(bob, number + 1);
  const card = await bob.sees('203.0.113.99 is of Secret project (s-3)');
  expect(card).toContain('Other Ltd (OTHER)');
  expect(card).toContain('not the account of who asks');
  expect(`${sentTo(world.slack)}${textsOf(ben).join('\n')}`).not.toMatch(/Secret project|Other Ltd/);
});

test('a server typed by hand that is their own is found among their services', async () => {
  const ben = world.slack.person('ben');
  if (ben.screen().modal !== null) await ben.dismisses();
  await ben.says('/ticket open Mail');
  await ben.sees('Open a ticket');
  await ben.fills({ description: 'Down.', priority: 'critical' });
  await ben.sees('Server IP or order number');
  await ben.fills({ ...facts, server: '203.0.113.8' });
  await ben.submits();
  await ben.sees(/Ticket #\d is open/);
  expect(await newest()).toMatchObject({ service: 's-2', facts: { server: '203.0.113.8' } });
  await ben.dismisses();
});

test('Discord: a select in the form, choices while the service is typed with the command, and two facts instead of four', async () => {
  const ana = world.discord.person('ana');
  await ana.says('/ticket list');
  await hears(ana);
  await belongsTo(ana, 'discord', 'ACME');
  const offered = await ana.types('/ticket open service:mail');
  expect(offered.map(({ name }) => name)).toEqual(['Mail · #1002']);
  expect(await ana.types('/ticket open service:secret')).toEqual([]);
  await ana.says('/ticket open service:mail');
  await ana.sees('Nowe zgłoszenie');
  expect(ana.screen().modal?.fields.find(({ id }) => id === 'about')?.value).toBe(String(offered[0]?.value));
  await ana.dismisses();
  await ana.says('/ticket open');
  await ana.sees('Nowe zgłoszenie');
  expect(fieldsOf(ana)).toEqual(['department', 'priority', 'about', 'description', 'files']);
  const about = ana.screen().modal?.fields.find(({ id }) => id === 'about');
  expect(about?.options.map(({ label }) => label)).toEqual(['Żadnej z nich', 'Mail · #1002', 'Shop · #1001']);
  await ana.fills({ priority: 'critical', about: 'Mail · #1002', description: 'Poczta leży.' });
  await ana.submits();
  await ana.sees('potrzebujemy jeszcze dwóch informacji');
  await ana.presses('Uzupełnij');
  await ana.watches(({ modal }) => modal !== null, 'the second page');
  expect(fieldsOf(ana)).toEqual(['began', 'diagnostics', 'files']);
  await ana.fills({ began: '00:05', diagnostics: 'ping' });
  await ana.submits();
  await ana.sees(/Jest oznaczone jako krytyczne/);
  expect(await newest()).toMatchObject({ service: 's-2', facts: { server: '#1002', service: 'Mail' } });
});

test('Telegram: a keyboard of their own services, and one of them that is typed', async () => {
  const ana = world.telegram.person('ana');
  world.pace(8);
  await ana.says('/tickets');
  await hears(ana);
  await belongsTo(ana, 'telegram', 'ACME');
  await ana.says('/ticket');
  await pressesOnce(ana, 'Techniczny');
  await pressesOnce(ana, 'całkowita awaria');
  await ana.sees('Której z Twoich usług to dotyczy?');
  await ana.says('coś dziwnego');
  await ana.sees('Nie znajdujemy tego wśród Twoich usług.');
  await pressesOnce(ana, 'Shop · #1001');
  await ana.says('Sklep leży.');
  await ana.sees('Kiedy się zaczęło?');
  await ana.says('wczoraj 14:30');
  await ana.says('ping: 100% strat');
  await ana.sees(/Oto, co wyślemy\.[\s\S]*Usługa: Shop · #1001/);
  await pressesOnce(ana, 'Wyślij');
  await ana.sees('Jest oznaczone jako krytyczne');
  expect(await newest()).toMatchObject({ service: 's-1', contact: 'c-ACME', facts: { server: '#1001' } });
});

test('Telegram: who has more than a list can hold types which it is', async () => {
  const ben = world.telegram.person('ben');
  await ben.says('/tickets');
  await hears(ben);
  await belongsTo(ben, 'telegram', 'BIG');
  await ben.says('/ticket');
  await pressesOnce(ben, 'Technical');
  await pressesOnce(ben, 'Regular');
  await ben.sees('Send its name, IP address or order number.');
  await ben.says('203.0.113.99');
  await ben.sees('We do not find this among your services.');
  await ben.says('198.51.100.17');
  await ben.says('It is slow.');
  await ben.sees(/This is what we would send\.[\s\S]*Service: Node 17/);
  await pressesOnce(ben, 'Send');
  await ben.sees(/We have your ticket/);
  expect(await newest()).toMatchObject({ service: 's-517', account: 'BIG' });
});
