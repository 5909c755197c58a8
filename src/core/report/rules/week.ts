import { Temporal } from 'temporal-polyfill';
import type { Week } from '../model.ts';

/** The week in which a moment lies, on the wall of the zone. */
export function weekOf(at: Date, zone: string): Week {
  const date = Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(zone).toPlainDate();
  return weekFrom(date.subtract({ days: date.dayOfWeek - 1 }), zone);
}

/** The whole week that ended last. */
export function lastWeek(now: Date, zone: string): Week {
  return weekOf(new Date(weekOf(now, zone).from.getTime() - 1), zone);
}

/** Midnight that began the day of a moment, or the first moment after it where the clocks jump over midnight. */
export function dayStart(at: Date, zone: string): Date {
  const here = Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(zone);
  return new Date(here.startOfDay().epochMilliseconds);
}

function weekFrom(monday: Temporal.PlainDate, zone: string): Week {
  const start = (date: Temporal.PlainDate): Date => new Date(date.toZonedDateTime(zone).epochMilliseconds);
  return {
    from: start(monday),
    to: start(monday.add({ days: 7 })),
    year: monday.yearOfWeek ?? monday.year,
    number: monday.weekOfYear ?? 1,
    monday: monday.toString(),
  };
}

const NAMED = /^(?:(\d{4})[-/ ]?)?[wt]?(\d{1,2})(?:\/(\d{4}))?$/i;

/**
 * The week that somebody names: nothing for the last whole one, `47`, `W47`, `2026-47`, `2026-W47`, `47/2026`. A number without a year is
 * the last week of that number that has begun. Undefined for what is no week, or lies ahead.
 */
export function weekNamed(text: string, now: Date, zone: string): Week | undefined {
  const typed = text.trim();
  if (typed === '') return lastWeek(now, zone);
  const [, before, number, after] = NAMED.exec(typed) ?? [];
  if (number === undefined || (before !== undefined && after !== undefined)) return undefined;
  const year = before ?? after;
  const thisYear = weekOf(now, zone).year;
  const years = year === undefined ? [thisYear, thisYear - 1] : [Number(year)];
  return years
    .map(one => isoWeek(one, Number(number), zone))
    .find(week => week !== undefined && week.from <= now);
}

function isoWeek(year: number, number: number, zone: string): Week | undefined {
  // The fourth of January is always in the first week.
  const fourth = new Temporal.PlainDate(year, 1, 4);
  const monday = fourth.add({ days: 1 - fourth.dayOfWeek + 7 * (number - 1) });
  const week = weekFrom(monday, zone);
  return number >= 1 && week.year === year && week.number === number ? week : undefined;
}
