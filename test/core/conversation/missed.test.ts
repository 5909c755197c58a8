import { afterAll, beforeAll, beforeEach, expect, onTestFinished, test } from 'vitest';
import type { FoundPlace } from '../../../src/core/conversation/known-places.ts';
import { knownPlaces } from '../../../src/core/conversation/known-places.ts';
import type { Inbound, KnownPlace, Sink } from '../../../src/core/index.ts';
import { type ScriptedChannel, scriptedChannel } from '../../harness/channel.ts';
import { type TestDesk, testDesk } from '../../harness/desk.ts';
import { openTicket, settleAll } from '../../harness/flow.ts';
import { eventsAt } from '../../harness/people.ts';
import { column, contextOf, held, secondDesk } from '../kit.ts';

let t: TestDesk;
let chat: ScriptedChannel;
let forum: ScriptedChannel;
let looked: (sink: Sink, place: KnownPlace) => Promise<string | undefined>;
const HOUR_MS = 3_600_000;

beforeAll(async () => {
  chat = scriptedChannel('chat');
  forum = Object.assign(scriptedChannel('forum', { desk: true }), {
    catchUp: (sink: Sink, place: KnownPlace) => looked(sink, place),
  });
  t = await testDesk([chat, forum]);
});
beforeEach(() => {
  looked = async () => undefined;
  t.log.lines.length = 0;
});
afterAll(() => t.close());

const quiet = () => settleAll(t);

/** The places that a channel would be asked to look through. */
const placesOf = (kind: string): Promise<readonly FoundPlace[]> =>
  knownPlaces(contextOf(t, [chat, forum]), kind);

test('places of tickets that are not closed are looked through, critical ones first; those closed within a day come last', async () => {
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

  const addresses = async (kind: string) => (await placesOf(kind)).map(({ address }) => address);
  expect(await addresses('forum')).toEqual([urgent.post, waiting.post, plain.post, closed.post]);
  expect((await addresses('chat')).at(-1)).toBe(closed.thread);
  expect((await placesOf('forum')).every(({ role }) => role === 'desk')).toBe(true);
  t.clock.forward(24 * HOUR_MS);
  expect(await addresses('forum')).toEqual([urgent.post, waiting.post, plain.post]);
  expect(await addresses('chat')).not.toContain(closed.thread);
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

/** Hands in what was missed in one place; of the others there is nothing. */
const missing =
  (post: string, ...said: readonly Inbound[]) =>
  async (sink: Sink, place: KnownPlace): Promise<undefined> => {
    if (place.address === post) for (const one of said) await sink(one);
  };
const bodies = (like: string) =>
  column(t.database, `select body from message where body like '${like}%' order by id`);

test('what is fetched is taken once, and in order', async () => {
  const people = eventsAt(t.clock);
  const { post } = await openTicket(t, chat, forum, 'gus');
  const [first, second] = [
    people.staffSays('bob', post, 'fetched first'),
    people.staffSays('bob', post, 'fetched second'),
  ];
  await t.desk.accept('forum', first);
  looked = missing(post, first, second);
  await t.desk.catchUp('forum');
  await t.desk.catchUp('forum');
  await quiet();
  expect(await bodies('fetched')).toEqual(['fetched first', 'fetched second']);
});

test('what a customer writes in a ticket that was just closed, while nobody listens, opens it again', async () => {
  const { thread, post, number } = await openTicket(t, chat, forum, 'gil');
  const people = eventsAt(t.clock);
  await t.desk.accept('forum', people.presses('bob', post, `close:${number}`));
  await quiet();
  Object.assign(chat, { catchUp: missing(thread, people.says('gil', thread, 'missed: it broke again')) });
  onTestFinished(() => void Object.assign(chat, { catchUp: undefined }));
  await t.desk.catchUp('chat');
  await quiet();
  expect(await bodies('missed')).toEqual(['missed: it broke again']);
  const [ticket] = await t.database.sql`select state from ticket where id = ${number}`;
  expect(ticket).toEqual({ state: 'open' });
});

test('what is said after a gap waits until what was said in it is here, and stands after it', async () => {
  const { post } = await openTicket(t, chat, forum, 'hal');
  const people = eventsAt(t.clock);
  const inTheGap = ['gap one', 'gap two'].map(text => people.staffSays('bob', post, text));
  t.clock.forward(1000);
  const connected = held<void>();
  const looking = held<void>();
  looked = async (sink, place) => {
    if (place.address === post) await looking.promise;
    return missing(post, ...inTheGap)(sink, place);
  };
  const over = t.desk.catchUp('forum', connected.promise);
  await t.desk.accept('forum', eventsAt(t.clock).staffSays('bob', post, 'gap over'));
  await t.desk.tick();
  expect(await bodies('gap')).toEqual([]);
  connected.release();
  await t.desk.tick();
  expect(await bodies('gap')).toEqual([]);
  looking.release();
  await over;
  await quiet();
  expect(await bodies('gap')).toEqual(['gap one', 'gap two', 'gap over']);
});

test('a desk that dies while it looks back holds what came in when it starts again', async () => {
  const { post } = await openTicket(t, chat, forum, 'ivy');
  const missed = eventsAt(t.clock).staffSays('bob', post, 'crash first');
  t.clock.forward(1000);
  const second = await secondDesk(t, [chat, forum]);
  void second.desk.catchUp('forum', new Promise(() => undefined));
  await second.desk.accept('forum', eventsAt(t.clock).staffSays('bob', post, 'crash second'));
  await second.close();
  looked = missing(post, missed);
  const over = t.desk.catchUp('forum');
  await t.desk.tick();
  await over;
  await quiet();
  expect(await bodies('crash')).toEqual(['crash first', 'crash second']);
});

test('places in which somebody waits are looked through first, and the others go on', async () => {
  const { post: first } = await openTicket(t, chat, forum, 'jan');
  const { post: last } = await openTicket(t, chat, forum, 'kim');
  const order = (await placesOf('forum')).map(({ address }) => address);
  const waitsIn = order.indexOf(first) > order.indexOf(last) ? first : last;
  const seen: string[] = [];
  const begun = held<void>();
  const goOn = held<void>();
  looked = async (_sink, { address }) => {
    seen.push(address);
    begun.release();
    if (seen.length === 1) await goOn.promise;
    return undefined;
  };
  const over = t.desk.catchUp('forum');
  await begun.promise;
  await t.desk.accept('forum', eventsAt(t.clock).staffSays('bob', waitsIn, 'who waits'));
  await t.desk.tick();
  await expect.poll(() => bodies('who waits')).toEqual([]);
  goOn.release();
  await over;
  expect(seen[1]).toBe(waitsIn);
  await quiet();
  expect(await bodies('who waits')).toEqual(['who waits']);
});

test('what could not be looked through is looked through again, and holds up no other place', async () => {
  const { post: bad } = await openTicket(t, chat, forum, 'lou');
  const { post: good } = await openTicket(t, chat, forum, 'moe');
  const people = eventsAt(t.clock);
  const missed = [people.staffSays('bob', bad, 'again one'), people.staffSays('bob', good, 'again two')];
  let failures = 2;
  looked = async (sink, place) => {
    if (place.address === bad && failures-- > 0) throw new Error('the database is away');
    for (const one of missed) if (one.place === place.address) await sink(one);
    return undefined;
  };
  await t.desk.catchUp('forum');
  await quiet();
  expect((await bodies('again')).toSorted()).toEqual(['again one', 'again two']);
});

test('a place that was made by an attempt whose end nobody saw holds what is said there until it was looked through', async () => {
  await openTicket(t, chat, forum, 'ned');
  const { post } = await openTicket(t, chat, forum, 'pam');
  const people = eventsAt(t.clock);
  const missed = people.staffSays('bob', post, 'found one');
  t.clock.forward(1000);
  // As after a crash in the middle of making the post.
  await t.database.sql`
    update place set address = null where address = ${post}`;
  await t.database.sql`
    update delivery set state = 'sending' where kind = 'desk-post' and place_id = (select max(id) from place where role = 'desk')`;
  await t.database.sql`
    update lane set backlog = 1, opens = true, leased_until = ${t.clock.now()} where place_id = (select max(id) from place where role = 'desk')`;
  const looking = held<void>();
  let asked: string[] = [];
  Object.assign(forum, { find: async () => ({ outcome: 'delivered', address: post, ref: post }) });
  looked = async (sink, place) => {
    asked = [...asked, place.address];
    await looking.promise;
    return missing(post, missed)(sink, place);
  };
  await t.desk.tick();
  await t.desk.accept('forum', eventsAt(t.clock).staffSays('bob', post, 'found two'));
  await expect.poll(() => asked, { timeout: 15_000 }).toEqual([post]);
  await t.desk.tick();
  expect(await bodies('found')).toEqual([]);
  looking.release();
  const worked = async (): Promise<string[]> => {
    await t.desk.tick();
    return bodies('found');
  };
  await expect.poll(worked, { timeout: 15_000 }).toEqual(['found one', 'found two']);
});

test('what cannot be read at all is told once for each reason, and holds up nothing', async () => {
  looked = async () => 'not allowed';
  await t.desk.catchUp('forum');
  await t.desk.catchUp('chat');
  const lines = t.log.lines.filter(line => line.includes('cannot be read'));
  expect(lines).toEqual([expect.stringContaining('"why":"not allowed"')]);
});
