import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PromiseFact, Quarter, WeekFacts } from '../../../src/core/report/model.ts';
import { busiestOf } from '../../../src/core/report/rules/busiest.ts';
import { figuresOf, HUMAN_TARGETS, percentile } from '../../../src/core/report/rules/figures.ts';
import { weekOf } from '../../../src/core/report/rules/week.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
/** The clocks go forward on its Sunday. */
const spring = weekOf(new Date('2026-03-25T12:00:00Z'), 'Europe/Warsaw');
const autumn = weekOf(new Date('2026-10-21T12:00:00Z'), 'Europe/Warsaw');
const plain = weekOf(new Date('2026-11-18T12:00:00Z'), 'Europe/Warsaw');

function factsOf(promises: readonly PromiseFact[], more: Partial<WeekFacts> = {}): WeekFacts {
  const now = new Date(plain.to.getTime() + 8 * HOUR_MS);
  return {
    week: plain,
    zone: 'Europe/Warsaw',
    now,
    promises,
    quarters: [],
    opened: 0,
    critical: 0,
    closed: 0,
    ratings: { asked: 0, good: 0, fair: 0, bad: 0, words: [] },
    ...more,
  };
}

/** A promise, met after so many minutes, that began some hours after the week. */
function promise(ticketId: number, hours: number, minutes: number | null, more: Partial<PromiseFact> = {}) {
  const startedAt = new Date(plain.from.getTime() + hours * HOUR_MS);
  const endedAt = minutes === null ? null : new Date(startedAt.getTime() + minutes * MINUTE_MS);
  const late = minutes === null || minutes > 10;
  const missedAt = late ? new Date(startedAt.getTime() + 10 * MINUTE_MS) : null;
  const state = late ? ('missed' as const) : ('met' as const);
  const made: PromiseFact = {
    ticketId,
    department: 'technical',
    target: 'first-reply',
    startedAt,
    endedAt,
    missedAt,
    state,
    paused: [],
  };
  return { ...made, ...more };
}

describe('first replies', () => {
  it('are told by what most of them took', () => {
    const { replies, repliesBy, unanswered } = figuresOf(
      factsOf([1, 2, 3, 4, 5, 6, 7, 8, 9, 30].map((minutes, index) => promise(index, index, minutes))),
    );
    expect(replies).toEqual({ count: 10, p50: 5 * MINUTE_MS, p90: 9 * MINUTE_MS, p95: 30 * MINUTE_MS });
    expect([...repliesBy.keys()]).toEqual(['technical']);
    expect(unanswered).toBe(0);
  });

  it('count for the week in which they were awaited', () => {
    const { replies, unanswered } = figuresOf(
      factsOf([
        promise(1, -1, 90),
        promise(2, 167, 90),
        promise(3, 168, 5),
        promise(4, 5, null),
        promise(5, 5, 5, { state: 'void' }),
        promise(6, 5, 5, { target: 'next-reply' }),
      ]),
    );
    expect(replies?.count).toBe(1);
    expect(unanswered).toBe(1);
  });

  it('are none in a week without any', () => {
    const none = figuresOf(factsOf([]));
    expect(none.replies).toBeUndefined();
    expect(none.kept).toEqual({ met: 0, missed: 0 });
    expect(none.longest).toEqual([]);
    expect(none.hours.flat()).toEqual(Array(168).fill(0));
  });
});

it('a share is the smallest value that so many do not exceed', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 0, max: 1000 }), { minLength: 1, maxLength: 60 }),
      fc.constantFrom(50, 90, 95),
      (values, share) => {
        const got = percentile(
          values.toSorted((a, b) => a - b),
          share,
        );
        const reaches = (limit: number) =>
          values.filter(one => one <= limit).length * 100 >= share * values.length;
        expect(values).toContain(got);
        expect(reaches(got)).toBe(true);
        expect(values.some(one => one < got && reaches(one))).toBe(false);
      },
    ),
  );
});

describe('longest waits', () => {
  it('name each ticket once, the longest first, and who still waits', () => {
    const { longest } = figuresOf(
      factsOf([
        promise(1, 1, 40),
        promise(1, 9, 60, { target: 'next-reply' }),
        promise(2, 160, null),
        promise(3, 2, 20),
        promise(4, 2, 500, { target: 'resolution' }),
        promise(5, -300, 10),
      ]),
    );
    expect(longest).toEqual([
      { ticketId: 2, waitedMs: 16 * HOUR_MS, isOver: false },
      { ticketId: 1, waitedMs: HOUR_MS, isOver: true },
      { ticketId: 3, waitedMs: 20 * MINUTE_MS, isOver: true },
    ]);
  });

  it('leave out the time in which the desk waited for the customer', () => {
    const one = promise(1, 0, 60, { target: 'next-reply' });
    const second = one.startedAt.getTime() / 1000;
    const { longest } = figuresOf(factsOf([{ ...one, paused: [[second + 600, second + 1800]] }]));
    expect(longest[0]?.waitedMs).toBe(40 * MINUTE_MS);
    const standing = promise(2, 0, null, { paused: [[second + 600, null]] });
    expect(figuresOf(factsOf([standing])).longest[0]?.waitedMs).toBe(10 * MINUTE_MS);
  });
});

const fact = (from: number): fc.Arbitrary<PromiseFact> =>
  fc
    .record({
      ticketId: fc.integer({ min: 1, max: 12 }),
      department: fc.constantFrom('technical', 'financial', 'gone'),
      target: fc.constantFrom(...HUMAN_TARGETS),
      start: fc.integer({ min: -3 * 24 * 60, max: 9 * 24 * 60 }),
      length: fc.option(fc.integer({ min: 0, max: 3000 })),
      state: fc.constantFrom('running', 'paused', 'met', 'missed', 'void'),
      missed: fc.integer({ min: 0, max: 600 }),
    })
    .map(({ ticketId, department, target, start, length, state, missed }): PromiseFact => {
      const startedAt = new Date(from + start * MINUTE_MS);
      const ends = state === 'met' || state === 'void' ? (length ?? 7) : state === 'missed' ? length : null;
      return {
        ticketId,
        department,
        target,
        startedAt,
        endedAt: ends === null ? null : new Date(startedAt.getTime() + ends * MINUTE_MS),
        missedAt: state === 'missed' ? new Date(startedAt.getTime() + missed * MINUTE_MS) : null,
        state,
        paused: [],
      };
    });

const quarters = (from: number): fc.Arbitrary<Quarter[]> =>
  fc
    .uniqueArray(
      fc.record({ second: fc.integer({ min: 0, max: 169 * 4 - 1 }), count: fc.integer({ min: 1, max: 9 }) }),
      { selector: one => one.second, maxLength: 80 },
    )
    .map(list => list.map(({ second, count }) => ({ second: from / 1000 + second * 900, count })));

const days = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];
const wall = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/Warsaw',
  weekday: 'short',
  hour: '2-digit',
  hourCycle: 'h23',
});

describe('the numbers of a week agree with counting one by one', () => {
  for (const [name, week, hours] of [
    ['a plain week', plain, 168],
    ['the week of the clocks forward', spring, 167],
    ['the week of the clocks back', autumn, 169],
  ] as const)
    it(`in ${name}`, () => {
      const from = week.from.getTime();
      expect(week.to.getTime() - from).toBe(hours * HOUR_MS);
      fc.assert(
        fc.property(fc.array(fact(from), { maxLength: 60 }), quarters(from), (promises, written) => {
          const seen = written.filter(({ second }) => second * 1000 < week.to.getTime());
          const now = new Date(week.to.getTime() + DAY_MS);
          const got = figuresOf(factsOf(promises, { week, now, quarters: seen }));
          const within = (at: Date | null) => at !== null && at >= week.from && at < week.to;
          let [met, missed, unanswered, count] = [0, 0, 0, 0];
          for (const one of promises) {
            if (one.state === 'met' && within(one.endedAt)) met += 1;
            if (one.state === 'missed' && within(one.missedAt)) missed += 1;
            if (one.target !== 'first-reply' || one.state === 'void' || !within(one.startedAt)) continue;
            if (one.endedAt === null) unanswered += 1;
            else count += 1;
          }
          expect(got.kept).toEqual({ met, missed });
          expect(got.unanswered).toBe(unanswered);
          expect(got.replies?.count ?? 0).toBe(count);
          const parts = [...got.keptBy.values()];
          expect(parts.reduce((sum, one) => sum + one.met + one.missed, 0)).toBe(met + missed);
          expect([...got.repliesBy.values()].reduce((sum, one) => sum + one.count, 0)).toBe(count);
          const table = days.map(() => Array(24).fill(0));
          for (const { second, count: many } of seen) {
            const shown = wall.formatToParts(new Date(second * 1000));
            const of = (type: string) => shown.find(part => part.type === type)?.value ?? '';
            const row = table[days.indexOf(of('weekday'))] as number[];
            row[Number(of('hour'))] = (row[Number(of('hour'))] ?? 0) + many;
          }
          expect(got.hours).toEqual(table);
          const longest = Math.max(
            0,
            ...promises
              .filter(one => ['first-reply', 'next-reply'].includes(one.target) && one.state !== 'void')
              .filter(one => one.startedAt < week.to && (one.endedAt ?? week.to) >= week.from)
              .map(one => (one.endedAt ?? now).getTime() - one.startedAt.getTime()),
          );
          expect(got.longest[0]?.waitedMs ?? 0).toBe(longest);
          expect(got.longest.length).toBeLessThanOrEqual(5);
        }),
      );
    });
});

it('the busiest hours are named, and none in which nothing came', () => {
  const hours = days.map(() => Array<number>(24).fill(0));
  expect(busiestOf(hours)).toEqual([]);
  (hours[0] as number[])[10] = 4;
  (hours[6] as number[])[23] = 9;
  expect(busiestOf(hours)).toEqual([
    { day: 6, hour: 23, count: 9 },
    { day: 0, hour: 10, count: 4 },
  ]);
});
