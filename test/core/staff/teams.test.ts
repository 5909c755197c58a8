import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { levelsNamed } from '../../../src/core/escalation/rules/crews.ts';
import type { Answer, DeskVerb, Policy } from '../../../src/core/index.ts';
import { testPolicy } from '../../harness/desk.ts';
import { settleAll } from '../../harness/flow.ts';
import { eventsAt } from '../../harness/people.ts';
import { type LadderDesk, ladderDesk, ladderPolicy } from '../escalation/kit.ts';

let t: LadderDesk;
const give = async (who: string, verb: DeskVerb, value = '', number?: number): Promise<string> => {
  const answer: Answer = await t.desk.accept(
    'forum',
    eventsAt(t.clock).commands(who, verb, { value, number }),
  );
  await settleAll(t);
  return answer.type === 'say' ? answer.text.replaceAll('\\', '') : answer.type;
};
const numbers = (text: string): number[] =>
  [...text.matchAll(/^- .*?#(\d+)/gm)].map(match => Number(match[1]));
const opens = async (): Promise<number> => (await t.opens('regular')).number;

afterEach(() => t.close());

describe('a team at each level', () => {
  beforeEach(async () => {
    t = await ladderDesk();
  });

  test('everybody sees what is at their own level, and how much is elsewhere; a ticket goes to the next team with its level', async () => {
    const [first, second, third] = [await opens(), await opens(), await opens()];
    expect(numbers(await give('bob', 'queue'))).toEqual([first, second, third]);
    expect(await give('cleo', 'queue')).toBe(
      'Nothing waits for you. Well done.\n\nWith other teams, free: 3. See them with `/desk queue all`.',
    );
    await give('bob', 'escalate', 'The disk is broken.', second);
    expect(numbers(await give('bob', 'queue'))).toEqual([first, third]);
    expect(await give('bob', 'queue')).toContain('With other teams, free: 1.');
    expect(numbers(await give('cleo', 'queue'))).toEqual([second]);
    expect(numbers(await give('dora', 'queue'))).toEqual([]);
    await give('cleo', 'deescalate', 'It was only the cable.', second);
    expect(numbers(await give('bob', 'queue'))).toEqual([first, second, third]);
  });

  test('what somebody has stays theirs wherever it is, and goes out of the queue of the others', async () => {
    const [first, second] = [await opens(), await opens()];
    await give('dora', 'claim', '', second);
    expect(numbers(await give('dora', 'queue'))).toEqual([second]);
    expect(await give('dora', 'queue')).toMatch(new RegExp(`#${second}.* – yours$`, 'm'));
    expect(numbers(await give('bob', 'queue'))).toEqual([first]);
  });

  test('the rest is there for who asks: of a team by its id, its name or its level, or all, with who has it', async () => {
    const [first, second, third] = [await opens(), await opens(), await opens()];
    await give('cleo', 'escalate', 'technicians It needs hands.', second);
    await give('cleo', 'claim', '', second);
    await give('bob', 'claim', '', third);
    for (const name of ['technicians', 'Technicians', 'technicy'])
      expect(numbers(await give('bob', 'queue', name))).toEqual([second]);
    expect(await give('bob', 'queue', 'technicians')).toMatch(
      /What is next, whoever has it:[\s\S]*cleo has it$/m,
    );
    for (const all of ['all', 'ALL', 'wszystkie']) {
      const text = await give('dora', 'queue', all);
      expect(numbers(text).toSorted()).toEqual([first, second, third].toSorted());
      expect(text).toMatch(new RegExp(`#${second}.*Technical, Technicians .* – cleo has it$`, 'm'));
      expect(text).toMatch(new RegExp(`#${first}.*Technical, Support .* – free$`, 'm'));
      expect(text).not.toContain('With other teams');
    }
    expect(await give('bob', 'queue', 'admins')).toBe('No open ticket is there.');
    expect(await give('bob', 'queue', 'nobody')).toBe(
      'The policy of the desk has no team “nobody”. You can name one of these: support, technicians, admins, all.',
    );
  });

  test('the board has a line for each team, and a miss counts for the team that had the ticket then', async () => {
    const ticket = await opens();
    await opens();
    t.clock.forward(11 * 60_000);
    await settleAll(t);
    await give('bob', 'escalate', 'The disk is broken.', ticket);
    const board = await give('bob', 'board');
    expect(board).toContain('- **Support**: open 1 – late 1; missed today 2, this week 2');
    expect(board).toMatch(/- \*\*Technicians\*\*: open 1 – late 1$/m);
    expect(board).toMatch(/- \*\*Admins\*\*: open 0$/m);
    expect(board).toContain('Promises missed today: **2**, this week: **2**.');
  });

  test('a ticket whose level is gone is at the first one, in the queue and on the board', async () => {
    const ticket = await opens();
    await t.database.sql`update ticket set level = 'long-gone' where id = ${ticket}`;
    expect(numbers(await give('bob', 'queue'))).toEqual([ticket]);
    expect(numbers(await give('cleo', 'queue'))).toEqual([]);
    expect(await give('bob', 'board')).toContain('- **Support**: open 1 – free 1');
  });
});

const ROTATION = `
people:
  - { id: bob, name: Bob, reach: { forum: bob } }
  - { id: cleo, name: Cleo, reach: { forum: cleo } }
teams: [{ id: front, name: { en: Front }, members: anyone }]
oncall:
  - { id: night, name: { en: Night shift }, zone: UTC, layers: [{ members: [bob, cleo], every: 1w, start: "2026-11-16", handover: "00:00" }] }
levels:
  - { id: front, name: { en: Front }, team: front, up: [experts] }
  - { id: experts, name: { en: Experts }, oncall: night, up: [more] }
  - { id: more, name: { en: More }, oncall: night }
`;

describe('who takes turns, and who is on duty when they say so', () => {
  beforeEach(async () => {
    t = await ladderDesk(ladderPolicy(ROTATION));
  });

  test('the shift sees the tickets of the shift; who is not on it sees what is open to anyone', async () => {
    const [first, second] = [await opens(), await opens()];
    await give('zoe', 'escalate', 'It is beyond me.', second);
    // The week of 16 November is Bob's; a duty of his own brings the tickets that are open to anyone.
    expect(numbers(await give('bob', 'queue'))).toEqual([second]);
    expect(numbers(await give('cleo', 'queue'))).toEqual([first]);
    expect(numbers(await give('zoe', 'queue'))).toEqual([first]);
    await give('bob', 'duty', 'on');
    expect(numbers(await give('bob', 'queue'))).toEqual([first, second]);
    t.clock.forward(2 * 86_400_000);
    expect(numbers(await give('cleo', 'queue'))).toEqual([second]);
  });

  test('a rotation at two levels is one line of the board', async () => {
    const second = await opens();
    await give('zoe', 'escalate', 'more It is beyond all of us.', second);
    const board = await give('zoe', 'board');
    expect(board).toContain('- **Front**: open 0\n- **Night shift**: open 1 – free 1\n');
    expect(numbers(await give('zoe', 'queue', 'Night shift'))).toEqual([second]);
    expect(numbers(await give('zoe', 'queue', 'experts'))).toEqual([]);
  });
});

test('where the policy has no levels the queue is everybody’s, and the board has the departments', async () => {
  const policy: Policy = { ...testPolicy(['forum']), levels: [], ladder: [] };
  t = await ladderDesk(policy);
  const number = await opens();
  expect(numbers(await give('bob', 'queue'))).toEqual([number]);
  expect(await give('bob', 'queue')).not.toContain('With other teams');
  expect(await give('bob', 'board')).toContain('- **Technical**: open 1 – free 1\n- **Financial**: open 0');
  expect(await give('bob', 'queue', 'support')).toContain('no team “support”');
});

test('a name of a team goes before that of a level', () => {
  const policy = ladderPolicy(ROTATION);
  expect(levelsNamed(policy, ' NIGHT ')).toEqual(['experts', 'more']);
  expect(levelsNamed(policy, 'more')).toEqual(['more']);
  expect(levelsNamed(policy, '')).toBeUndefined();
  expect(levelsNamed({ levels: [], teams: [], oncall: [] }, 'more')).toBeUndefined();
});
