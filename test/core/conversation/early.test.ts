import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Receipt } from '../../../src/core/index.ts';
import { type ScriptedChannel, scriptedChannel } from '../../harness/channel.ts';
import { type TestDesk, testDesk } from '../../harness/desk.ts';
import { settleAll } from '../../harness/flow.ts';
import { eventsAt } from '../../harness/people.ts';
import { column, held, until } from '../kit.ts';

let t: TestDesk;
let chat: ScriptedChannel;
let forum: ScriptedChannel;
let thread: ReturnType<typeof held<Receipt>>;
let post: ReturnType<typeof held<Receipt>>;

/** A ticket was asked for, and the platforms are making its places at this moment. */
beforeEach(async () => {
  thread = held();
  post = held();
  chat = scriptedChannel('chat');
  forum = scriptedChannel('forum', { desk: true });
  chat.script = call => (call.what === 'thread' ? thread.promise : { outcome: 'delivered', ref: call.id });
  forum.script = call => (call.what === 'desk-post' ? post.promise : { outcome: 'delivered', ref: call.id });
  t = await testDesk([chat, forum]);
  await t.desk.accept('chat', eventsAt(t.clock).submits('ana'));
  await until(() => chat.calls.length === 1 && forum.calls.length === 1);
});
afterEach(() => t.close());

const made = (address: string): Receipt => ({ outcome: 'delivered', address, ref: `${address}-head` });
const bodies = () => column(t.database, `select body from message where place_id is not null order by id`);
const receipts = () =>
  column(t.database, `select state from receipt where event_id <> 'x' order by id offset 1`);

test('what is said before the place is known reaches it, in order, with what comes after', async () => {
  const people = eventsAt(t.clock);
  await t.desk.accept('chat', people.says('ana', 'T1', 'one'));
  await t.desk.accept('chat', people.says('ana', 'T1', 'two'));
  expect(await bodies()).toEqual([]);
  post.release(made('P1'));
  thread.release(made('T1'));
  await until(
    async () => (await column(t.database, `select 1 from place where address is not null`)).length === 2,
  );
  await t.desk.accept('chat', people.says('ana', 'T1', 'three'));
  await settleAll(t);
  expect(await bodies()).toEqual(['one', 'two', 'three']);
  const seen = forum.calls.filter(call => call.to === 'P1' && call.what === 'deliver').map(call => call.text);
  expect(seen).toEqual(['one', 'two', 'three'].map(text => `**ana**\n\n${text}`));
});

test('a reply and a press at a desk post that is not known yet are not lost', async () => {
  const people = eventsAt(t.clock);
  const [number] = await column<number>(t.database, 'select id from ticket');
  await t.desk.accept('forum', people.staffSays('bob', 'P1', 'we are on it'));
  const pressed = await t.desk.accept('forum', people.presses('bob', 'P1', `claim:${number}`));
  expect(pressed).toMatchObject({ type: 'say', text: expect.stringContaining(`#${number}`) });
  thread.release(made('T1'));
  post.release(made('P1'));
  await settleAll(t);
  expect(await bodies()).toEqual(['we are on it']);
  expect(
    await column(t.database, 'select h.name from ticket t join handle h on h.id = t.assignee_id'),
  ).toEqual(['bob']);
  expect(chat.calls.filter(call => call.to === 'T1').map(call => call.text)).toEqual(['we are on it']);
});

test('a press by somebody who is not staff gives a post no address', async () => {
  const [number] = await column<number>(t.database, 'select id from ticket');
  await t.desk.accept('forum', eventsAt(t.clock).presses('mallory', 'somewhere else', `claim:${number}`, []));
  expect(await column(t.database, 'select 1 from place where address is not null')).toEqual([]);
  thread.release(made('T1'));
  post.release(made('P1'));
});

test('what belongs to none of our places is let go after ten minutes, its words with it, and is taken when it is fetched later', async () => {
  const said = eventsAt(t.clock).says('ana', 'elsewhere', 'private talk');
  await t.desk.accept('chat', said);
  t.clock.forward(600_000);
  await t.desk.tick();
  expect(await receipts()).toEqual(['stored']);
  t.clock.forward(1);
  await t.desk.tick();
  expect(await receipts()).toEqual([]);
  expect(await bodies()).toEqual([]);
  await t.database.sql`update place set address = 'elsewhere' where channel = 'chat' and address is null`;
  await t.desk.accept('chat', said);
  expect(await receipts()).toHaveLength(1);
  thread.release(made('T1'));
  post.release(made('P1'));
});

test('while no place is being made, what is said elsewhere is not kept', async () => {
  thread.release(made('T1'));
  post.release(made('P1'));
  await settleAll(t);
  await t.desk.accept('chat', eventsAt(t.clock).says('ana', 'elsewhere', 'private talk'));
  expect(await receipts()).toEqual([]);
});
