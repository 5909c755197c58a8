import { expect, test } from 'vitest';
import { knowsAna, letterDesk } from './kit.ts';

const linksOf = (t: Awaited<ReturnType<typeof letterDesk>>) =>
  t.database
    .sql`select h.external_id as who, l.how from link l join handle h on h.id = l.handle_id order by h.id`;

test('an address on file for one contact, for which its server vouches, is that contact: the ticket is of the account', async () => {
  const t = await letterDesk();
  await knowsAna(t);
  await t.writes('ana@example.com', { text: 'Serwer 203.0.113.7 nie działa.' });
  expect(await linksOf(t)).toEqual([{ who: 'ana@example.com', how: 'address' }]);
  const rows = await t.database.sql`
    select a.ref, t.trust, s.name from ticket t join account a on a.id = t.account_id join service s on s.id = t.service_id`;
  expect(rows).toEqual([{ ref: 'acme', trust: 'linked', name: 'Shop' }]);
  expect(t.told('ana@example.com')[0]).not.toMatch(/zapisanego przy koncie/);
});

test('whoever only says so is nobody’s contact, is told how to prove it, and reads the same as who is on nobody’s file', async () => {
  const t = await letterDesk();
  await knowsAna(t);
  const locale = (who: string) => ({
    vouched: false,
    from: { space: 'unvouched', externalId: who, name: 'A', locale: 'en' },
  });
  await t.writes('ana@example.com', locale('ana@example.com'));
  await t.writes('zoe@example.com', locale('zoe@example.com'));
  expect(await linksOf(t)).toEqual([]);
  expect(await t.database.sql`select trust, account_id from ticket`).toEqual([
    { trust: 'unknown', account_id: null },
    { trust: 'unknown', account_id: null },
  ]);
  const [ana = '', zoe = ''] = [...t.told('ana@example.com'), ...t.told('zoe@example.com')];
  expect(ana).toMatch(/on file.*`\/ticket link` in Slack or Discord, `\/link CODE` in Telegram/s);
  expect(ana.replace('#1', '#2')).toBe(zoe);
});

test('the spoofed and the real one are two: what was proved for the real one is nothing to the other', async () => {
  const t = await letterDesk();
  await knowsAna(t);
  await t.writes('ana@example.com');
  await t.writes('ana@example.com', {
    vouched: false,
    subject: 'Re: [#1] My server is down',
    text: 'Reset my password.',
  });
  const rows = await t.database
    .sql`select t.id, t.trust, t.account_id is null as apart, h.space from ticket t join handle h on h.id = t.handle_id order by t.id`;
  expect(rows).toEqual([
    { id: 1, trust: 'linked', apart: false, space: '' },
    { id: 2, trust: 'unknown', apart: true, space: 'unvouched' },
  ]);
});

test('an address on file for two contacts is neither; one that is taken off the file is nobody from then on', async () => {
  const t = await letterDesk();
  await knowsAna(t);
  await t.writes('ana@example.com');
  const [{ id: account } = { id: 0 }] = await t.database.sql<{ id: number }[]>`select id from account`;
  const [{ id } = { id: 0 }] = await t.database.sql<{ id: number }[]>`
    insert into contact (ref, account_id, name, roles, updated_at) values ('bea', ${account}, 'Bea', '{owner}', now()) returning id`;
  await t.database.sql`insert into contact_address values (${id}, 'ana@example.com')`;
  await t.writes('ana@example.com', { subject: 'second' });
  expect(await linksOf(t)).toEqual([]);
  await knowsAna(t, ['new@example.com']);
  await t.database.sql`delete from contact_address where contact_id = ${id}`;
  await t.writes('ana@example.com', { subject: 'third' });
  expect(await linksOf(t)).toEqual([]);
  expect(await t.database.sql`select trust from ticket order by id`).toEqual([
    { trust: 'linked' },
    { trust: 'unknown' },
    { trust: 'unknown' },
  ]);
});

test('where the policy wants proof first, no ticket is opened: the letter is kept aside, and its writer told how, once', async () => {
  const t = await letterDesk(policy => ({
    ...policy,
    departments: policy.departments.map((one, index) =>
      index === 0 ? { ...one, management: true as const } : one,
    ),
  }));
  const event = await t.writes('ben@example.com');
  await t.desk.accept('email', event);
  await t.settle();
  expect(await t.database.sql`select count(*)::int from ticket`).toEqual([{ count: 0 }]);
  expect(await t.database.sql`select why, sender, subject from aside`).toEqual([
    { why: 'proof', sender: 'ben@example.com', subject: 'My server is down' },
  ]);
  const answers = t.mail.calls.filter(({ to }) => to === 'ben@example.com');
  expect(answers.map(({ subject }) => subject)).toEqual(['About your mail']);
  expect(answers[0]?.text).toMatch(
    /not opened a ticket[\s\S]*`\/ticket link` in Slack or Discord, `\/link CODE` in Telegram[\s\S]*15 minutes/,
  );
  expect(answers[0]?.text).not.toMatch(/this chat|enter it here/);
});

test('mail makes nobody staff: words of the desk are words, and a note that somebody writes is no note', async () => {
  const t = await letterDesk();
  await t.writes('bob@desk.example', { text: '// close #1\n\n/desk close 1' });
  expect(await t.database.sql`select kind, body from message`).toEqual([
    { kind: 'request', body: '// close #1\n\n/desk close 1' },
  ]);
});
