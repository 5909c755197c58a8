import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Context } from '../../src/core/context.ts';
import { accept, createHolds, createInbox, type Inbox } from '../../src/core/conversation/index.ts';
import type { Inbound } from '../../src/core/index.ts';
import { type ScriptedChannel, scriptedChannel } from '../harness/channel.ts';
import { type TestDesk, testDesk } from '../harness/desk.ts';
import { openTicket } from '../harness/flow.ts';
import { eventsAt } from '../harness/people.ts';
import { audit } from './audit.ts';
import { column, contextOf } from './kit.ts';

let t: TestDesk;
let ctx: Context;
let chat: ScriptedChannel;
let forum: ScriptedChannel;

beforeAll(async () => {
  chat = scriptedChannel('chat');
  forum = scriptedChannel('forum', { desk: true });
  const talk = scriptedChannel('talk', { places: 'shared', forms: 'none' });
  t = await testDesk([chat, forum, talk]);
  ctx = contextOf(t, [chat, forum, talk]);
});
afterAll(() => t.close());

type Sent = readonly [channel: string, inbound: Inbound];

/** Something of every kind that a platform may bring, by people of this run alone. */
async function story(run: number): Promise<Sent[]> {
  const people = eventsAt(t.clock);
  const { number, thread, post } = await openTicket(t, chat, forum, `ana${run}`);
  const direct = { direct: true } as const;
  return [
    ['chat', people.says(`ana${run}`, thread, `hello ${run}`)],
    ['forum', people.staffSays('bob', post, `reply ${run}`)],
    ['forum', people.staffSays('bob', post, `// note ${run}`)],
    ['forum', people.presses('bob', post, `claim:${number}`)],
    ['chat', people.submits(`eve${run}`)],
    ['chat', people.submits(`fay${run}`, {}, { page: 'base' })],
    ['talk', people.asks(`dan${run}`, { what: 'list' }, { place: `dm${run}`, ...direct })],
    ['talk', people.says(`dan${run}`, `dm${run}`, 'I need help', direct)],
  ];
}

const count = async (query: string): Promise<number> => Number((await column(t.database, query))[0]);

/** How often each event of the story had its effect. */
async function effects(run: number): Promise<number[]> {
  const messages = (text: string) => count(`select count(*) from message where body = '${text} ${run}'`);
  const tickets = (who: string) =>
    count(
      `select count(*) from ticket t join handle h on h.id = t.handle_id where h.external_id = '${who}${run}'`,
    );
  const answers = (like: string) =>
    count(`select count(*) from delivery d join place p on p.id = d.place_id
      where p.address = 'dm${run}' and d.content ->> 'text' like '%${like}%'`);
  return Promise.all([
    messages('hello'),
    messages('reply'),
    messages('note'),
    count(`select count(*) from event e join ticket t on t.id = e.ticket_id join handle h on h.id = t.handle_id
      where e.type = 'claimed' and h.external_id = 'ana${run}'`),
    tickets('eve'),
    tickets('fay'),
    answers('no tickets'),
    answers('no open ticket'),
  ]);
}

/** Brings events as a platform does that is not sure we got them: several at once, in any order, again and again. */
async function bring(sent: readonly Sent[], inbox: Inbox, atOnce: number): Promise<void> {
  for (let at = 0; at < sent.length; at += atOnce)
    await Promise.all(
      sent.slice(at, at + atOnce).map(async ([channel, inbound]) => {
        const { workAt } = await accept(ctx, channel, inbound);
        if (workAt !== undefined) void inbox.work(workAt);
      }),
    );
}

let runs = 0;

test('an event has one receipt and one effect, however often, in whatever order, with a crash between (guarantee 1)', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.shuffledSubarray([0, 1, 2, 3, 4, 5, 6, 7], { minLength: 8 }),
      fc.array(fc.nat(7), { minLength: 4, maxLength: 16 }),
      fc.integer({ min: 1, max: 12 }),
      fc.nat(20),
      async (order, again, atOnce, crash) => {
        const run = ++runs;
        const events = await story(run);
        const sent = [...order, ...again].map(index => events[index] as Sent);
        const lost = createInbox(ctx, createHolds());
        await lost.stop(); // what is stored before the crash is not worked by this one
        await bring(sent.slice(0, crash), lost, atOnce);
        const inbox = createInbox(ctx, createHolds());
        await bring(sent.slice(crash), inbox, atOnce);
        await inbox.round();
        await inbox.stop();
        expect(await effects(run)).toEqual(events.map(() => 1));
        const ids = events.map(([, { eventId }]) => `'${eventId}'`).join();
        const states = await column(t.database, `select state from receipt where event_id in (${ids})`);
        expect(states).toEqual(events.map(() => 'done'));
      },
    ),
    { numRuns: 12, endOnFailure: true },
  );
  expect(await audit(t.database)).toEqual([]);
  expect(t.log.lines).toEqual([]);
});

test('twenty copies at once have one effect, and the others wait for it', async () => {
  const { eventId, ...rest } = eventsAt(t.clock).submits('gus');
  const answers = await Promise.all(
    Array.from({ length: 20 }, () => accept(ctx, 'chat', { ...rest, eventId })),
  );
  expect(answers.filter(({ answer }) => answer.type === 'say')).toHaveLength(1);
  expect(
    await count(
      `select count(*) from ticket t join handle h on h.id = t.handle_id where h.external_id = 'gus'`,
    ),
  ).toBe(1);
});

test('the same id on another channel is another event', async () => {
  const event = { ...eventsAt(t.clock).submits('hal'), eventId: 'same' };
  await accept(ctx, 'chat', event);
  await accept(ctx, 'forum', event);
  expect(await count(`select count(*) from receipt where event_id = 'same'`)).toBe(2);
});

test('a form that was refused leaves no receipt, and can be sent again with the same id', async () => {
  const people = eventsAt(t.clock);
  const refused = people.submits('ina', { priority: 'critical' });
  expect((await accept(ctx, 'chat', refused)).answer.type).toBe('faults');
  expect(await column(t.database, `select 1 from receipt where event_id = '${refused.eventId}'`)).toEqual([]);
  const better = { ...refused, values: { ...refused.values, priority: 'regular' } };
  expect((await accept(ctx, 'chat', better)).answer).toMatchObject({ type: 'say', done: true });
  expect((await accept(ctx, 'chat', better)).answer).toEqual({ type: 'nothing' });
});

test('two events that carry the same message of the platform are one message', async () => {
  const { thread } = await openTicket(t, chat, forum, 'jan');
  const people = eventsAt(t.clock);
  const inbox = createInbox(ctx, createHolds());
  await bring(
    [
      ['chat', people.says('jan', thread, 'once only', { ref: 'r1' })],
      ['chat', people.says('jan', thread, 'once only', { ref: 'r1' })],
    ],
    inbox,
    1,
  );
  await inbox.stop();
  await inbox.round();
  const again = createInbox(ctx, createHolds());
  await again.round();
  expect(await count(`select count(*) from message where body = 'once only'`)).toBe(1);
});

test('what is said where the desk has no place is not kept', async () => {
  const event = eventsAt(t.clock).says('kim', 'a channel of others', 'secret plans');
  expect(await accept(ctx, 'chat', event)).toEqual({ answer: { type: 'nothing' }, workAt: undefined });
  expect(await column(t.database, `select 1 from receipt where event_id = '${event.eventId}'`)).toEqual([]);
});
