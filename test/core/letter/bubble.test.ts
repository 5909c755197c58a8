/** Letters about tickets that have their place elsewhere: where they stand, and whose words they are. */
import { expect, test } from 'vitest';
import { scriptedChannel } from '../../harness/channel.ts';
import { eventsAt } from '../../harness/people.ts';
import { freeWhile } from '../kit.ts';
import { knowsAna, letterDesk } from './kit.ts';

test('who named a mailbox for a ticket that is elsewhere is the one who asked; somebody else who was sent that mail is not', async () => {
  const t = await letterDesk();
  await t.writes('ben@example.com');
  await t.database.sql`
    with who as (insert into handle (channel, space, external_id, name, seen_at) values ('forum', '', 'ben', 'Ben', now()) returning id),
      there as (insert into place (channel, role, address, handle_id) select 'forum', 'customer', 'room', id from who returning id, handle_id)
    update ticket set handle_id = there.handle_id, place_id = there.id from there`;
  const [own] = await t.sent(1);
  await t.writes('ben@example.com', { answers: [own as never], text: 'From my mailbox.' });
  await t.writes('ben@example.com', { subject: 'Re: [#1] x', text: 'By its number.' });
  await t.writes('eve@example.com', { answers: [own as never], text: 'Passed on to me.' });
  const rows = await t.database.sql`
    select m.body, p.channel, p.ticket_id as ticket from message m join place p on p.id = m.place_id where m.id > 1 order by m.id`;
  expect(rows).toEqual([
    { body: 'From my mailbox.', channel: 'email', ticket: 1 },
    { body: 'By its number.', channel: 'email', ticket: 1 },
    { body: 'Passed on to me.', channel: 'email', ticket: 1 },
  ]);
  expect(t.seen().filter(text => /unverified|also sees/.test(text))).toEqual([
    expect.stringContaining('Passed on to me.'),
  ]);
});

test('what the customer writes by mail stands in the bubble as theirs; what somebody writes who was sent that mail does not', async () => {
  const web = scriptedChannel('web', { places: 'shared', way: 'chat' });
  const t = await letterDesk(policy => policy, [web]);
  await t.desk.accept('web', eventsAt(t.clock).says('ben', 'room-ben', 'Hello', { direct: true }));
  await t.settle();
  const [own] = await t.database.sql`
    with who as (insert into handle (channel, space, external_id, name, seen_at) values ('email', '', 'ben@example.com', '', now()) returning id),
      box as (insert into place (channel, role, address, handle_id, ticket_id) select 'email', 'customer', 'ben@example.com', id, 1 from who returning id)
    insert into delivery (place_id, place_role, seq, rank, kind, ticket_id, content, state, created_at)
    select id, 'customer', 1, 0, 'post', 1, '{"text": "x"}', 'sent', date_trunc('second', now()) from box returning id::text as delivery, created_at as at`;
  const answers = [own as never];
  await t.writes('ben@example.com', { answers, text: 'It is me.' });
  await t.writes('eve@example.com', { answers, text: 'It is Eve.' });
  await t.writes('ben@example.com', { answers, vouched: false, text: 'It says that it is Ben.' });
  const shown = web.calls.map(({ text }) => text).filter(text => text.includes('It '));
  expect(shown).toEqual([expect.stringMatching(/You wrote[\s\S]*It is me\./)]);
  expect(t.seen().filter(text => text.includes('unverified'))).toHaveLength(2);
});

test('of an address that somebody typed in the bubble staff read that nobody has proved it, unless it is on file for who they are', async () => {
  const web = scriptedChannel('web', { places: 'shared', way: 'chat' });
  const t = await letterDesk(policy => policy, [web]);
  await knowsAna(t);
  const people = eventsAt(t.clock);
  for (const who of ['eve', 'ana'])
    await t.desk.accept('web', people.says(who, `room-${who}`, 'Hello', { direct: true }));
  await t.settle();
  await t.database.sql`
    insert into link (handle_id, contact_id, how, linked_at) select h.id, c.id, 'client-area', now()
    from handle h, contact c where h.external_id = 'ana' and c.ref = 'ana'`;
  const types = async (who: string, draft: string, address: string) => {
    const sent = { ...people.submits(who, { address }), page: 'by-mail', draft } as const;
    expect(await t.desk.accept('web', sent)).toMatchObject({ text: expect.stringContaining(address) });
    await t.settle();
    return t.seen().findLast(text => text.includes('gave an address'));
  };
  expect(await types('eve', '1', 'ana@example.com')).toMatch(/Nobody has proved that it is theirs/);
  expect(await types('ana', '2', 'other@example.com')).toMatch(/Nobody has proved that it is theirs/);
  expect(await types('ana', '2', 'ana@example.com')).not.toMatch(/proved/);
});

test('a letter waits for its place before it has the ticket', async () => {
  const t = await letterDesk();
  await t.writes('ben@example.com');
  const [own] = await t.sent(1);
  const [place] = await t.database.sql<{ id: number }[]>`
    update place set gone = 'gone' where ticket_id = 1 and role = 'customer' returning id`;
  const writes = () => t.writes('ben@example.com', { answers: [own as never], text: 'I am back.' });
  expect(await freeWhile(t.database, { place: place?.id ?? 0, ticket: 1 }, writes)).toBe(true);
  expect(await t.database.sql`select gone from place where role = 'customer'`).toEqual([{ gone: null }]);
});
