import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Answer } from '../../../src/core/index.ts';
import { escalatableAt } from '../../../src/core/ticket/rules/promise.ts';
import { inOrder, type Waiting } from '../../../src/core/ticket/rules/queue.ts';
import { type ScriptedChannel, scriptedChannel } from '../../harness/channel.ts';
import { type TestDesk, testDesk } from '../../harness/desk.ts';
import { settleAll } from '../../harness/flow.ts';
import { eventsAt } from '../../harness/people.ts';
import { column, secondDesk } from '../kit.ts';

const time = fc.integer({ min: 0, max: 50 }).map(ms => new Date(ms));
const waiting: fc.Arbitrary<Waiting> = fc.record({
  id: fc.integer({ min: 1, max: 1000 }),
  critical: fc.boolean(),
  dueAt: fc.option(time),
  updatedAt: time,
});
const tickets = fc.uniqueArray(waiting, { selector: one => one.id, maxLength: 30 });

test('the order does not depend on the order they came in, and loses none', () => {
  fc.assert(
    fc.property(tickets, fc.infiniteStream(fc.nat()), (all, keys) => {
      const shuffled = all.toSorted(() => ((keys.next().value as number) % 2) * 2 - 1);
      expect(inOrder(shuffled)).toEqual(inOrder(all));
      expect(
        inOrder(all)
          .map(one => one.id)
          .sort(),
      ).toEqual(all.map(one => one.id).sort());
    }),
  );
});

test('critical first; then by the promise that is due soonest; those without one by who lies longest', () => {
  fc.assert(
    fc.property(tickets, all => {
      const ordered = inOrder(all);
      for (const [index, next] of ordered.entries()) {
        const before = ordered[index - 1];
        if (before === undefined) continue;
        if (before.critical !== next.critical) {
          expect(before.critical).toBe(true);
          continue;
        }
        const [a, b] = [before.dueAt, next.dueAt];
        if (b !== null) expect(a !== null && a <= b).toBe(true);
        else if (a === null) expect(before.updatedAt <= next.updatedAt).toBe(true);
      }
    }),
  );
});

test('who never asked may ask now; the wait ends to the millisecond', () => {
  const at = new Date(0);
  expect(escalatableAt(null, at)).toBe(undefined);
  expect(escalatableAt(at, new Date(1_799_999))).toEqual(new Date(1_800_000));
  expect(escalatableAt(at, new Date(1_800_000))).toBe(undefined);
});

let t: TestDesk;
let chat: ScriptedChannel;
let forum: ScriptedChannel & { linkTo?: (address: string) => string | undefined };

beforeAll(async () => {
  chat = scriptedChannel('chat');
  forum = { ...scriptedChannel('forum', { desk: true }), linkTo: address => `https://forum.test/${address}` };
  t = await testDesk([chat, forum]);
});
afterAll(() => t.close());

const people = () => eventsAt(t.clock);
const queue = async (who: string): Promise<string> => {
  const answer: Answer = await t.desk.accept('forum', people().commands(who, 'queue'));
  return answer.type === 'say' ? answer.text : answer.type;
};
const numbers = (text: string): number[] =>
  [...text.matchAll(/^- .*?#(\d+)/gm)].map(match => Number(match[1]));
const critical = {
  priority: 'critical',
  server: '203.0.113.7',
  service: 'shop',
  began: '10:00',
  diagnostics: 'ping fails',
};

async function opened(who: string, values: Record<string, string> = {}): Promise<number> {
  await t.desk.accept('chat', people().submits(who, values));
  t.clock.forward(1000);
  return (await column<number>(t.database, 'select max(id) from ticket'))[0] as number;
}

test('the queue: what is mine or free, in its turn, with links; nothing of others, nothing finished', async () => {
  expect(await queue('bob')).toBe('Nothing waits for you. Well done.');
  const [first, second, outage, others, done, waits] = [
    await opened('ana'),
    await opened('ben'),
    await opened('cid', critical),
    await opened('dan'),
    await opened('eve'),
    await opened('fay'),
  ];
  await settleAll(t);
  const give = (who: string, verb: 'claim' | 'solve' | 'wait', number: number) =>
    t.desk.accept('forum', people().commands(who, verb, { number }));
  await give('cleo', 'claim', others as number);
  await give('bob', 'claim', second as number);
  await give('bob', 'solve', done as number);
  await give('bob', 'wait', waits as number);
  const text = await queue('bob');
  expect(numbers(text)).toEqual([outage, first, second]);
  expect(text).toMatch(new RegExp(`^- 🔴 \\[#${outage}\\]\\(<https://forum.test/forum-post-\\d+>\\) `, 'm'));
  expect(text).toMatch(new RegExp(`#${second}.*First reply due: 14:40 – yours$`, 'm'));
  expect(numbers(await queue('cleo'))).toEqual([outage, first, others]);
  t.clock.forward(3_600_000);
  await t.desk.accept('chat', people().asks('ben', { what: 'escalate', number: String(second), text: '' }));
  expect(await queue('bob')).toMatch(new RegExp(`#${first}.*late · First reply due: 14:40 – free$`, 'm'));
  const posts = await column(
    t.database,
    `select address from place where role = 'desk' and ticket_id = ${first}`,
  );
  await t.desk.accept('forum', people().staffSays('cleo', posts[0] as string, 'hello'));
  await settleAll(t);
  expect(numbers(await queue('bob')), 'answered ones come last').toEqual([outage, second, first]);
});

test('at most 15 lines', async () => {
  for (let n = 0; n < 20; n++) await opened('zoe');
  const text = await queue('dora');
  expect(numbers(text)).toHaveLength(15);
  expect(text).toMatch(/And \d+ more\.$/);
  const [open] = await column<number>(
    t.database,
    "select count(*)::int from ticket where state = 'open' and assignee_id is null",
  );
  expect(text).toContain(`And ${(open as number) - 15} more.`);
});

test('what does not fit into one message of the platform is counted, not cut', async () => {
  const narrow = { ...forum, limits: { ...forum.limits, text: 600 } };
  const { desk, close } = await secondDesk(t, [chat, narrow]);
  const answer = await desk.accept('forum', people().commands('dora', 'queue'));
  await close();
  const text = answer.type === 'say' ? answer.text : '';
  const [open] = await column<number>(
    t.database,
    "select count(*)::int from ticket where state = 'open' and assignee_id is null",
  );
  expect(text.length).toBeLessThanOrEqual(600);
  expect(numbers(text).length).toBeGreaterThan(2);
  expect(text).toContain(`And ${(open as number) - numbers(text).length} more.`);
});
