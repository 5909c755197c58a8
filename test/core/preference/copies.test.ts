import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Receipt } from '../../../src/core/index.ts';
import { openTicket } from '../../harness/flow.ts';
import { eventsAt } from '../../harness/people.ts';
import { column } from '../kit.ts';
import { bringAccount, linkTo, mails, settled, startTold, type Told } from './kit.ts';

let told: Told;

beforeEach(async () => {
  told = await startTold();
});
afterEach(() => told.t.close());

const gone: Receipt = { outcome: 'refused', code: 'gone', why: 'no such user' };
const says = async (post: string, text: string): Promise<void> => {
  await told.t.desk.accept('forum', eventsAt(told.t.clock).staffSays('Bob-Internal', post, text));
  await settled(told.t);
};

test('a reply goes to the conversation, and as a copy to the contact’s own place for its kind; a note and a name never do (guarantee 8)', async () => {
  await bringAccount(told.t);
  await linkTo(told.t, 'chat', 'ana');
  const { number, thread, post } = await openTicket(told.t, told.chat, told.forum);
  await says(post, 'we look into it');
  await says(post, '// SECRET');
  await says(post, 'it works again');
  expect(told.chat.calls.filter(call => call.to === thread).map(call => call.text)).toContain(
    'it works again',
  );
  const sent = told.mail.calls;
  expect(sent.map(call => [call.what, call.subject])).toEqual([
    ['thread', `[#${number}] ana needs help`],
    ['deliver', `[#${number}] ana needs help`],
  ]);
  expect(sent[0]?.text).toContain('we look into it');
  expect(sent[0]?.text).toContain('This is a copy');
  expect(sent[1]?.to, 'one conversation by mail for the ticket').toBe('email-thread-1');
  expect(JSON.stringify([sent, told.chat.calls])).not.toMatch(/SECRET|Bob-Internal/);
});

test('no copy goes where the conversation is, nor to anybody while nobody is linked', async () => {
  await bringAccount(told.t);
  const stranger = await openTicket(told.t, told.chat, told.forum, 'ben');
  await says(stranger.post, 'hello Ben');
  const ana = await linkTo(told.t, 'chat', 'ana');
  await told.t.desk.api.preferences.put('c-1', {
    types: { technical: { destinations: [{ identity: ana }] } },
  });
  const { post } = await openTicket(told.t, told.chat, told.forum);
  await says(post, 'hello Ana');
  told.t.clock.forward(5_000);
  await settled(told.t);
  expect(told.mail.calls).toEqual([]);
  expect(await column(told.t.database, 'select why from dispatch')).toEqual(['in-conversation']);
});

test('a department’s kind says which places: a financial ticket goes where invoices go', async () => {
  await bringAccount(told.t);
  await linkTo(told.t, 'chat', 'ana');
  const phone = await linkTo(told.t, 'talk', 'ana-phone');
  await told.t.desk.api.preferences.put('c-1', {
    types: { invoices: { destinations: [{ identity: phone }] } },
  });
  await told.t.desk.accept('chat', eventsAt(told.t.clock).submits('ana', { department: 'financial' }));
  await settled(told.t);
  const [post = ''] = await column(
    told.t.database,
    `select address from place where role = 'desk' and ticket_id is not null`,
  );
  await says(post, 'here is your invoice');
  expect(told.mail.calls).toEqual([]);
  expect(told.talk.calls).toHaveLength(1);
  expect(told.talk.calls[0]).toMatchObject({ to: 'talk-chat-ana-phone' });
  expect(told.talk.calls[0]?.text).toMatch(
    /^\*\*#1\*\* · ana needs help\n\nhere is your invoice\n\n.*`\/reply 1`/,
  );
});

test('when the first place fails for good the next one gets it; when all fail staff see it on the card', async () => {
  await bringAccount(told.t);
  await linkTo(told.t, 'chat', 'ana');
  await linkTo(told.t, 'talk', 'ana-phone');
  await told.t.desk.api.preferences.put('c-1', {
    types: {
      technical: {
        destinations: [{ mail: 'ana@acme.example' }, { identity: await linkTo(told.t, 'talk', 'ana-phone') }],
      },
    },
  });
  const { post } = await openTicket(told.t, told.chat, told.forum);
  told.mail.script = () => gone;
  await says(post, 'first');
  expect(told.talk.calls.map(call => call.text)).toEqual([expect.stringContaining('first')]);
  expect(heardAtDesk(), 'it arrived elsewhere').not.toContain('could be delivered nowhere');
  told.talk.script = () => ({ outcome: 'refused', code: 'blocked', why: 'blocked' });
  await says(post, 'second');
  told.t.clock.forward(5_000);
  await settled(told.t);
  expect(heardAtDesk()).toContain('could be delivered nowhere');
  expect(
    told.forum.calls.some(call => call.what === 'react' && call.text === 'failed'),
    'the reply itself has arrived',
  ).toBe(false);
});

const heardAtDesk = (): string => JSON.stringify(told.forum.calls);

test('when the conversation itself fails, the copy takes its place', async () => {
  await bringAccount(told.t);
  const ana = await linkTo(told.t, 'chat', 'ana');
  await told.t.desk.api.preferences.put('c-1', {
    types: { technical: { destinations: [{ identity: ana }, { mail: 'ana@acme.example' }] } },
  });
  const { post } = await openTicket(told.t, told.chat, told.forum);
  told.chat.script = call =>
    call.what === 'deliver'
      ? { outcome: 'refused', code: 'blocked', why: 'blocked' }
      : { outcome: 'delivered', ref: 'm' };
  await says(post, 'are you there?');
  told.t.clock.forward(5_000);
  await settled(told.t);
  expect(mails(told.mail)).toEqual([expect.stringContaining('are you there?')]);
});

test('a reply that is taken back in time is copied nowhere; one that became a note neither', async () => {
  await told.t.close();
  told = await startTold();
  await bringAccount(told.t);
  await linkTo(told.t, 'chat', 'ana');
  const { post } = await openTicket(told.t, told.chat, told.forum);
  await told.t.desk.api.preferences.put('c-1', { quiet_hours: { from: 14 * 60, to: 15 * 60 } });
  const people = eventsAt(told.t.clock);
  const said = people.staffSays('bob', post, 'SECRET one');
  await told.t.desk.accept('forum', said);
  const other = people.staffSays('bob', post, 'SECRET two');
  await told.t.desk.accept('forum', other);
  await settled(told.t);
  await told.t.desk.accept('forum', people.deletes(post, said.ref));
  await told.t.desk.accept('forum', people.edits('bob', post, other.ref, '// SECRET two', 2));
  told.t.clock.forward(3_600_000);
  await settled(told.t);
  expect(told.mail.calls).toEqual([]);
  expect(await column(told.t.database, 'select distinct why from dispatch')).toEqual(['taken-back']);
});

test('the database refuses to copy a note, by any road', async () => {
  await bringAccount(told.t);
  await linkTo(told.t, 'chat', 'ana');
  const { number, post } = await openTicket(told.t, told.chat, told.forum);
  await says(post, '// a note');
  const insert = (kind: string) => told.t.database.sql`
    insert into dispatch (contact_id, type, urgent, ticket_id, message_id, message_kind, content, state, due_at, created_at)
    select c.id, 'technical', false, ${number}, m.id, ${kind}, '{"copy":true}', 'planned', now(), now()
    from contact c, message m where m.kind = 'note'`;
  await expect(insert('note')).rejects.toThrow('no_copy_of_note');
  await expect(insert('reply'), 'a lie about the message').rejects.toThrow('foreign key');
});
