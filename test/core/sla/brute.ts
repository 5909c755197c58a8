import fc from 'fast-check';
import type { CalendarRule } from '../../../src/core/sla/model.ts';

type Hours = Extract<CalendarRule, { always: false }>;

const formats = new Map<string, Intl.DateTimeFormat>();

/** What the wall in a zone shows, by the machine's own tables and not by the library that the desk uses. */
export function wallOf(zone: string, at: number): { day: number; second: number } {
  let format = formats.get(zone);
  if (format === undefined) {
    format = new Intl.DateTimeFormat('en-GB', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
    formats.set(zone, format);
  }
  const part = Object.fromEntries(format.formatToParts(at).map(one => [one.type, Number(one.value)]));
  const day = Date.UTC(part.year as number, (part.month as number) - 1, part.day) / 86_400_000;
  return {
    day,
    second: (part.hour as number) * 3600 + (part.minute as number) * 60 + (part.second as number),
  };
}

/** Whether a moment is open, from the definition alone: what the wall shows stands in the hours of this day, or of the one before. */
export function openByWall(rule: Hours, at: number): boolean {
  const { day, second } = wallOf(rule.zone, at);
  const hours = (of: number): readonly (readonly [number, number])[] => {
    const date = new Date(of * 86_400_000).toISOString().slice(0, 10);
    if (rule.dates[date] !== undefined) return rule.dates[date];
    if (rule.holidays.some(one => one === date || one === date.slice(5))) return [];
    return rule.week[(new Date(of * 86_400_000).getUTCDay() + 6) % 7] ?? [];
  };
  return (
    hours(day).some(([from, to]) => second >= from && second < to) ||
    hours(day - 1).some(([from, to]) => second + 86_400 >= from && second + 86_400 < to)
  );
}

/** Zones whose clocks change in every way that there is: in both halves of the year, by half an hour, at midnight, never, by a whole day. */
export const zones = [
  'Europe/Warsaw',
  'America/New_York',
  'Australia/Lord_Howe',
  'America/Santiago',
  'Africa/Casablanca',
  'Asia/Kathmandu',
  'Pacific/Apia',
  'Pacific/Auckland',
  'Asia/Beirut',
  'America/Sao_Paulo',
  'UTC',
];

/** Moments at which clocks changed, beside which errors live; in ms. */
const changes = [
  '2026-03-29T01:00Z',
  '2026-10-25T01:00Z',
  '2026-03-08T07:00Z',
  '2026-11-01T06:00Z',
  '2026-04-04T15:00Z',
  '2026-10-03T15:30Z',
  '2026-09-06T04:00Z',
  '2026-02-15T02:00Z',
  '2011-12-30T10:00Z',
  '2026-09-26T14:00Z',
  '2026-03-28T22:00Z',
  '2018-11-04T03:00Z',
].map(text => Date.parse(text));

const clockTimes = fc.oneof(
  fc.integer({ min: 0, max: 86_399 }),
  fc.integer({ min: 0, max: 95 }).map(quarter => quarter * 900),
  fc.constantFrom(0, 3600, 7200, 9000, 10_800, 82_800, 86_399),
);

/** Hours of a day: several, some over midnight, some that touch or overlap. */
const hours = fc.array(
  fc
    .tuple(clockTimes, fc.oneof(clockTimes, fc.constant(86_400)))
    .map(([from, to]): [number, number] => [from, to <= from ? to + 86_400 : to]),
  { maxLength: 3 },
);

/** A moment near a change of clocks, or anywhere in some years; a whole second of the epoch in ms. */
export const moments = fc.oneof(
  fc
    .tuple(fc.constantFrom(...changes), fc.integer({ min: -200_000, max: 200_000 }))
    .map(([at, off]) => at + off * 1000),
  fc
    .integer({ min: Date.parse('2010-01-01') / 1000, max: Date.parse('2030-01-01') / 1000 })
    .map(s => s * 1000),
);

const dateOf = (at: number): string => new Date(at).toISOString().slice(0, 10);

/** Random calendars that are open at some time of the week, with other hours and holidays near the moment. */
export const calendars = (at: number): fc.Arbitrary<Hours> =>
  fc.record({
    always: fc.constant(false as const),
    zone: fc.constantFrom(...zones),
    week: fc
      .array(hours, { minLength: 7, maxLength: 7 })
      .filter(week => week.some(day => day.some(([from, to]) => to - from > 600))),
    dates: fc.dictionary(
      fc.integer({ min: -3, max: 5 }).map(n => dateOf(at + n * 86_400_000)),
      hours,
      { maxKeys: 2 },
    ),
    holidays: fc.array(
      fc.tuple(fc.integer({ min: -3, max: 5 }), fc.boolean()).map(([n, yearly]) => {
        const date = dateOf(at + n * 86_400_000);
        return yearly ? date.slice(5) : date;
      }),
      { maxLength: 2 },
    ),
  });
