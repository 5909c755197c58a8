import { expect, test } from 'vitest';
import { knowsAna, letterDesk } from './kit.ts';

test('a letter opens one ticket, however often it comes: with the words of whoever wrote it, and the promise of mail', async () => {
  const t = await letterDesk();
  const event = await t.writes('ben@example.com', {
    subject: 'Re: Invoice',
    text: 'Where is it?',
    to: ['support@desk.example'],
  });
  await t.desk.accept('email', event);
  await t.desk.accept('email', { ...event, at: new Date() });
  await t.settle();
  const rows = await t.database.sql`
    select t.id, t.subject, t.department, t.priority, t.trust, m.body, m.ref, h.external_id as "who", h.space from ticket t
    join message m on m.ticket_id = t.id join handle h on h.id = t.handle_id`;
  expect(rows).toEqual([
    {
      id: 1,
      subject: 'Invoice',
      department: 'technical',
      priority: 'regular',
      trust: 'unknown',
      body: 'Where is it?',
      ref: event.ref,
      who: 'ben@example.com',
      space: '',
    },
  ]);
  expect(t.told('ben@example.com')).toHaveLength(1);
  // 13:30 in UTC, and 15 minutes: the promise of mail.
  expect(t.told('ben@example.com')[0]).toMatch(/\*\*#1\*\*.*Invoice[\s\S]*14:45/);
  expect(t.mail.calls[0]).toMatchObject({ subject: '[#1] Invoice', replyTo: event.ref });
  expect(t.seen().filter(text => text.startsWith('#1 Invoice\nWhere is it?'))).toHaveLength(1);
  const due = await t.database
    .sql`select extract(epoch from due_at - started_at)::int as s from promise where target = 'first-reply'`;
  expect(due).toEqual([{ s: 1800 }]);
});

test('two at once are one ticket', async () => {
  const t = await letterDesk();
  const event = await t.writes('ben@example.com', { automatic: 'own' });
  const again = { ...event, eventId: 'again', automatic: undefined } as never;
  await Promise.all([1, 2, 3, 4].map(() => t.desk.accept('email', again)));
  await t.settle();
  expect(await t.database.sql`select id from ticket`).toHaveLength(1);
});

test('what is missing is asked for in the one mail, and the answer fills the ticket', async () => {
  const t = await letterDesk();
  await knowsAna(t);
  await t.writes('ana@example.com', { text: 'Help!' });
  const [asked] = t.told('ana@example.com');
  expect(asked).toContain('IP serwera lub numer zamówienia');
  expect(asked).toContain('Nazwa usługi');
  expect(asked).not.toContain('zapisanego przy koncie');
  const [own] = await t.sent(1);
  await t.writes('ana@example.com', {
    subject: 'Re: [#1] My server is down',
    answers: [own as never],
    text: 'Order number: 123456\\\nUsługa: Shop\n\nthanks',
  });
  expect(
    await t.database
      .sql`select facts, wants, s.name from ticket t left join service s on s.id = t.service_id`,
  ).toEqual([{ facts: { server: '#123456', service: 'Shop' }, wants: [], name: 'Shop' }]);
  expect(await t.database.sql`select type from event order by id`).toEqual([
    { type: 'opened' },
    { type: 'customer-wrote' },
    { type: 'details-added' },
  ]);
});

test('who names a server is asked for nothing; a letter without words is asked for some', async () => {
  const t = await letterDesk();
  await t.writes('ben@example.com', { text: '203.0.113.9 is down.' });
  await t.writes('eve@example.com', { text: '', subject: '' });
  expect(t.told('ben@example.com')[0]).not.toMatch(/Just answer this mail with/);
  expect(t.told('eve@example.com')[0]).toMatch(/Description/);
  expect(await t.database.sql`select subject, facts from ticket order by id`).toEqual([
    { subject: 'My server is down', facts: { server: '203.0.113.9' } },
    { subject: '(no subject)', facts: {} },
  ]);
});

test('the department is that of the address, else of the words of the policy, else the default', async () => {
  const t = await letterDesk(policy => ({
    ...policy,
    mail: {
      ...policy.mail,
      addresses: { 'billing@desk.example': 'financial' },
      guess: { financial: ['invoice'] },
    },
  }));
  await t.writes('a@example.com', { to: ['x@example.com', 'Billing+d1@desk.example'], subject: 'Hello' });
  await t.writes('b@example.com', { subject: 'My Invoice of May' });
  await t.writes('c@example.com', { subject: 'Invoices' });
  expect(await t.database.sql`select department from ticket order by id`).toEqual([
    { department: 'financial' },
    { department: 'financial' },
    { department: 'technical' },
  ]);
});

test('what cannot be read is shown to staff, with the mail itself as its file', async () => {
  const t = await letterDesk();
  await t.writes('ben@example.com', {
    vouched: false,
    text: '',
    unreadable: true,
    files: [{ source: 'abc/raw', name: 'mail.eml.gz' }],
  });
  expect(t.seen()[0]).toContain('could not be read');
  expect(await t.database.sql`select name from file`).toEqual([{ name: 'mail.eml.gz' }]);
});

test('a letter from nobody is a ticket all the same, and staff see that nobody can be reached', async () => {
  const t = await letterDesk();
  t.mail.script = () => ({ outcome: 'refused', code: 'invalid', why: 'no address' });
  await t.writes('nobody', { vouched: false });
  expect(t.seen().join('\n')).toMatch(/#1 My server is down[\s\S]*did not get/i);
});
