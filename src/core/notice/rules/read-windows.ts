import { Temporal } from 'temporal-polyfill';
import { parseWhen, type WrittenTime } from '../../intake/rules/when-parse.ts';
import type { NoticeWindow } from '../model.ts';

/** What is wrong with a line: it is no time, it has no day or several, its hour is jumped over, or gone through twice. */
export type WhenFault = 'unreadable' | 'no-day' | 'gap' | 'twice';

/** Windows as staff write them, or what is wrong with which line. */
export type WindowsRead =
  | { readonly windows: readonly NoticeWindow[]; readonly clock: boolean; readonly tentative: boolean }
  | { readonly fault: WhenFault; readonly line: string };

const CLOCK = /^(?:auto|automatic(?:ally)?|automatycznie|samo)$/i;
const TENTATIVE = /^(?:tentative|not final|wst[eę]pnie|niepewne)$/i;
const ZONE = String.raw`(?:\s*(?:[A-Za-z]{1,5}|(?:UTC|GMT)?[+-]\d{1,2}(?::?\d{2})?))?`;
const LINE = new RegExp(
  String.raw`^(.*?\d{1,2}:\d{2}${ZONE})\s*(?:-|–|—|\bto\b|\bdo\b)\s*(.*\d{1,2}:\d{2}.*)$`,
);

type Clock = Extract<WrittenTime, { kind: 'clock' }>;

/**
 * One window a line: `2026-12-06 02:00 - 04:00`, `6.12 22:00 – 7.12 06:00 CET`, `tomorrow 02:00-04:00`; a line `auto` has it start and end by
 * itself, `tentative` says that the date is not final. A day without its year is the next such day. What the clocks jump over, or go through
 * twice without a zone that says which, is refused: nobody can know what was meant.
 */
export function readWindows(text: string, now: Date, zone: string): WindowsRead {
  const windows: NoticeWindow[] = [];
  let [clock, tentative] = [false, false];
  for (const line of text.split('\n').map(one => one.trim())) {
    if (line === '') continue;
    if (CLOCK.test(line)) clock = true;
    else if (TENTATIVE.test(line)) tentative = true;
    else {
      const window = readWindow(line, now, zone);
      if (typeof window === 'string') return { fault: window, line };
      windows.push(window);
    }
  }
  return { windows, clock, tentative };
}

function readWindow(line: string, now: Date, zone: string): NoticeWindow | WhenFault {
  const [, first = '', second = ''] = LINE.exec(line) ?? [];
  const [begin, end] = [parseWhen(first), parseWhen(second)];
  if (begin?.kind !== 'clock' || end?.kind !== 'clock') return 'unreadable';
  const here = zoneOf(begin.zone ?? end.zone, zone);
  if (here === undefined) return 'unreadable';
  const today = Temporal.Instant.fromEpochMilliseconds(now.getTime()).toZonedDateTimeISO(here).toPlainDate();
  const day = dayOf(begin, today);
  if (typeof day === 'string') return day;
  const ends = end.day === undefined ? day.add({ days: isBefore(end, begin) ? 1 : 0 }) : dayOf(end, today);
  if (typeof ends === 'string') return ends;
  const from = momentOf(begin, day, here);
  const to = momentOf(end, ends, zoneOf(end.zone, here) ?? here);
  if (typeof from === 'string') return from;
  return typeof to === 'string' ? to : { from: from.toISOString(), to: to.toISOString() };
}

function zoneOf(written: string | undefined, fallback: string): string | undefined {
  try {
    return Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(written ?? fallback).timeZoneId;
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

const isBefore = (one: Clock, other: Clock): boolean =>
  one.hour * 60 + one.minute <= other.hour * 60 + other.minute;

function dayOf({ day }: Clock, today: Temporal.PlainDate): Temporal.PlainDate | WhenFault {
  if (day === undefined) return 'no-day';
  if (day.kind === 'back') return day.days > 0 ? 'no-day' : today.subtract({ days: day.days });
  if (day.kind === 'weekday') return today.add({ days: (day.weekday - today.dayOfWeek + 7) % 7 });
  const [date, ...others] = day.dates;
  if (date === undefined || others.length > 0) return 'no-day';
  try {
    const year = date.year ?? today.year;
    const here = Temporal.PlainDate.from({ ...date, year }, { overflow: 'reject' });
    return date.year === undefined && Temporal.PlainDate.compare(here, today) < 0
      ? here.add({ years: 1 })
      : here;
  } catch (error) {
    if (error instanceof RangeError) return 'unreadable';
    throw error;
  }
}

function momentOf({ hour, minute, second }: Clock, day: Temporal.PlainDate, zone: string): Date | WhenFault {
  if (hour > 23 || minute > 59 || second > 59) return 'unreadable';
  const wall = day.toPlainDateTime({ hour, minute, second });
  const earlier = wall.toZonedDateTime(zone, { disambiguation: 'earlier' });
  const later = wall.toZonedDateTime(zone, { disambiguation: 'later' });
  if (earlier.epochMilliseconds === later.epochMilliseconds) return new Date(earlier.epochMilliseconds);
  return earlier.toPlainDateTime().equals(wall) ? 'twice' : 'gap';
}

/** Windows as they would be written, in a zone. */
export function writeWindows(windows: readonly NoticeWindow[], zone: string): string {
  const wall = (at: string): string =>
    Temporal.Instant.from(at)
      .toZonedDateTimeISO(zone)
      .toString({ smallestUnit: 'minute', timeZoneName: 'never' })
      .replace('T', ' ')
      .replace(/(\d{2}:\d{2})([+-])/, '$1 $2');
  return windows.map(({ from, to }) => `${wall(from)} - ${wall(to)}`).join('\n');
}
