import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LATE_MS, reportDue } from '../../../src/core/report/rules/due.ts';
import { dayStart, lastWeek, weekNamed, weekOf } from '../../../src/core/report/rules/week.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const WARSAW = 'Europe/Warsaw';
/** With changes of clocks at night and at midnight, by half an hour, on a quarter, and with none. */
const zones = [
  WARSAW,
  'America/New_York',
  'Australia/Lord_Howe',
  'Asia/Kathmandu',
  'America/Asuncion',
  'Africa/Cairo',
  'Pacific/Apia',
  'UTC',
];

const moment = fc.integer({ min: Date.UTC(2015, 0, 1), max: Date.UTC(2035, 0, 1) }).map(ms => new Date(ms));
const zone = fc.constantFrom(...zones);

/** What the wall shows, asked of Intl. */
function wall(at: Date, timeZone: string) {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    weekday: 'short',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(at);
  const of = (type: string): string => parts.find(part => part.type === type)?.value ?? '';
  return {
    weekday: of('weekday'),
    date: `${of('year')}-${of('month')}-${of('day')}`,
    time: `${of('hour')}:${of('minute')}`,
  };
}

describe('a week', () => {
  it('holds its moment, begins with Monday and goes on where the next begins', () => {
    fc.assert(
      fc.property(moment, zone, (at, where) => {
        const week = weekOf(at, where);
        expect(week.from.getTime()).toBeLessThanOrEqual(at.getTime());
        expect(week.to.getTime()).toBeGreaterThan(at.getTime());
        expect(wall(week.from, where)).toMatchObject({ weekday: 'Mon', date: week.monday });
        expect(wall(new Date(week.from.getTime() - 1), where).weekday).toBe('Sun');
        expect(weekOf(week.to, where).from).toEqual(week.to);
        expect(lastWeek(week.to, where)).toEqual(week);
      }),
    );
  });

  it('has the number that ISO gives it: counted by its Thursdays', () => {
    fc.assert(
      fc.property(moment, at => {
        const week = weekOf(at, 'UTC');
        const thursday = new Date(week.from.getTime() + 3 * DAY_MS);
        let count = 0;
        for (let day = Date.UTC(thursday.getUTCFullYear(), 0, 1); day <= thursday.getTime(); day += DAY_MS)
          if (new Date(day).getUTCDay() === 4) count += 1;
        expect([week.year, week.number]).toEqual([thursday.getUTCFullYear(), count]);
      }),
    );
  });

  it('is an hour shorter when the clocks go forward and an hour longer when they go back', () => {
    const hours = (at: string) => {
      const { from, to } = weekOf(new Date(at), WARSAW);
      return (to.getTime() - from.getTime()) / HOUR_MS;
    };
    expect(hours('2026-03-28T12:00:00Z')).toBe(167);
    expect(hours('2026-10-24T12:00:00Z')).toBe(169);
    expect(hours('2026-11-18T12:00:00Z')).toBe(168);
  });

  it('begins after midnight where the clocks jump over midnight', () => {
    // In Asunción the clocks went from 00:00 to 01:00 on Sunday, 6 October 2024; in Cairo on Friday, 26 April 2024.
    expect(dayStart(new Date('2024-10-06T12:00:00Z'), 'America/Asuncion').toISOString()).toBe(
      '2024-10-06T04:00:00.000Z',
    );
    expect(wall(dayStart(new Date('2024-04-26T12:00:00Z'), 'Africa/Cairo'), 'Africa/Cairo').time).toBe(
      '01:00',
    );
  });
});

describe('a week that somebody names', () => {
  const now = new Date('2026-11-23T09:00:00Z');
  const named = (text: string) => {
    const week = weekNamed(text, now, WARSAW);
    return week && `${week.year}-${week.number} ${week.monday}`;
  };

  it('is last week when nothing is said', () => {
    expect(named('')).toBe('2026-47 2026-11-16');
    expect(named('  ')).toBe('2026-47 2026-11-16');
  });

  it('is read in all the ways that people write it', () => {
    for (const text of ['47', 'W47', 'w47', 't47', '2026-47', '2026-W47', '2026/47', '2026W47', '47/2026'])
      expect(named(text), text).toBe('2026-47 2026-11-16');
    expect(named('48')).toBe('2026-48 2026-11-23');
    expect(named('2020-53')).toBe('2020-53 2020-12-28');
  });

  it('is of last year when it has not begun this year', () => {
    expect(named('49')).toBe('2025-49 2025-12-01');
  });

  it('is none when there is no such week, when it lies ahead, or when it is something else', () => {
    for (const text of [
      '0',
      '54',
      '2025-53',
      '2026-49',
      '2030-1',
      'last',
      '1e1',
      '-3',
      '47/2026/1',
      '2026-47/2026',
    ])
      expect(named(text), text).toBeUndefined();
  });

  it('is found again by its own name', () => {
    fc.assert(
      fc.property(moment, zone, (at, where) => {
        const week = weekOf(at, where);
        expect(weekNamed(`${week.year}-${week.number}`, at, where)).toEqual(week);
      }),
    );
  });
});

describe('the report is due', () => {
  const at = (text: string) => reportDue(new Date(text), WARSAW, 8 * 60);

  it('on Monday at its time, and not before', () => {
    expect(at('2026-11-23T06:59:59Z')).toEqual({ week: undefined, nextAt: new Date('2026-11-23T07:00:00Z') });
    expect(at('2026-11-23T07:00:00Z')).toMatchObject({
      week: { number: 47 },
      nextAt: new Date('2026-11-30T07:00:00Z'),
    });
  });

  it('after it was missed, for three days and not for weeks long gone', () => {
    expect(at('2026-11-26T06:59:59Z').week?.number).toBe(47);
    expect(at('2026-11-26T07:00:00Z').week).toBeUndefined();
    expect(at('2026-11-29T22:59:59Z').week).toBeUndefined();
    expect(at('2026-12-14T07:00:00Z').week?.number).toBe(50);
  });

  it('by the clock on the wall, whatever the clocks did on Sunday', () => {
    expect(at('2026-03-30T05:59:59Z').week).toBeUndefined();
    expect(at('2026-03-30T06:00:00Z').week?.number).toBe(13);
    expect(at('2026-10-26T06:59:59Z').week).toBeUndefined();
    expect(at('2026-10-26T07:00:00Z').week?.number).toBe(43);
  });

  it('for each week exactly once, in any zone, by whoever looks again when it says', () => {
    fc.assert(
      fc.property(moment, zone, fc.integer({ min: 0, max: 1439 }), (start, where, minutes) => {
        const reported: string[] = [];
        let now = start;
        for (let look = 0; look < 8; look++) {
          const { week, nextAt } = reportDue(now, where, minutes);
          if (week !== undefined) {
            reported.push(week.monday);
            expect(week.to.getTime()).toBeLessThanOrEqual(now.getTime());
            expect(now.getTime() - week.to.getTime()).toBeLessThan(LATE_MS + 26 * HOUR_MS);
          }
          expect(nextAt.getTime()).toBeGreaterThan(now.getTime());
          now = nextAt;
        }
        expect(new Set(reported).size).toBe(reported.length);
        const mondays = reported.map(monday => Date.parse(monday));
        for (const [index, monday] of mondays.slice(1).entries())
          expect(monday - (mondays[index] ?? 0)).toBe(7 * DAY_MS);
        expect(reported.length).toBeGreaterThanOrEqual(7);
      }),
      { numRuns: 60 },
    );
  });
});
