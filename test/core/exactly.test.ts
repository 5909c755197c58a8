import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Context } from '../../src/core/context.ts';
import { accept, createHolds, createInbox, type Inbox } from '../../src/core/conversation/index.ts';
import type { Inbound } from '../../src/core/index.ts';
import { scriptedChannel } from '../harness/channel.ts';
import { STAFF_ROLE, type TestDesk, testDesk } from '../harness/desk.ts';
import { eventsAt } from '../harness/people.ts';
import { audit } from './audit.ts';
import { column, contextOf } from './kit.ts';

let t: TestDesk;
let ctx: Context;
let inbox: Inbox;

// Nothing is sent here: each row keeps the transaction that wrote it, so that the auditor can see what came together.
beforeAll(async () => {
  const channels = [
    scriptedChannel('chat'),
    scriptedChannel('forum', { desk: true }),
    scriptedChannel('slack', { desk: true }),
    scriptedChannel('talk', { places: 'shared', forms: 'none' }),
  ];
  t = await testDesk([]);
  ctx = contextOf(t, channels);
});
beforeEach(() => {
  t.log.lines.length = 0;
  inbox = createInbox(ctx, createHolds());
});
afterAll(() => t.close());

async function happens(channel: string, inbound: Inbound): Promise<string> {
  const { answer, workAt } = await accept(ctx, channel, inbound);
  if (workAt !== undefined) await inbox.work(workAt);
  return answer.type === 'say' ? answer.text : answer.type;
}

interface Place {
  readonly number: number;
  readonly thread: string;
  readonly post: string;
  readonly who: string;
}

/** A new ticket whose places the platform has made. */
async function opened(who: string): Promise<Place> {
  await happens('chat', eventsAt(t.clock).submits(who));
  await t.database.sql`update place set address = role || id where address is null`;
  const [row] = await t.database.sql<Place[]>`
    select t.id as number, c.address as thread, d.address as post, h.external_id as who from ticket t
    join place c on c.id = t.place_id join place d on d.ticket_id = t.id and d.channel = 'forum' and d.role = 'desk'
    join handle h on h.id = t.handle_id order by t.id desc limit 1`;
  return row as Place;
}

/** Every table that an act may change, counted. */
const counted = async (): Promise<unknown[]> =>
  t.database.sql`select (select count(*) from ticket) as tickets, (select count(*) from message) as messages,
    (select count(*) from event) as events, (select count(*) from delivery) as deliveries, (select sum(tail) from lane) as lanes,
    (select count(*) from handle) as handles, (select count(*) from place) as places, (select count(*) from draft) as drafts,
    (select string_agg(state || coalesce(assignee_id, 0) || updated_at, ',' order by id) from ticket) as states`.values();

const acts = [
  'says',
  'replies',
  'notes',
  'claim',
  'wait',
  'solve',
  'close',
  'closes own',
  'stranger',
] as const;

function act(place: Place, what: (typeof acts)[number], n: number): Promise<string> {
  const people = eventsAt(t.clock);
  switch (what) {
    case 'says':
      return happens(
        'chat',
        people.says(place.who, place.thread, `words ${n} `.repeat(n % 7 === 0 ? 400 : 1)),
      );
    case 'replies':
      return happens(
        'forum',
        people.staffSays(`bob${n % 3}`, place.post, `reply ${n} `.repeat(n % 5 === 0 ? 400 : 1)),
      );
    case 'notes':
      return happens('forum', people.staffSays('bob', place.post, `// note ${n}`));
    case 'closes own':
      return happens('chat', people.asks(place.who, { what: 'close', number: `#${place.number}` }));
    case 'stranger':
      return happens('forum', people.presses('mallory', place.post, `close:${place.number}`, ['other']));
    default:
      return happens(
        'forum',
        people.presses(`bob${n % 3}`, place.post, `${what}:${place.number}`, [STAFF_ROLE]),
      );
  }
}

test('every change has its deliveries, its event and its receipt in one transaction, and nothing else has (guarantee 2)', async () => {
  let runs = 0;
  const step = fc.tuple(fc.nat(2), fc.constantFrom(...acts), fc.nat(50), fc.nat(20));
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 30 }), async steps => {
      const run = ++runs;
      const places = [await opened(`a${run}`), await opened(`b${run}`), await opened(`c${run}`)];
      for (const [whose, what, n, days] of steps) {
        t.clock.forward(days * 86_400_000);
        await act(places[whose] as Place, what, n);
      }
      expect(await audit(t.database, { unsent: true })).toEqual([]);
    }),
    { numRuns: 8, endOnFailure: true },
  );
  expect(t.log.lines).toEqual([]);
  expect(await column(t.database, `select 1 from receipt where state <> 'done'`)).toEqual([]);
});

test('what is refused changes nothing at all', async () => {
  const place = await opened('ana');
  await act(place, 'claim', 1);
  await act(place, 'solve', 1);
  const before = await counted();
  expect(await act(place, 'stranger', 1)).toContain('staff');
  expect(await act(place, 'wait', 1)).not.toBe('nothing');
  expect(await act(place, 'claim', 2)).toContain('bob1');
  expect(await happens('chat', eventsAt(t.clock).submits('', { description: ' ' }))).toBe('faults');
  expect(await counted()).toEqual(before);
});

test.each([
  ['delivery', 'a ticket', (p: Place) => ['chat', eventsAt(t.clock).submits(`new${p.number}`)] as const],
  ['event', 'a ticket', (p: Place) => ['chat', eventsAt(t.clock).submits(`new${p.number}`)] as const],
  [
    'delivery',
    'a press',
    (p: Place) => ['forum', eventsAt(t.clock).presses('bob', p.post, `close:${p.number}`)] as const,
  ],
  [
    'lane',
    'a press',
    (p: Place) => ['forum', eventsAt(t.clock).presses('bob', p.post, `wait:${p.number}`)] as const,
  ],
])(
  'when %s rows cannot be written, %s is not half done, and is done once when it is sent again',
  async (table, _, event) => {
    const place = await opened('ben');
    const [channel, inbound] = event(place);
    const before = await counted();
    await fails(table);
    await expect(accept(ctx, channel, inbound)).rejects.toThrow('disk full');
    expect(await counted()).toEqual(before);
    expect(await column(t.database, `select 1 from receipt where event_id = '${inbound.eventId}'`)).toEqual(
      [],
    );
    await works(table);
    expect(await happens(channel, inbound)).not.toBe('nothing');
    expect(await happens(channel, inbound)).toBe('nothing');
    expect(await audit(t.database, { unsent: true })).toEqual([]);
  },
);

test.each(['delivery', 'event', 'message', 'lane'])(
  'a stored message whose %s cannot be written waits, whole, and is worked later',
  async table => {
    const place = await opened('cleo');
    const before = await counted();
    await fails(table);
    await act(place, 'replies', 1);
    expect(await counted()).toEqual(before);
    expect(t.log.lines).toEqual([expect.stringContaining('it is tried again')]);
    await works(table);
    t.clock.forward(10_000);
    await inbox.round();
    expect(
      await column(
        t.database,
        `select body from message where ticket_id = ${place.number} and kind = 'reply'`,
      ),
    ).toEqual(['reply 1 ']);
    expect(await audit(t.database, { unsent: true })).toEqual([]);
  },
);

async function fails(table: string): Promise<void> {
  await t.database.sql.unsafe(`
    create function disk_full() returns trigger language plpgsql as $$ begin raise exception 'disk full'; end $$;
    create trigger disk_full before insert or update on ${table} for each row execute function disk_full()`);
}

async function works(table: string): Promise<void> {
  await t.database.sql.unsafe(`drop trigger disk_full on ${table}; drop function disk_full()`);
}
