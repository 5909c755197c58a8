import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Act, type Context, transact } from '../../../src/core/context.ts';
import { keepClock } from '../../../src/core/promise/index.ts';
import { countCycles, rowOf } from '../../../src/core/promise/keep.ts';
import { stepsOf } from '../../../src/core/sla/index.ts';
import {
  escalate,
  lockTicket,
  move,
  prioritise,
  reply,
  transfer,
  write,
} from '../../../src/core/ticket/index.ts';
import { type ScriptedChannel, scriptedChannel } from '../../harness/channel.ts';
import { type TestDesk, testDesk } from '../../harness/desk.ts';
import { openTicket, settleAll } from '../../harness/flow.ts';
import { eventsAt } from '../../harness/people.ts';
import { chance, column, contextOf, secondDesk } from '../kit.ts';

let t: TestDesk;
let chat: ScriptedChannel;
let forum: ScriptedChannel;
let ctx: Context;

beforeEach(async () => {
  chat = scriptedChannel('chat');
  forum = scriptedChannel('forum', { desk: true });
  t = await testDesk([chat, forum]);
  ctx = contextOf(t, [chat, forum]);
});
afterEach(() => t.close());

const MINUTE = 60_000;
const posts = (): string[] => forum.calls.map(call => call.text);
const events = (type: string): Promise<unknown[]> =>
  column(t.database, `select data from event where type = '${type}' order by id`);

/** Does something to the ticket as the desk itself. */
function asDesk<T>(work: (act: Act) => Promise<T>): Promise<T> {
  return transact(ctx, { type: 'system' }, work);
}

/** The table as it is, in the words of the pure function. */
async function table(number: number): Promise<unknown[]> {
  const rows = await t.database.sql<Record<string, unknown>[]>`
    select target, cycle, started_at as started, due_at as due, state, ended_at as ended, missed_at as missed, paused, terms
    from promise where ticket_id = ${number} order by target, cycle`;
  return rows.map(row => JSON.parse(JSON.stringify(row)));
}

async function counted(number: number): Promise<{ rows: unknown[]; steps: unknown[] }> {
  return asDesk(async act => {
    const { cycles, termsBy } = await countCycles(act, number);
    const name = (one: { target: string; cycle: number }): string => `${one.target}/${one.cycle}`;
    return {
      rows: cycles.map(rowOf).toSorted((a, b) => (name(a as never) < name(b as never) ? -1 : 1)),
      steps: cycles
        .flatMap(one => stepsOf(one, termsBy(one.terms)))
        .filter(one => one.dueAt > t.clock.now().getTime())
        .map(one => [`promise:${one.target}`, one.cycle, one.step, new Date(one.dueAt)])
        .toSorted(),
    };
  });
}

const waiting = async (number: number): Promise<unknown[]> =>
  (
    await t.database.sql<{ target: string; cycle: number; step: string; dueAt: Date }[]>`
      select target, cycle, step, due_at as "dueAt" from timer where ticket_id = ${number} and target like 'promise:%' and state = 'pending' and due_at > ${t.clock.now()}`
  )
    .map(one => [one.target, one.cycle, one.step, one.dueAt])
    .toSorted();

test('a ticket is opened with its promises and their timers; the acknowledgement tells what the policy says', async () => {
  const { number } = await openTicket(t, chat, forum);
  expect(chat.calls[0]?.text).toMatch(/replies here by \*\*14:40/);
  const { rows, steps } = await counted(number);
  const others = (await waiting(number)).filter(one => (one as string[])[0] !== 'promise:acknowledgement');
  expect(others, 'that the acknowledgement has come is looked at when it is due').toEqual(steps);
  const running = (one: unknown): unknown => ({ ...(one as object), state: 'running', ended: null });
  expect((await table(number)).map(running), 'but that the acknowledgement has come').toEqual(
    rows.map(running),
  );
});

test('a first reply that does not come: staff are warned, then told; the reply that comes later says nothing more', async () => {
  const { post } = await openTicket(t, chat, forum);
  t.clock.forward(7.5 * MINUTE);
  await settleAll(t);
  expect(posts().filter(text => text.startsWith('⏳ First reply due: 14:40'))).toHaveLength(1);
  t.clock.forward(2.5 * MINUTE);
  await settleAll(t);
  expect(posts().filter(text => text.startsWith('🔴 Late. First reply due: 14:40'))).toHaveLength(1);
  expect(await events('promise-missed')).toMatchObject([{ target: 'first-reply', cycle: 1 }]);
  await t.desk.accept('forum', eventsAt(t.clock).staffSays('bob', post, 'here we are'));
  t.clock.forward(60 * MINUTE);
  await settleAll(t);
  expect(await events('promise-missed')).toHaveLength(1);
});

test('a reply that was given in time kept the promise, however late the desk got to hear of it', async () => {
  const { number, post } = await openTicket(t, chat, forum);
  t.clock.forward(9 * MINUTE);
  const said = eventsAt(t.clock).staffSays('bob', post, 'we look');
  t.clock.forward(20 * MINUTE);
  await settleAll(t);
  expect(await events('promise-missed'), 'nobody knew').toHaveLength(1);
  await t.desk.accept('forum', said);
  await settleAll(t);
  expect(
    (await table(number)).find(one => (one as { target: string }).target === 'first-reply'),
  ).toMatchObject({
    state: 'met',
    ended: said.at.toISOString(),
  });
});

test('a miss that something else was faster than to see is told all the same', async () => {
  const { number } = await openTicket(t, chat, forum);
  t.clock.forward(11 * MINUTE);
  await asDesk(async act => transfer(act, await lockTicket(act, number), 'financial'));
  await settleAll(t);
  expect(await events('promise-missed')).toHaveLength(1);
});

test('the acknowledgement counts from when the customer had it, and a miss of it is told', async () => {
  chat.script = () => ({ outcome: 'retry', afterMs: 10 * MINUTE, scope: 'place', why: 'not yet' });
  await t.desk.accept('chat', eventsAt(t.clock).submits('ana'));
  await settleAll(t);
  t.clock.forward(2 * MINUTE);
  await settleAll(t);
  expect(await events('promise-missed')).toMatchObject([{ target: 'acknowledgement' }]);
  expect(
    (await table(1)).find(one => (one as { target: string }).target === 'acknowledgement'),
  ).toMatchObject({
    state: 'missed',
  });
});

test('a policy that changes brings open tickets under it, and leaves what has ended', async () => {
  const { number } = await openTicket(t, chat, forum);
  const before = await table(number);
  const { terms } = t.policy;
  const policy = {
    ...t.policy,
    terms: { ...terms, promises: { ...terms.promises, 'first-reply': [{ within: 120 }] } },
  };
  Object.assign(t, { policy });
  t.clock.forward(3 * MINUTE);
  const next = await secondDesk(t, [chat, forum]);
  await next.desk.tick();
  await next.desk.tick();
  expect(await events('terms-changed')).toHaveLength(1);
  const after = await table(number);
  expect(after.find(one => (one as { target: string }).target === 'first-reply')).toMatchObject({
    due: new Date(t.clock.now().getTime() + 2 * MINUTE).toISOString(),
  });
  expect(after.find(one => (one as { target: string }).target === 'acknowledgement')).toMatchObject({
    due: (before[0] as { due: string }).due,
    state: 'met',
  });
  expect(await column(t.database, 'select count(*)::int from terms')).toEqual([2]);
  await next.close();
});

test('whatever is done, and however often it is counted: the table is what the events come to, and the timers are its steps', async () => {
  const { number } = await openTicket(t, chat, forum);
  const random = chance(5);
  const pick = <T>(...of: readonly T[]): T => of[Math.floor(random() * of.length)] as T;
  const [customer] = await t.database.sql<
    { id: number }[]
  >`select handle_id as id from ticket where id = ${number}`;
  const handle = { id: customer?.id ?? 0, channel: 'chat', externalId: 'ana', name: 'Ana', locale: 'en' };
  const words = { text: 'words', placeId: null, ref: null };
  let done = 0;
  for (let turn = 0; turn < 120; turn++) {
    t.clock.forward(Math.floor(random() * 40 * MINUTE));
    const work = pick<(act: Act) => Promise<void>>(
      async act =>
        write(
          { ...act, actor: { type: 'customer', handle } as never },
          handle as never,
          await lockTicket(act, number),
          words,
        ),
      async act =>
        reply({ ...act, actor: { type: 'staff', handle } as never }, await lockTicket(act, number), words),
      async act =>
        move(act, await lockTicket(act, number), pick('wait', 'resume', 'solve', 'close', 'reopen')),
      async act => prioritise(act, await lockTicket(act, number), pick('regular', 'critical')),
      async act => transfer(act, await lockTicket(act, number), pick('technical', 'financial')),
      async act =>
        escalate(
          { ...act, actor: { type: 'customer', handle } as never },
          handle as never,
          await lockTicket(act, number),
          '',
        ),
      async () => void (await t.desk.tick()),
      async act => {
        const ticket = await lockTicket(act, number);
        for (let n = 0; n < 3; n++) await keepClock(act, ticket);
      },
    );
    const went = await transact(ctx, { type: 'system' }, work).then(
      () => true,
      () => false,
    );
    if (!went) continue;
    done++;
    const { rows, steps } = await counted(number);
    await asDesk(async act => keepClock(act, await lockTicket(act, number)));
    expect(await table(number), `turn ${turn}`).toEqual(rows);
    expect(await waiting(number), `turn ${turn}`).toEqual(steps);
  }
  expect(done).toBeGreaterThan(60);
  expect((await table(number)).length).toBeGreaterThan(15);
}, 60_000);
