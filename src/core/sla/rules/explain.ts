import { Temporal } from 'temporal-polyfill';
import type { CalendarRule, DayName, Terms } from '../model.ts';
import { type Cycle, calendarIn } from './cycles.ts';
import type { Pause } from './due.ts';

/** A part of how a time came about; times are ms of the epoch. */
export type Part =
  /** Counted. */
  | { readonly kind: 'open'; readonly from: number; readonly to: number }
  /** Not counted: the ticket waited for the customer. */
  | { readonly kind: 'paused'; readonly from: number; readonly to: number | null }
  /** A day that was skipped although people work on its weekday: `2026-12-25`. */
  | {
      readonly kind: 'day-off';
      readonly date: string;
      readonly name: DayName | undefined;
      readonly from: number;
    };

/** What a promise's time was made of, in order: what was counted adds up to what was given, once nothing stands. */
export function partsOf(cycle: Cycle, terms: Terms): Part[] {
  const calendar = calendarIn(terms, cycle.rule);
  const rule = terms.calendars[cycle.rule.calendar ?? 'always'];
  const standing = cycle.paused.find(([, to]) => to === null);
  const end = cycle.dueAt ?? standing?.[0] ?? cycle.countedFrom;
  const pauses = cycle.paused.filter(([from, to]) => from < end && (to === null || to > cycle.countedFrom));
  const open = calendar
    .openings(cycle.countedFrom, end)
    .flatMap(one => without(one, pauses))
    .map((one): Part => ({ kind: 'open', ...one }));
  const stood = [...pauses, ...(standing && !pauses.includes(standing) ? [standing] : [])].map(
    ([from, to]): Part => ({ kind: 'paused', from, to }),
  );
  const off = rule === undefined ? [] : daysOff(rule, cycle.countedFrom, end);
  return [...open, ...stood, ...off].toSorted((a, b) => a.from - b.from);
}

/** What is left of a stretch without the pauses. */
function without(
  stretch: { readonly from: number; readonly to: number },
  pauses: readonly Pause[],
): { from: number; to: number }[] {
  let left = [{ ...stretch }];
  for (const [from, to] of pauses) {
    const end = to ?? Number.POSITIVE_INFINITY;
    left = left.flatMap(one => [
      ...(one.from < Math.min(one.to, from) ? [{ from: one.from, to: Math.min(one.to, from) }] : []),
      ...(Math.max(one.from, end) < one.to ? [{ from: Math.max(one.from, end), to: one.to }] : []),
    ]);
  }
  return left;
}

/** Days off that are told of one promise. */
const DAYS_OFF = 20;

/** Days from one moment to before the day of another, on the wall, on which nobody works though it is a weekday of theirs. */
function daysOff(rule: CalendarRule, from: number, to: number): Part[] {
  if (rule.always) return [];
  const dayOf = (at: number): Temporal.PlainDate =>
    Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(rule.zone).toPlainDate();
  const last = dayOf(to);
  const found: Part[] = [];
  let day = dayOf(from);
  for (; Temporal.PlainDate.compare(day, last) < 0 && found.length < DAYS_OFF; day = day.add({ days: 1 })) {
    const date = day.toString();
    const own = rule.dates[date];
    const isOff =
      own === undefined ? rule.holidays.some(one => one === date || one === date.slice(5)) : own.length === 0;
    if ((rule.week[day.dayOfWeek - 1] ?? []).length === 0 || !isOff) continue;
    const begin = day.toZonedDateTime(rule.zone).epochMilliseconds;
    const name = rule.names?.[date] ?? rule.names?.[date.slice(5)];
    found.push({ kind: 'day-off', date, name, from: Math.max(begin, from) });
  }
  return found;
}
