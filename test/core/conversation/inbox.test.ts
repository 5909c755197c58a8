import { afterEach, beforeEach, expect, test } from 'vitest';
import { type ScriptedChannel, scriptedChannel } from '../../harness/channel.ts';
import { type TestDesk, testDesk } from '../../harness/desk.ts';
import { openTicket, settleAll } from '../../harness/flow.ts';
import { eventsAt } from '../../harness/people.ts';
import { column, secondDesk } from '../kit.ts';

let t: TestDesk;
let chat: ScriptedChannel;
let forum: ScriptedChannel;

beforeEach(async () => {
  chat = scriptedChannel('chat');
  forum = scriptedChannel('forum', { desk: true });
  t = await testDesk([chat, forum]);
});
afterEach(() => t.close());

/** Messages with this word cannot be kept: what poisons an event, whatever the reason. */
const poison = (word: string) =>
  t.database.sql.unsafe(`create function refuse_it() returns trigger language plpgsql as $$ begin raise exception 'no %', new.body; end $$;
    create trigger refuse_it before insert on message for each row when (new.body like '%${word}%') execute function refuse_it()`);
const cure = () => t.database.sql.unsafe('drop trigger refuse_it on message; drop function refuse_it()');
const bodies = () => column(t.database, `select body from message where place_id is not null order by id`);

test('a stored event that cannot be worked delays nobody else, is tried again, and is worked in its order once it can be (guarantee 11)', async () => {
  const people = eventsAt(t.clock);
  const ana = await openTicket(t, chat, forum, 'ana');
  const ben = await openTicket(t, chat, forum, 'ben');
  await poison('poison');
  await t.desk.accept('chat', people.says('ana', ana.thread, 'poison'));
  await t.desk.accept('chat', people.says('ana', ana.thread, 'after it'));
  await t.desk.accept('chat', people.says('ben', ben.thread, 'hello'));
  await settleAll(t);
  expect(await bodies()).toEqual(['hello']);
  await cure();
  t.clock.forward(60_000);
  await settleAll(t);
  expect(await bodies()).toEqual(['hello', 'poison', 'after it']);
});

test('one that never can be worked is set aside where the operator sees it, and the place goes on', async () => {
  const people = eventsAt(t.clock);
  const { post } = await openTicket(t, chat, forum);
  await poison('poison');
  const bad = people.staffSays('bob', post, 'poison');
  await t.desk.accept('forum', bad);
  await t.desk.accept('forum', people.staffSays('bob', post, 'after it'));
  await settleAll(t);
  await t.database.sql`update receipt set attempts = 18 where event_id = ${bad.eventId}`;
  for (let tries = 0; tries < 3; tries++) {
    t.clock.forward(60_000);
    await settleAll(t);
  }
  expect(await bodies()).toEqual(['after it']);
  const [error] = await column(
    t.database,
    `select error from receipt where event_id = '${bad.eventId}' and state = 'failed'`,
  );
  expect(error).toBe('no poison');
  expect(t.log.lines.at(-1)).toContain('set aside');
  expect(t.log.lines.join('\n'), 'no words of customers in the log').not.toContain('payload');
  await t.desk.accept('forum', bad);
  await settleAll(t);
  expect(await bodies(), 'not worked again when the platform repeats it').toEqual(['after it']);
});

test('two desks work the stored events of one place in order, each once', async () => {
  const { thread } = await openTicket(t, chat, forum);
  const other = await secondDesk(t, [chat, forum]);
  const people = eventsAt(t.clock);
  const texts = Array.from({ length: 30 }, (_, n) => `words ${n}`);
  for (const [n, text] of texts.entries())
    await (n % 2 === 0 ? t.desk : other.desk).accept('chat', people.says('ana', thread, text));
  await Promise.all([t.desk.tick(), other.desk.tick()]);
  await settleAll(t);
  await other.close();
  expect(await bodies()).toEqual(texts);
  expect(t.log.lines).toEqual([]);
});

test('what was stored before a crash is worked after it', async () => {
  const { thread } = await openTicket(t, chat, forum);
  await t.desk.stop();
  await t.desk.accept('chat', eventsAt(t.clock).says('ana', thread, 'said while it went down'));
  expect(await bodies()).toEqual([]);
  const next = await secondDesk(t, [chat, forum]);
  await next.desk.tick();
  await next.close();
  expect(await bodies()).toEqual(['said while it went down']);
});

test('words that no database takes are kept as far as they can be, and hold nobody up', async () => {
  const { thread } = await openTicket(t, chat, forum);
  const people = eventsAt(t.clock);
  await t.desk.accept('chat', people.says('ana', thread, 'nul \0 and half a pair \ud83d'));
  await t.desk.accept('chat', people.says('ana', thread, 'after it'));
  await settleAll(t);
  expect((await bodies()).map(text => text.slice(0, 5))).toEqual(['nul \ufffd', 'after']);
  expect(t.log.lines).toEqual([]);
});

test('old receipts and drafts go after a month; what was set aside stays for the operator', async () => {
  const people = eventsAt(t.clock);
  await t.desk.accept('chat', people.submits('ana', { description: '' }, { page: 'base' }));
  await t.desk.accept('chat', people.submits('ben'));
  await t.database
    .sql`insert into receipt (channel, event_id, state, run_at, received_at) values ('chat', 'bad', 'failed', now(), ${t.clock.now()})`;
  const left = async (): Promise<unknown[]> => [
    await column(t.database, 'select state from receipt order by id'),
    await column(t.database, 'select count(*)::int from draft'),
  ];
  t.clock.forward(30 * 86_400_000);
  await t.desk.tick();
  expect(await left()).toEqual([['done', 'failed'], [1]]);
  t.clock.forward(3_600_001);
  await t.desk.tick();
  expect(await left()).toEqual([['failed'], [0]]);
});
