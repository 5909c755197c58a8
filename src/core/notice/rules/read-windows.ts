import { Temporal } from 'temporal-polyfill';
import { parseWhen, type WrittenTime } from '../../intake/rules/when-parse.ts';
import type { NoticeWindow } from '../model.ts';

/** What is wrong with a line: it is no time, it has no day or several, its hour is jumped over, or gone through twice. */
export type WhenFault = 'unreadable' | 'no-day' | 'gap' | 'twice';

/**
 * Something wrong with a time. `first` and `second`: of an hour that comes twice both ways to write it ('02:30 +02:00', '02:30 +01:00'), of one that is
 * jumped over from when to when the clocks jump ('02:00', '03:00').
 */
interface Faulty {
  readonly fault: WhenFault;
  readonly first?: string;
  readonly second?: string;
}

/** Windows as staff write them, or what is wrong with which line. */
export type WindowsRead =
  | { readonly windows: readonly NoticeWindow[]; readonly clock: boolean; readonly tentative: boolean }
  | (Faulty & { readonly line: string });

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
 * twice without a zone that says which, is refused: nobody can know what was meant. A zone behind one of the two times counts for both, unless it is
 * how far the desk's own clocks are from UTC then: so one says which of two hours is meant, and the other time is on the desk's clocks.
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
      if ('fault' in window) return { ...window, line };
      windows.push(window);
    }
  }
  return { windows, clock, tentative };
}

function readWindow(line: string, now: Date, zone: string): NoticeWindow | Faulty {
  const [, first = '', second = ''] = LINE.exec(line) ?? [];
  const [begin, end] = [parseWhen(first), parseWhen(second)];
  if (begin?.kind !== 'clock' || end?.kind !== 'clock' || !isZone(begin.zone) || !isZone(end.zone))
    return { fault: 'unreadable' };
  const here = begin.zone ?? end.zone ?? zone;
  const today = Temporal.Instant.fromEpochMilliseconds(now.getTime()).toZonedDateTimeISO(here).toPlainDate();
  const day = dayOf(begin, today);
  if (typeof day === 'string') return { fault: day };
  const ends = end.day === undefined ? day : dayOf(end, today);
  if (typeof ends === 'string') return { fault: ends };
  const window = windowOf([begin, day], [end, ends], zone);
  if (end.day !== undefined || !isBefore(end, begin)) return window;
  // An hour that comes twice has times that are earlier on the wall, and come later.
  return 'from' in window && window.from < window.to
    ? window
    : windowOf([begin, day], [end, day.add({ days: 1 })], zone);
}

type Dated = readonly [time: Clock, day: Temporal.PlainDate];

function windowOf(begin: Dated, end: Dated, zone: string): NoticeWindow | Faulty {
  const from = momentOf(begin, begin[0].zone ?? zoneBeside(end, zone));
  const to = momentOf(end, end[0].zone ?? zoneBeside(begin, zone));
  if ('fault' in from) return from;
  return 'fault' in to ? to : { from: from.at.toISOString(), to: to.at.toISOString() };
}

/** The zone of a time that has none, beside one that may have. */
function zoneBeside(other: Dated, zone: string): string {
  const written = other[0].zone;
  if (written === undefined || !/^[+-]/.test(written)) return written ?? zone;
  const moment = momentOf(other, written);
  const isOwn = 'at' in moment && offsetIn(moment.at, zone) === written;
  return isOwn ? zone : written;
}

function offsetIn(at: Date, zone: string): string {
  return Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(zone).offset;
}

function isZone(written: string | undefined): boolean {
  try {
    if (written !== undefined) Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(written);
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
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

function momentOf([{ hour, minute, second }, day]: Dated, zone: string): { readonly at: Date } | Faulty {
  if (hour > 23 || minute > 59 || second > 59) return { fault: 'unreadable' };
  const wall = day.toPlainDateTime({ hour, minute, second });
  const earlier = wall.toZonedDateTime(zone, { disambiguation: 'earlier' });
  const later = wall.toZonedDateTime(zone, { disambiguation: 'later' });
  if (earlier.epochMilliseconds === later.epochMilliseconds)
    return { at: new Date(earlier.epochMilliseconds) };
  const clock = (time: Temporal.ZonedDateTime): string =>
    time.toPlainTime().toString({ smallestUnit: 'minute' });
  if (earlier.toPlainDateTime().equals(wall)) {
    const [first = '', last = ''] = [earlier, later].map(one => `${clock(one)} ${one.offset}`);
    return { fault: 'twice', first, second: last };
  }
  const jump = earlier.getTimeZoneTransition('next') ?? later;
  return { fault: 'gap', first: clock(jump.withTimeZone(earlier.offset)), second: clock(jump) };
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
