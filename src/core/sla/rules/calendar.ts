import type { CalendarRule, OpenHours } from '../model.ts';
import { offsetSpans } from './zone.ts';

/** A stretch of open time, in ms of the epoch: from, and up to but not including, to. */
export interface Opening {
  readonly from: number;
  readonly to: number;
}

/**
 * When somebody works. All times are ms of the epoch, all durations ms. A moment is open when the wall clock of the zone shows open hours
 * in it: where the clocks jump over a part of them, that part is not there, and where they go through it twice, it is there twice.
 */
export interface Calendar {
  /** Never closed. */
  readonly always: boolean;
  isOpen(at: number): boolean;
  /** `at` when it is open then, or else when it opens next. */
  nextOpening(at: number): number;
  /** The earliest moment by which so much open time has passed since `at`; `at` itself for none. */
  after(at: number, duration: number): number;
  /** The latest moment since which so much open time has passed until `at`; `at` itself for none. */
  before(at: number, duration: number): number;
  /** Open time between two moments; 0 when `to` is not after `from`. */
  between(from: number, to: number): number;
  /** The open stretches between two moments, in order. */
  openings(from: number, to: number): Opening[];
}

const DAY_S = 86_400;
const WEEK_MS = 7 * DAY_S * 1000;
/** No offset from UTC is further from it than this, in seconds (the furthest are +14:00 and −12:00). */
const FURTHEST_S = 26 * 3600;
/** Weeks that are looked through for open time: 60 years. */
const WEEKS = 3_130;

type Hours = Extract<CalendarRule, { always: false }>;

/** One week of the epoch, cut out of the openings. */
interface Week {
  readonly openings: readonly Opening[];
  readonly total: number;
}

const REMEMBERED = 200;
const made = new Map<string, Calendar>();

/** The calendar of a rule; the same one for the same rule, because it remembers the weeks that it was asked for. */
export function calendarOf(rule: CalendarRule): Calendar {
  if (rule.always) return always;
  const key = JSON.stringify(rule);
  const known = made.get(key);
  if (known !== undefined) return known;
  const calendar = hoursCalendar(rule);
  if (made.size >= REMEMBERED) made.clear();
  made.set(key, calendar);
  return calendar;
}

const always: Calendar = {
  always: true,
  isOpen: () => true,
  nextOpening: at => at,
  after: (at, duration) => at + Math.max(0, duration),
  before: (at, duration) => at - Math.max(0, duration),
  between: (from, to) => Math.max(0, to - from),
  openings: (from, to) => (to > from ? [{ from, to }] : []),
};

function hoursCalendar(rule: Hours): Calendar {
  const weekAt = weeksOf(rule);
  const weekOf = (at: number): number => Math.floor(at / WEEK_MS);

  function openings(from: number, to: number): Opening[] {
    const found: Opening[] = [];
    for (let week = weekOf(from); week * WEEK_MS < to; week++)
      for (const one of weekAt(week).openings) {
        const cut = { from: Math.max(one.from, from), to: Math.min(one.to, to) };
        if (cut.from >= cut.to) continue;
        const last = found.at(-1);
        if (last?.to === cut.from) found[found.length - 1] = { from: last.from, to: cut.to };
        else found.push(cut);
      }
    return found;
  }
  function between(from: number, to: number): number {
    let sum = 0;
    for (let week = weekOf(from); week * WEEK_MS < to; week++) {
      const { openings: all, total } = weekAt(week);
      if (week * WEEK_MS >= from && (week + 1) * WEEK_MS <= to) sum += total;
      else for (const one of all) sum += Math.max(0, Math.min(one.to, to) - Math.max(one.from, from));
    }
    return sum;
  }
  function after(at: number, duration: number): number {
    if (duration <= 0) return at;
    let left = duration;
    for (let week = weekOf(at), last = week + WEEKS; week < last; week++) {
      const { openings: all, total } = weekAt(week);
      if (week * WEEK_MS >= at && total < left) {
        left -= total;
        continue;
      }
      for (const one of all) {
        const from = Math.max(one.from, at);
        if (one.to <= from) continue;
        if (one.to - from >= left) return from + left;
        left -= one.to - from;
      }
    }
    throw neverOpen();
  }
  function before(at: number, duration: number): number {
    if (duration <= 0) return at;
    let left = duration;
    for (let week = weekOf(at), last = week - WEEKS; week > last; week--) {
      const { openings: all, total } = weekAt(week);
      if ((week + 1) * WEEK_MS <= at && total < left) {
        left -= total;
        continue;
      }
      for (const one of all.toReversed()) {
        const to = Math.min(one.to, at);
        if (one.from >= to) continue;
        if (to - one.from >= left) return to - left;
        left -= to - one.from;
      }
    }
    throw neverOpen();
  }
  function nextOpening(at: number): number {
    for (let week = weekOf(at), last = week + WEEKS; week < last; week++)
      for (const one of weekAt(week).openings) if (one.to > at) return Math.max(one.from, at);
    throw neverOpen();
  }
  return {
    always: false,
    isOpen: at => weekAt(weekOf(at)).openings.some(one => one.from <= at && at < one.to),
    nextOpening,
    after,
    before,
    between,
    openings,
  };
}

function neverOpen(): Error {
  return new Error('this calendar has no open time any more; the policy should not have been taken');
}

/** Most tickets ask for the same few weeks. */
function weeksOf(rule: Hours): (week: number) => Week {
  const weeks = new Map<number, Week>();
  const closed = new Set(rule.holidays);
  return week => {
    const known = weeks.get(week);
    if (known !== undefined) return known;
    const openings = cutOut(rule, closed, week * WEEK_MS, (week + 1) * WEEK_MS);
    const total = openings.reduce((sum, one) => sum + one.to - one.from, 0);
    if (weeks.size >= WEEKS) weeks.clear();
    weeks.set(week, { openings, total });
    return { openings, total };
  };
}

/** The openings between two moments, merged: hours of one day may reach into those of the next. */
function cutOut(rule: Hours, closed: ReadonlySet<string>, from: number, to: number): Opening[] {
  const first = Math.floor((from / 1000 - FURTHEST_S) / DAY_S) - 1;
  const last = Math.floor((to / 1000 + FURTHEST_S) / DAY_S);
  const spans = offsetSpans(rule.zone, from / 1000, to / 1000);
  const found: Opening[] = [];
  for (let day = first; day <= last; day++)
    for (const [begin, end] of hoursOn(rule, closed, day))
      for (const span of spans) {
        const cut = {
          from: Math.max(span.from, day * DAY_S + begin - span.offset) * 1000,
          to: Math.min(span.to, day * DAY_S + end - span.offset) * 1000,
        };
        if (cut.from < cut.to) found.push(cut);
      }
  return merged(found);
}

/** The hours that begin on a day of the wall clock, counted from the epoch's first. */
function hoursOn(rule: Hours, closed: ReadonlySet<string>, day: number): readonly OpenHours[] {
  const date = new Date(day * DAY_S * 1000).toISOString().slice(0, 10);
  const own = rule.dates[date];
  if (own !== undefined) return own;
  if (closed.has(date) || closed.has(date.slice(5))) return [];
  // The epoch began on a Thursday, the fourth day from Monday.
  return rule.week[(((day + 3) % 7) + 7) % 7] ?? [];
}

function merged(openings: readonly Opening[]): Opening[] {
  const result: Opening[] = [];
  for (const one of openings.toSorted((a, b) => a.from - b.from)) {
    const last = result.at(-1);
    if (last !== undefined && one.from <= last.to)
      result[result.length - 1] = { from: last.from, to: Math.max(last.to, one.to) };
    else result.push(one);
  }
  return result;
}
