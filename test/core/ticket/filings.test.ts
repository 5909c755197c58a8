import { afterEach, expect, test } from 'vitest';
import type { Answer } from '../../../src/core/index.ts';
import { promisesAtOpening } from '../../../src/core/sla/index.ts';
import type { Filing } from '../../../src/core/ticket/file.ts';
import { createFilings } from '../../../src/core/ticket/index.ts';
import { type ScriptedChannel, scriptedChannel } from '../../harness/channel.ts';
import { type TestDesk, testDesk } from '../../harness/desk.ts';
import { eventsAt } from '../../harness/people.ts';
import { chance, column } from '../kit.ts';

let t: TestDesk;
let chat: ScriptedChannel;

afterEach(() => t.close());

const begin = async (): Promise<void> => {
  chat = scriptedChannel('chat');
  t = await testDesk([chat, scriptedChannel('forum', { desk: true })]);
};

const textOf = (answer: Answer): string => (answer.type === 'say' ? answer.text : '');

test('of many that come at once each becomes its own ticket, is told its own number, and one that comes again changes nothing', async () => {
  await begin();
  const random = chance(7);
  const { submits } = eventsAt(t.clock);
  const once = Array.from({ length: 90 }, (_, n) =>
    submits(`person${Math.floor(random() * 30)}`, { subject: `Subject ${n}` }),
  );
  const all = [...once, ...once.slice(0, 30)].toSorted(() => random() - 0.5);
  const answers = await Promise.all(
    all.map(async one => ({ subject: one.values.subject, text: textOf(await t.desk.accept('chat', one)) })),
  );
  const told = answers.filter(({ text }) => text !== '');
  expect(told).toHaveLength(90);
  for (const { subject, text } of told) {
    const number = Number(/#(\d+)/.exec(text)?.[1]);
    const rows = await t.database.sql<{ subject: string; who: string; body: string; asked: string }[]>`
      select t.subject, h.external_id as who, m.body, e.type as asked from ticket t join handle h on h.id = t.handle_id
      join message m on m.ticket_id = t.id join event e on e.ticket_id = t.id where t.id = ${number}`;
    const from = once.find(one => one.values.subject === subject)?.from.externalId ?? '';
    expect(rows).toEqual([{ subject, who: from, body: `${from} needs help`, asked: 'opened' }]);
  }
  expect(await column(t.database, 'select count(*)::int from ticket')).toEqual([90]);
});

const filing = (n: number, kind: 'thread' | 'bad' = 'thread'): Filing => ({
  channel: 'chat',
  space: 's',
  person: `p${n}`,
  name: `P${n}`,
  speaks: null,
  event: `event${n}`,
  shared: null,
  near: null,
  files: [],
  ref: null,
  folded: null,
  wants: [],
  timers: [],
  locale: 'en',
  priority: 'regular',
  department: 'technical',
  subject: `Subject ${n}`,
  description: 'It does not work.',
  facts: {},
  service: null,
  clue: { ip: null, order: null },
  at: t.clock.now(),
  promises: promisesAtOpening(t.policy.terms, {
    department: 'technical',
    priority: 'regular',
    way: 'ticket',
    tier: null,
    at: t.clock.now(),
  }),
  items: [
    {
      role: 'customer',
      channel: 'chat',
      seq: 1,
      rank: 1,
      kind: kind as 'thread',
      content: { text: 'Hello' },
      about: false,
    },
  ],
});

test('one alone waits for nothing; those that come right after it share a statement', async () => {
  await begin();
  let at = 0; // the machine may stop for a while between two of them
  const filings = createFilings(t.database.sql, { clock: () => at });
  const filed = [1, 2, 3, 4].map(n => filings.file(filing(n)));
  at = 1_000;
  await Promise.all(filed);
  const shared = await column(
    t.database,
    'select array_agg(subject order by subject) from ticket group by xmin::text order by min(subject)',
  );
  expect(shared, 'by transaction').toEqual([['Subject 1'], ['Subject 2', 'Subject 3', 'Subject 4']]);
});

test('what is wrong with one is nobody else’s', async () => {
  await begin();
  const filings = createFilings(t.database.sql);
  const results = await Promise.allSettled(
    Array.from({ length: 20 }, (_, n) => filings.file(filing(n, n === 7 ? 'bad' : 'thread'))),
  );
  expect(results.flatMap((one, n) => (one.status === 'rejected' ? [n] : []))).toEqual([7]);
  const numbers = results.flatMap(one => (one.status === 'fulfilled' ? [one.value] : []));
  expect(new Set(numbers).size).toBe(19);
  expect(await column(t.database, "select count(*)::int from receipt where event_id = 'event7'")).toEqual([
    0,
  ]);
  expect(await column(t.database, 'select count(*)::int from ticket')).toEqual([19]);
});
