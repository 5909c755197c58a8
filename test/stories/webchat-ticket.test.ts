/** A chat on the website that becomes a ticket: asked for by staff or by its customer, and going on where they would rather be. */
import { expect, onTestFinished, test } from 'vitest';
import { startWorld, type World } from '../harness/world.ts';
import { goesToPost } from './steps.ts';

const SECOND = 1000;

async function world(options: Parameters<typeof startWorld>[0] = {}): Promise<World> {
  const w = await startWorld({ website: {}, ...options });
  onTestFinished(async () => {
    await w.stop();
    expect(w.log.lines.filter(line => line.startsWith('error'))).toEqual([]);
  });
  return w;
}

test('nobody is there within the promise: the visitor makes it a ticket, gives what is missing in the bubble, and is answered there', async () => {
  const w = await world();
  const ben = w.website.person('ben');
  const bob = w.discord.person('bob');
  await ben.says('Our shop is down!');
  await ben.sees('your message has reached us');
  await bob.sees('chat on the website');
  w.forward(61 * SECOND);
  await ben.sees('everybody is busy');
  await ben.presses('Make it a ticket');
  await ben.sees(/This is ticket #1 now.*one of us answers here by/s);
  await goesToPost(bob, 1);
  await bob.sees('The customer did not want to wait');
  await ben.presses('Add details');
  expect(ben.screen().modal?.title).toBe('Add details');
  await ben.fills({ Priority: 'outage' });
  expect(ben.screen().modal?.fields.map(({ id }) => id)).toEqual([
    'department',
    'priority',
    'server',
    'service',
    'began',
    'diagnostics',
  ]);
  await ben.submits();
  expect(ben.screen().modal?.fields.filter(({ error }) => error !== undefined).length).toBe(4);
  await ben.fills({
    server: '203.0.113.7',
    service: 'Shop',
    began: 'yesterday 14:30',
    diagnostics: 'ping: 100% loss',
  });
  await ben.submits();
  await ben.sees('has your details now');
  await bob.sees('203.0.113.7');
  await bob.says('The power is back.');
  await ben.sees('The power is back.');
  const [ticket] = await w.database.sql`select way, priority, facts ->> 'service' as service from ticket`;
  expect(ticket).toEqual({ way: 'ticket', priority: 'critical', service: 'Shop' });
  const promises = await w.database.sql`
    select cycle, state from promise where target = 'first-reply' order by cycle`;
  expect([...promises]).toEqual([
    { cycle: 1, state: 'missed' },
    { cycle: 2, state: 'met' },
  ]);
});

test('staff make it a ticket; the visitor leaves an address, goes away, and gets by mail what they do not see; their mail stands in the bubble', async () => {
  const w = await world();
  const ben = w.website.person('ben');
  const bob = w.discord.person('bob');
  const box = w.mail.person('ben');
  await ben.says('Can I have more memory?');
  await bob.sees('chat on the website');
  await goesToPost(bob, 1);
  await bob.says('Which server is it?');
  await ben.sees('Which server is it?');
  await bob.presses('Make it a ticket');
  await ben.sees('This is ticket #1 now');
  await ben.presses('Answer by e-mail, too');
  await ben.fills({ address: 'no address' });
  await ben.submits();
  expect(ben.screen().modal?.fields[0]?.error).toContain('ana@example.com');
  await ben.fills({ address: box.id });
  await ben.submits();
  await ben.sees('What you do not see here within two minutes');
  await bob.sees('answers that they do not see go there');
  await bob.says('Seen here.');
  await ben.sees('Seen here.');
  await ben.reads();
  const read = () => w.database.sql`select from room where seen = tail`;
  await expect.poll(async () => (await read()).count, { timeout: 20_000 }).toBe(1);
  w.forward(150 * SECOND);
  ben.leaves();
  await bob.says('Not seen here.');
  const there = () => w.database.sql`select from line where body ->> 'text' = 'Not seen here.'`;
  await expect.poll(async () => (await there()).count, { timeout: 20_000 }).toBe(1);
  expect(box.mailbox()).toEqual([]);
  w.forward(150 * SECOND);
  await box.sees('Not seen here.');
  expect(box.mailbox()).toHaveLength(1);
  expect(box.mailbox()[0]?.text).toContain('You gave us this address in the chat on our website');
  expect(box.mailbox()[0]?.text).not.toContain('bob');
  await box.repliesTo(box.mailbox()[0]?.id ?? '', 'It is the small one.');
  await bob.sees(/ben\s+It is the small one\./);
  expect(JSON.stringify(bob.screen())).not.toContain('unverified');
  await ben.returns();
  await ben.sees(/You wrote\s+It is the small one\./);
  const eve = w.mail.person('eve');
  await eve.writes({ as: box.id, subject: `Re: ${box.mailbox()[0]?.subject}`, text: 'Give it to me.' });
  await bob.sees(/#2[\s\S]*Give it to me\./);
  expect(JSON.stringify(ben.screen())).not.toContain('Give it to me.');
  for (const address of ['two@example.com', 'three@example.com', 'four@example.com']) {
    await ben.acts('by-mail:1');
    await ben.fills({ address });
    await ben.submits();
  }
  await ben.sees('We already have 3 addresses for this chat');
});

test('a customer who is signed in goes on in Telegram, where they have proved who they are; nobody else can send a ticket there', async () => {
  const w = await world();
  await w.desk.api.accounts.put([
    {
      ref: 'acme',
      name: 'Acme',
      tier: null,
      language: null,
      time_zone: null,
      state: 'active',
      contacts: [
        {
          ref: 'ana',
          name: 'Ana Nowak',
          roles: ['owner'],
          addresses: ['ana@example.com'],
          language: null,
          time_zone: null,
        },
      ],
      services: [],
    },
  ]);
  const ana = w.website.person('ana');
  const phone = w.telegram.person('ana');
  const bob = w.discord.person('bob');
  const made = await w.desk.api.makeLinkTokens('ana');
  const token = made.ok ? made.tokens.find(({ channel }) => channel === 'telegram') : undefined;
  await phone.says(
    `/start ${new URL(token !== undefined && 'url' in token ? token.url : '').searchParams.get('start')}`,
  );
  await phone.sees('Ana Nowak');
  await ana.says('Dzień dobry, mam pytanie o fakturę.');
  await ana.sees('wiadomość dotarła');
  await bob.sees('chat on the website');
  await goesToPost(bob, 1);
  await bob.sees('Acme');
  await bob.says('/desk ticket');
  await ana.sees('To jest teraz zgłoszenie #1');
  await ana.presses('Rozmawiaj w: Telegram');
  await phone.sees('Tutaj prowadzimy dalej zgłoszenie #1');
  await bob.says('The invoice is on its way.');
  await phone.sees('The invoice is on its way.');
  await phone.says('Dziękuję!');
  await bob.sees('Dziękuję!');
  // What they write in another way, where their mail server vouches for it, is shown where they are now.
  await w.mail.person('ana').writes({ subject: 'Re: [#1] faktura', text: 'Numer to 12/2026.' });
  await bob.sees('Numer to 12/2026.');
  await phone.sees(/#1 · \S+[\s\S]*Numer to 12\/2026\./);
  const eve = w.website.person('eve');
  await eve.says('Hello');
  await eve.sees('your message has reached us');
  const [handle] = await w.database.sql<{ id: number }[]>`select id from handle where channel = 'telegram'`;
  for (const action of [
    `go-on:1:${handle?.id}`,
    `go-on:2:${handle?.id}`,
    'details:1',
    'by-mail:1',
    'make-ticket:1',
  ])
    await eve.acts(action);
  expect(eve.screen().modal).toBeNull();
  const [ticket] = await w.database
    .sql`select way, handle_id = ${handle?.id ?? 0} as there from ticket where id = 1`;
  expect(ticket).toEqual({ way: 'ticket', there: true });
  const [other] = await w.database
    .sql`select way, handle_id = ${handle?.id ?? 0} as there from ticket where id = 2`;
  expect(other).toEqual({ way: 'chat', there: false });
  await w.mail.person('eve').writes({ as: 'ana@example.com', subject: 'Re: [#1] faktura', text: 'Forged.' });
  await bob.sees('Forged.');
  expect(JSON.stringify(phone.screen())).not.toContain('Forged.');
});
