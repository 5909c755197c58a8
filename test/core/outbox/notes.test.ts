import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Context, transact } from '../../../src/core/context.ts';
import { enqueue } from '../../../src/core/outbox/index.ts';
import { type ScriptedChannel, scriptedChannel } from '../../harness/channel.ts';
import { type TestDesk, testDesk } from '../../harness/desk.ts';
import { openTicket, settleAll } from '../../harness/flow.ts';
import { eventsAt } from '../../harness/people.ts';
import { column, contextOf } from '../kit.ts';

let t: TestDesk;
let chat: ScriptedChannel;
let talk: ScriptedChannel;
let forum: ScriptedChannel;
let second: ScriptedChannel;
let ctx: Context;

beforeEach(async () => {
  chat = scriptedChannel('chat');
  talk = scriptedChannel('talk', { places: 'shared', forms: 'none' });
  forum = scriptedChannel('forum', { desk: true });
  second = scriptedChannel('discord', { desk: true });
  t = await testDesk([chat, talk, forum, second]);
  ctx = contextOf(t, [chat, talk, forum, second]);
});
afterEach(() => t.close());

const heard = (...channels: ScriptedChannel[]): string =>
  JSON.stringify(channels.flatMap(channel => channel.calls));

test('notes and the names of staff never reach a customer, whatever the customer asks to see (guarantee 8)', async () => {
  const people = eventsAt(t.clock);
  const { number, thread, post } = await openTicket(t, chat, forum, 'ana');
  const notes = [
    '//SECRET one',
    '// SECRET two',
    '//\nSECRET three',
    '//',
    `// ${'SECRET four '.repeat(500)}`,
  ];
  for (const text of notes) await t.desk.accept('forum', people.staffSays('Bob-Internal', post, text));
  await t.desk.accept('forum', people.staffSays('Bob-Internal', post, 'we look into it'));
  for (const action of ['claim', 'wait', 'solve', 'close'])
    await t.desk.accept('forum', people.presses('Bob-Internal', post, `${action}:${number}`));
  await settleAll(t);
  await t.desk.accept('chat', people.says('ana', thread, 'thank you'));
  await settleAll(t);
  const answers = [
    await t.desk.accept('chat', people.asks('ana', { what: 'show', number: String(number) })),
    await t.desk.accept('chat', people.asks('ana', { what: 'list' })),
  ];
  await settleAll(t);
  const customerSaw = heard(chat) + JSON.stringify(answers);
  expect(customerSaw).toContain('we look into it');
  expect(customerSaw).not.toMatch(/SECRET|Bob-Internal/);
  expect(heard(second), 'the other desk sees the note').toContain('SECRET one');
  expect(heard(forum)).toContain('nothing to read in that message');
});

test('other customers’ words never reach a customer', async () => {
  const people = eventsAt(t.clock);
  const ana = await openTicket(t, chat, forum, 'ana');
  const ben = await openTicket(t, chat, forum, 'ben');
  await t.desk.accept('chat', people.says('ana', ana.thread, 'my PRIVATE matter'));
  await t.desk.accept('forum', people.staffSays('bob', ana.post, 'your PRIVATE matter'));
  await settleAll(t);
  const asked = [
    await t.desk.accept('chat', people.asks('ben', { what: 'show', number: String(ana.number) })),
    await t.desk.accept('chat', people.asks('ben', { what: 'close', number: `#${ana.number}` })),
    await t.desk.accept('chat', people.asks('ben', { what: 'list' })),
  ];
  await settleAll(t);
  const toBen = chat.calls.filter(call => call.to !== ana.thread && !call.text.includes(`#${ana.number}`));
  expect(JSON.stringify([toBen, asked])).not.toContain('PRIVATE');
  expect(chat.calls.some(call => call.to === ben.thread && call.text.includes('PRIVATE'))).toBe(false);
  expect(await column(t.database, `select state from ticket where id = ${ana.number}`)).toEqual(['open']);
});

test('the database refuses a note on its way to a customer, by any road', async () => {
  const people = eventsAt(t.clock);
  const { post } = await openTicket(t, chat, forum);
  await t.desk.accept('forum', people.staffSays('bob', post, '// a note'));
  await settleAll(t);
  const [at] = await t.database.sql<{ ticket: number; note: number; customer: number; desk: number }[]>`
    select t.id as ticket, m.id as note, t.place_id as customer, d.id as desk from message m join ticket t on t.id = m.ticket_id
    join place d on d.ticket_id = t.id and d.channel = 'forum' and d.role = 'desk' where m.kind = 'note'`;
  if (at === undefined) throw new Error('there is no note');
  const insert = (place: number, role: string, kind: string) => t.database.sql`
    insert into delivery (place_id, place_role, seq, rank, kind, ticket_id, message_id, message_kind, content, state, created_at)
    values (${place}, ${role}, 99, 1, 'post', ${at.ticket}, ${at.note}, ${kind}, '{"text":"x"}', 'pending', now())`;
  await expect(insert(at.customer, 'customer', 'note')).rejects.toThrow('no_note_to_customer');
  await expect(insert(at.customer, 'desk', 'note'), 'a lie about the place').rejects.toThrow('foreign key');
  await expect(insert(at.customer, 'customer', 'reply'), 'a lie about the message').rejects.toThrow(
    'foreign key',
  );
  await expect(t.database.sql`update message set kind = 'reply' where id = ${at.note}`).rejects.toThrow(
    'foreign key',
  );
  await expect(t.database.sql`update place set role = 'customer' where id = ${at.desk}`).rejects.toThrow();
  const moved = t.database.sql`update delivery set place_id = ${at.customer} where message_id = ${at.note}`;
  await expect(moved).rejects.toThrow('foreign key');
});

test('a delivery that lies about its place is refused before it is written', async () => {
  const { number, post } = await openTicket(t, chat, forum);
  const [placeId] = await column<number>(t.database, `select place_id from ticket where id = ${number}`);
  const draft = {
    placeId: placeId as number,
    role: 'desk',
    kind: 'post',
    class: 'reply',
    content: { text: 'x' },
  } as const;
  const note = { id: 1, kind: 'note' } as const;
  await expect(
    transact(ctx, { type: 'system' }, async act => enqueue(act, { ...draft, message: note })),
  ).rejects.toThrow('is no desk place');
  expect(post).toBeTruthy();
});

test('cards and marks are made for the desk only', async () => {
  const { number } = await openTicket(t, chat, forum);
  for (const kind of ['card', 'desk-post', 'react'])
    await expect(
      t.database
        .sql`insert into delivery (place_id, place_role, seq, rank, kind, ticket_id, content, state, created_at)
        select place_id, 'customer', 99, 1, ${kind}, id, '{}', 'pending', now() from ticket where id = ${number}`,
    ).rejects.toThrow('card_at_desk');
});

test('a fact is never changed', async () => {
  await openTicket(t, chat, forum);
  await expect(t.database.sql`update event set type = 'moved'`).rejects.toThrow('never changed');
  await expect(t.database.sql`delete from event`).rejects.toThrow('never changed');
});
