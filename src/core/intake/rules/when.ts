import { Temporal } from 'temporal-polyfill';
import { parseWhen, type WrittenDate, type WrittenTime } from './when-parse.ts';

/** One way to read a time: the moment, and words that tell it from the others ('2026-10-25 02:30 CEST'). */
export interface WhenChoice {
  readonly at: Date;
  readonly label: string;
}

/**
 * What a person meant by a time.
 * - `at`: one moment, never later than now; `zone` is what it was read in ('Europe/Warsaw', 'UTC', '+02:00').
 * - `ambiguous`: two or more moments, earliest first: an hour that the clocks went through twice, or 03/04.
 * - `impossible`: `gap`, an hour that the clocks jumped over; `no-such-date`, 31.02 or 25:00; `future`, still to come; `too-old`.
 * - `unreadable`: no time that we know, or only a day.
 */
export type WhenResult =
  | { readonly kind: 'at'; readonly at: Date; readonly zone: string }
  | { readonly kind: 'ambiguous'; readonly choices: readonly WhenChoice[] }
  | { readonly kind: 'impossible'; readonly why: 'gap' | 'no-such-date' | 'future' | 'too-old' }
  | { readonly kind: 'unreadable' };

export interface WhenOptions {
  readonly now: Date;
  /** The IANA zone of times that name none. Default 'Europe/Warsaw'. */
  readonly zone?: string;
}

/** A clock that runs ahead of ours by this much is still taken as now. */
const AHEAD_MS = 5 * 60_000;
/** An incident that began longer ago is a slip of the pen. */
const OLDEST_MS = 90 * 86_400_000;

type Clock = Extract<WrittenTime, { kind: 'clock' }>;
/** The moments one wall time can be, in order; none in a gap. */
type Moments = readonly Temporal.ZonedDateTime[];
/** Everything a text can mean, or why it means nothing. */
type Reading = Moments | 'no-such-date';

/**
 * Reads a time as people write it, in English or Polish: '14:30', '14.30 CET', 'wczoraj 14:30', '22.11 14:30', 'an hour ago', ISO 8601.
 * A bare time is its latest past occurrence. An abbreviation is taken at its word, as a fixed offset, even in the wrong season. A day
 * without its year is the latest such day. Never throws for any input; RangeError for an unknown `zone`.
 */
export function readWhen(input: string, options: WhenOptions): WhenResult {
  const zone = options.zone ?? 'Europe/Warsaw';
  const written = parseWhen(input);
  if (!written) return { kind: 'unreadable' };
  if (written.kind === 'now') return { kind: 'at', at: options.now, zone };
  if (written.kind === 'ago') return ago(written.minutes, options.now, zone);
  const here = knownZone(written.zone, zone);
  if (here === undefined) return { kind: 'unreadable' };
  const now = Temporal.Instant.fromEpochMilliseconds(options.now.getTime()).toZonedDateTimeISO(here);
  const readings = daysOf(written, now).map(day => momentsOf(written, day, here));
  return settle(readings, options.now, here);
}

function ago(minutes: number, now: Date, zone: string): WhenResult {
  const back = minutes * 60_000;
  if (back > OLDEST_MS) return { kind: 'impossible', why: 'too-old' };
  return { kind: 'at', at: new Date(now.getTime() - back), zone };
}

/** The zone that was written, if there is such a one. Throws for a faulty default: that is ours to mend. */
function knownZone(written: string | undefined, fallback: string): string | undefined {
  const now = Temporal.Instant.fromEpochMilliseconds(0);
  if (written === undefined) return now.toZonedDateTimeISO(fallback).timeZoneId;
  try {
    return now.toZonedDateTimeISO(written).timeZoneId;
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** The days that the text can mean. A day that it leaves open is the latest on which the time is not still to come. */
function daysOf(written: Clock, now: Temporal.ZonedDateTime): (Temporal.PlainDate | 'no-such-date')[] {
  const today = now.toPlainDate();
  const passed = (day: Temporal.PlainDate) => hasPassed(written, day, now);
  const { day } = written;
  if (!day) return [passed(today) ? today : today.subtract({ days: 1 })];
  if (day.kind === 'back') return [today.subtract({ days: day.days })];
  if (day.kind === 'weekday') {
    const last = today.subtract({ days: (today.dayOfWeek - day.weekday + 7) % 7 });
    return [passed(last) ? last : last.subtract({ days: 7 })];
  }
  return day.dates.map(date => dateOf(date, today, passed));
}

function dateOf(
  date: WrittenDate,
  today: Temporal.PlainDate,
  passed: (day: Temporal.PlainDate) => boolean,
): Temporal.PlainDate | 'no-such-date' {
  if (date.year !== undefined) return plainDate({ ...date, year: date.year });
  const here = plainDate({ ...date, year: today.year });
  if (here === 'no-such-date' || passed(here)) return here;
  const before = plainDate({ ...date, year: today.year - 1 });
  // A day still to come this year that was long ago last year: the first is the likelier slip.
  return before !== 'no-such-date' && before.until(today).days <= 90 ? before : here;
}

function plainDate(date: { year: number; month: number; day: number }): Temporal.PlainDate | 'no-such-date' {
  const { daysInMonth, monthsInYear } = Temporal.PlainDate.from({
    ...date,
    day: 1,
    month: clampMonth(date.month),
  });
  const real = date.month >= 1 && date.month <= monthsInYear && date.day >= 1 && date.day <= daysInMonth;
  return real ? Temporal.PlainDate.from(date) : 'no-such-date';
}

const clampMonth = (month: number): number => Math.min(12, Math.max(1, month));

function hasPassed(written: Clock, day: Temporal.PlainDate, now: Temporal.ZonedDateTime): boolean {
  if (!isTime(written)) return true;
  const first = wallTime(written, day).toZonedDateTime(now.timeZoneId, { disambiguation: 'earlier' });
  return first.epochMilliseconds <= now.epochMilliseconds + AHEAD_MS;
}

const isTime = (t: Clock): boolean => t.hour < 24 && t.minute < 60 && t.second < 60;

function wallTime(written: Clock, day: Temporal.PlainDate): Temporal.PlainDateTime {
  const { hour, minute, second, millisecond } = written;
  return day.toPlainDateTime({ hour, minute, second, millisecond });
}

function momentsOf(written: Clock, day: Temporal.PlainDate | 'no-such-date', zone: string): Reading {
  if (day === 'no-such-date' || !isTime(written)) return 'no-such-date';
  const wall = wallTime(written, day);
  const earlier = wall.toZonedDateTime(zone, { disambiguation: 'earlier' });
  const later = wall.toZonedDateTime(zone, { disambiguation: 'later' });
  if (earlier.epochMilliseconds === later.epochMilliseconds) return [earlier];
  return earlier.toPlainDateTime().equals(wall) ? [earlier, later] : [];
}

/** Out of all that the text can mean, what it can mean now. The faults are ordered by how much they help. */
function settle(readings: readonly Reading[], now: Date, zone: string): WhenResult {
  const real = readings.filter(reading => reading !== 'no-such-date');
  if (real.length === 0) return { kind: 'impossible', why: 'no-such-date' };
  const all = real.flat().sort((a, b) => a.epochMilliseconds - b.epochMilliseconds);
  if (all.length === 0) return { kind: 'impossible', why: 'gap' };
  const past = all.filter(moment => moment.epochMilliseconds <= now.getTime() + AHEAD_MS);
  if (past.length === 0) return { kind: 'impossible', why: 'future' };
  const recent = past.filter(moment => moment.epochMilliseconds >= now.getTime() - OLDEST_MS);
  const [only] = recent;
  if (!only) return { kind: 'impossible', why: 'too-old' };
  if (recent.length > 1) {
    return {
      kind: 'ambiguous',
      choices: recent.map(moment => ({ at: toDate(moment, now), label: label(moment) })),
    };
  }
  return { kind: 'at', at: toDate(only, now), zone };
}

function toDate(moment: Temporal.ZonedDateTime, now: Date): Date {
  return new Date(Math.min(moment.epochMilliseconds, now.getTime()));
}

function label(moment: Temporal.ZonedDateTime): string {
  const format = new Intl.DateTimeFormat('en-GB', { timeZone: moment.timeZoneId, timeZoneName: 'short' });
  const parts = format.formatToParts(moment.epochMilliseconds);
  const zone = parts.find(part => part.type === 'timeZoneName')?.value ?? moment.offset;
  return `${moment.toPlainDate()} ${moment.toPlainTime().toString({ smallestUnit: 'minute' })} ${zone}`;
}
