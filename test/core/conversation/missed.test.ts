import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { KnownPlace, Sink } from '../../../src/core/index.ts';
import { type ScriptedChannel, scriptedChannel } from '../../harness/channel.ts';
import { type TestDesk, testDesk } from '../../harness/desk.ts';
import { openTicket, settleAll } from '../../harness/flow.ts';
import { eventsAt } from '../../harness/people.ts';
import { column } from '../kit.ts';

let t: TestDesk;
let chat: ScriptedChannel;
let forum: ScriptedChannel;
let looked: (sink: Sink, places: readonly KnownPlace[]) => Promise<void>;
const HOUR_MS = 3_600_000;

beforeAll(async () => {
  chat = scriptedChannel('chat');
  forum = Object.assign(scriptedChannel('forum', { desk: true }), {
    catchUp: async (sink: Sink, places: () => Promise<readonly KnownPlace[]>) => looked(sink, await places()),
  });
  t = await testDesk([chat, forum]);
});
beforeEach(() => {
  looked = async () => undefined;
});
afterAll(() => t.close());

const quiet = () => settleAll(t);

/** The places that a channel would be asked to look through. */
const placesOf = (kind: string): Promise<readonly KnownPlace[]> => t.desk.places(kind)();

test('places of tickets that are not closed are looked through, critical ones first', async () => {
  const plain = await openTicket(t, chat, forum, 'ana');
  const people = eventsAt(t.clock);
  const closed = await openTicket(t, chat, forum, 'ben');
  await t.desk.accept('forum', people.presses('bob', closed.post, `close:${closed.number}`));
  const urgent = await openTicket(t, chat, forum, 'cleo');
  await t.database.sql`update ticket set priority = 'critical' where id = ${urgent.number}`;
  t.clock.forward(1000);
  const waiting = await openTicket(t, chat, forum, 'dan');
  await t.desk.accept('forum', people.presses('bob', waiting.post, `wait:${waiting.number}`));
  await quiet();

  const desk = (await placesOf('forum')).map(({ address }) => address);
  expect(desk).toEqual([urgent.post, waiting.post, plain.post]);
  expect((await placesOf('chat')).map(({ address }) => address)).not.toContain(closed.thread);
  expect((await placesOf('forum')).every(({ role }) => role === 'desk')).toBe(true);
});

test('a place is looked through from what was known an hour ago: new words come in before the missed ones', async () => {
  const people = eventsAt(t.clock);
  const { thread } = await openTicket(t, chat, forum, 'fay');
  const place = async () => (await placesOf('chat')).find(({ address }) => address === thread);
  const opened = t.clock.now();
  await t.desk.accept('chat', people.says('fay', thread, 'just now'));
  await quiet();
  expect(await place()).toMatchObject({ lastRef: undefined });
  expect((await place())?.since.getTime()).toBeLessThanOrEqual(opened.getTime() - HOUR_MS);

  t.clock.forward(2 * HOUR_MS);
  const old = people.says('fay', thread, 'two hours ago');
  await t.desk.accept('chat', old);
  await quiet();
  t.clock.forward(2 * HOUR_MS);
  await t.desk.accept('chat', people.says('fay', thread, 'after the gap'));
  await quiet();
  expect(await place()).toMatchObject({ lastRef: old.ref, since: old.at });
});

test('what is fetched is taken once, and in order', async () => {
  const people = eventsAt(t.clock);
  const { post } = await openTicket(t, chat, forum, 'gus');
  const [first, second] = [
    people.staffSays('bob', post, 'fetched first'),
    people.staffSays('bob', post, 'fetched second'),
  ];
  await t.desk.accept('forum', first);
  looked = async sink => {
    await sink(first);
    await sink(second);
  };
  await t.desk.catchUp('forum');
  await t.desk.catchUp('forum');
  await quiet();
  const said = await column(t.database, `select body from message where body like 'fetched%' order by id`);
  expect(said).toEqual(['fetched first', 'fetched second']);
});

test('a look that fails is logged and stops nothing', async () => {
  looked = async () => {
    throw new Error('no such session');
  };
  await t.desk.catchUp('forum');
  await t.desk.catchUp('chat');
  expect(t.log.lines.filter(line => line.includes('what was missed'))).toHaveLength(1);
});
