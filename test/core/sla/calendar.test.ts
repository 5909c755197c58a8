import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CalendarRule } from '../../../src/core/sla/model.ts';
import { calendarOf } from '../../../src/core/sla/rules/calendar.ts';
import { calendars, moments, openByWall } from './brute.ts';

/** `CALENDAR_RUNS=100000 npx vitest run test/core/sla/calendar.test.ts` is the long form (see CONTRIBUTING). */
const RUNS = Number(process.env.CALENDAR_RUNS ?? 300);
const LIMIT_MS = 20_000 + RUNS * 20;

const h = 3600;
const HOUR = 3_600_000;
const at = (text: string): number => Date.parse(text);
const iso = (ms: number): string => new Date(ms).toISOString();

const office: CalendarRule = {
  always: false,
  zone: 'Europe/Warsaw',
  week: [0, 1, 2, 3, 4, 5, 6].map(day => (day < 5 ? [[9 * h, 17 * h]] : [])),
  dates: {},
  holidays: [],
};
const only = (rule: Partial<Extract<CalendarRule, { always: false }>>) => calendarOf({ ...office, ...rule });

describe('a calendar', () => {
  const c = calendarOf(office);
  test('counts over the night and the weekend', () => {
    expect(iso(c.after(at('2026-11-27T15:00:00+01:00'), 3 * HOUR))).toBe('2026-11-30T09:00:00.000Z');
    expect(iso(c.before(at('2026-11-30T10:00:00+01:00'), 3 * HOUR))).toBe('2026-11-27T14:00:00.000Z');
    expect(c.between(at('2026-11-27T15:00:00+01:00'), at('2026-11-30T10:00:00+01:00'))).toBe(3 * HOUR);
    expect(iso(c.nextOpening(at('2026-11-28T12:00:00Z')))).toBe('2026-11-30T08:00:00.000Z');
  });
  test('is closed at the second it ends, and what is due at the end of a day is due then and not the next morning', () => {
    expect(c.isOpen(at('2026-11-27T16:59:59+01:00'))).toBe(true);
    expect(c.isOpen(at('2026-11-27T17:00:00+01:00'))).toBe(false);
    expect(iso(c.after(at('2026-11-27T15:00:00+01:00'), 2 * HOUR))).toBe('2026-11-27T16:00:00.000Z');
  });
  test('knows holidays, of one year and of each, and days with other hours, which go first', () => {
    const busy = only({
      holidays: ['2026-11-30', '12-25', '2026-12-31'],
      dates: { '2026-12-01': [[11 * h, 12 * h]], '2026-12-31': [[9 * h, 10 * h]] },
    });
    expect(iso(busy.nextOpening(at('2026-11-28T12:00:00Z')))).toBe('2026-12-01T10:00:00.000Z');
    expect(busy.isOpen(at('2026-12-25T10:00:00Z')) || busy.isOpen(at('2028-12-25T10:00:00Z'))).toBe(false);
    expect(busy.between(at('2026-12-31T00:00:00Z'), at('2027-01-01T00:00:00Z'))).toBe(HOUR);
  });
  test('a night shift belongs to the day on which it begins, and goes on into a holiday', () => {
    const nights = only({
      week: office.always ? [] : office.week.map(() => [[22 * h, 30 * h]]),
      holidays: ['2026-12-25'],
    });
    expect(nights.isOpen(at('2026-12-25T03:00:00+01:00'))).toBe(true);
    expect(nights.isOpen(at('2026-12-25T23:00:00+01:00'))).toBe(false);
    expect(nights.isOpen(at('2026-12-26T03:00:00+01:00'))).toBe(false);
  });
  test('the day on which the clocks go forward has an hour less, and the one on which they go back an hour more', () => {
    const round = only({ week: office.always ? [] : office.week.map(() => [[0, 24 * h]]) });
    expect(round.between(at('2026-03-29T00:00:00+01:00'), at('2026-03-30T00:00:00+02:00'))).toBe(23 * HOUR);
    expect(round.between(at('2026-10-25T00:00:00+02:00'), at('2026-10-26T00:00:00+01:00'))).toBe(25 * HOUR);
    const small = only({ week: office.always ? [] : office.week.map(() => [[2 * h, 2.5 * h]]) });
    expect(small.openings(at('2026-03-29T00:00:00Z'), at('2026-03-29T12:00:00Z')), 'jumped over').toEqual([]);
    expect(
      small.openings(at('2026-10-25T00:00:00Z'), at('2026-10-25T12:00:00Z')).map(one => iso(one.from)),
      'gone through twice',
    ).toEqual(['2026-10-25T00:00:00.000Z', '2026-10-25T01:00:00.000Z']);
  });
  test('24/7 is plain time', () => {
    const c = calendarOf({ always: true });
    expect([c.after(5, 7), c.before(12, 7), c.between(5, 12), c.between(12, 5), c.nextOpening(3)]).toEqual([
      12, 5, 7, 0, 3,
    ]);
  });
  test('is the same object for the same rule: it remembers what it looked up', () => {
    expect(calendarOf({ ...office })).toBe(c);
  });
});

const cases = moments.chain(start => fc.tuple(fc.constant(start), calendars(start)));
const durations = fc.integer({ min: 0, max: 400 * 3600 }).map(s => s * 1000);
const check = (property: fc.IProperty<unknown>): void => {
  fc.assert(property as fc.IProperty<unknown>, { numRuns: RUNS });
};

describe('over random calendars, zones and changes of clocks', () => {
  test('it agrees with a walk that looks at the wall every second', { timeout: LIMIT_MS }, () => {
    // Every 20th case walks half an hour second by second; the others look at single seconds, most of them near a change.
    const property = fc.property(
      cases,
      fc.array(fc.integer({ min: -200_000, max: 200_000 }), { minLength: 5, maxLength: 5 }),
      fc.integer({ min: 0, max: 19 }),
      ([start, rule], offs, dice) => {
        const c = calendarOf(rule);
        for (const off of offs) {
          const t = start + off * 1000;
          if (c.isOpen(t) !== openByWall(rule, t)) throw new Error(`${iso(t)} ${rule.zone}`);
        }
        if (dice > 0) return;
        let open = 0;
        const end = start + HOUR / 2;
        for (let t = start; t < end; t += 1000) if (openByWall(rule, t)) open += 1000;
        expect(c.between(start, end)).toBe(open);
      },
    );
    check(property);
  });
  test('before takes back what after gave, in open time', { timeout: LIMIT_MS }, () => {
    check(
      fc.property(cases, durations, ([start, rule], d) => {
        const c = calendarOf(rule);
        const t = c.nextOpening(start);
        const end = c.after(t, d);
        expect(c.before(end, d)).toBe(t);
        expect(c.between(t, end)).toBe(d);
      }),
    );
  });
  test('what is counted in two parts is counted in one', { timeout: LIMIT_MS }, () => {
    check(
      fc.property(cases, durations, durations, ([start, rule], a, b) => {
        const c = calendarOf(rule);
        expect(c.after(c.after(start, a), b)).toBe(c.after(start, a + b));
        expect(c.before(c.before(start, a), b)).toBe(c.before(start, a + b));
        expect(c.between(start, start + a) + c.between(start + a, start + a + b)).toBe(
          c.between(start, start + a + b),
        );
      }),
    );
  });
  test('after ends at the end of open time, before begins at its beginning, and the openings are what between counts', {
    timeout: LIMIT_MS,
  }, () => {
    check(
      fc.property(cases, durations, ([start, rule], d) => {
        const c = calendarOf(rule);
        const sum = c.openings(start, start + d).reduce((all, one) => all + one.to - one.from, 0);
        expect(sum).toBe(c.between(start, start + d));
        if (d === 0) return;
        expect(c.isOpen(c.after(start, d) - 1)).toBe(true);
        expect(c.isOpen(c.before(start, d))).toBe(true);
      }),
    );
  });
});
