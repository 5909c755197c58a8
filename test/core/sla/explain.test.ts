import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type CalendarRule, type Cycle, partsOf, type Terms } from '../../../src/core/sla/index.ts';
import { calendarOf } from '../../../src/core/sla/rules/calendar.ts';

const HOUR = 3_600_000;
const week = Array.from({ length: 7 }, (_, day): [number, number][] =>
  day < 5 ? [[9 * 3600, 17 * 3600]] : [],
);
const rule = (zone: string, holidays: string[], names: Record<string, string>): CalendarRule => ({
  always: false,
  zone,
  week,
  dates: { '2026-12-31': [] },
  holidays,
  names,
});

/** What is told of a promise of so much time from a moment on. */
function told(calendar: CalendarRule, from: number, ms: number) {
  const cycle = {
    target: 'next-reply',
    rule: { within: ms / 1000, calendar: 'office' },
    countedFrom: from,
    dueAt: calendarOf(calendar).after(from, ms),
    paused: [],
  } as unknown as Cycle;
  return partsOf(cycle, { calendars: { office: calendar } } as unknown as Terms);
}
const off = (calendar: CalendarRule, from: string, hours: number) =>
  told(calendar, Date.parse(from), hours * HOUR).flatMap(one =>
    one.kind === 'day-off' ? [`${one.date} ${String(one.name)}`] : [],
  );

test('a day off on which the clock began is told, too, as the wall of the calendar has the day', () => {
  const warsaw = rule('Europe/Warsaw', ['12-25'], { '12-25': 'Christmas Day' });
  expect(off(warsaw, '2026-12-24T23:30:00Z', 1)).toEqual(['2026-12-25 Christmas Day']);
  expect(off(warsaw, '2026-12-24T15:00:00Z', 2)).toEqual(['2026-12-25 Christmas Day']);
  const auckland = rule('Pacific/Auckland', ['12-25'], { '12-25': 'Christmas Day' });
  // There it is the 26th, a Saturday, already.
  expect(off(auckland, '2026-12-25T12:00:00Z', 1)).toEqual([]);
});

test('a date has its own name before that of every year; a closed date may have none; a weekend is no day off', () => {
  const office = rule('UTC', ['12-25', '2026-12-26', '2026-12-28'], {
    '12-25': 'Yearly',
    '2026-12-25': 'Once',
  });
  expect(off(office, '2026-12-24T16:00:00Z', 30)).toEqual([
    '2026-12-25 Once',
    '2026-12-28 undefined',
    '2026-12-31 undefined',
  ]);
});

test('what is told adds up: open time to what was given, and nobody works on a day off', () => {
  fc.assert(
    fc.property(
      fc.constantFrom('UTC', 'Europe/Warsaw', 'America/New_York', 'Pacific/Auckland'),
      fc.integer({ min: Date.parse('2026-12-18T00:00:00Z'), max: Date.parse('2027-01-05T00:00:00Z') }),
      fc.integer({ min: 1, max: 40 }),
      (zone, from, hours) => {
        const calendar = rule(zone, ['12-25', '01-01', '2026-12-28'], {});
        const parts = told(calendar, from, hours * HOUR);
        const open = parts.filter(one => one.kind === 'open');
        expect(open.reduce((sum, one) => sum + one.to - one.from, 0)).toBe(hours * HOUR);
        expect(parts.map(one => one.from)).toEqual(parts.map(one => one.from).toSorted((a, b) => a - b));
        for (const one of parts.filter(({ kind }) => kind === 'day-off'))
          expect(open.some(({ from: begin, to }) => begin <= one.from && one.from < to)).toBe(false);
      },
    ),
  );
});
