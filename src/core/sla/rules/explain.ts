import type { CalendarRule, Terms } from '../model.ts';
import { type Cycle, calendarIn } from './cycles.ts';
import type { Pause } from './due.ts';

/** A part of how a time came about; times are ms of the epoch. */
export type Part =
  /** Counted. */
  | { readonly kind: 'open'; readonly from: number; readonly to: number }
  /** Not counted: the ticket waited for the customer. */
  | { readonly kind: 'paused'; readonly from: number; readonly to: number | null }
  /** A day that was skipped although people work on its weekday: `2026-12-25`. */
  | { readonly kind: 'day-off'; readonly date: string };

const DAY_MS = 86_400_000;

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
  return [...open, ...stood, ...off].toSorted((a, b) => beginOf(a) - beginOf(b));
}

function beginOf(part: Part): number {
  return part.kind === 'day-off' ? Date.parse(`${part.date}T00:00:00Z`) : part.from;
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

/** Days between two moments on which nobody works though it is a weekday of theirs. */
function daysOff(rule: CalendarRule, from: number, to: number): Part[] {
  if (rule.always) return [];
  const found: Part[] = [];
  for (let day = Math.floor(from / DAY_MS) + 1; day * DAY_MS < to && found.length < 20; day++) {
    const date = new Date(day * DAY_MS).toISOString().slice(0, 10);
    const usual = rule.week[(((day + 3) % 7) + 7) % 7] ?? [];
    const own = rule.dates[date];
    const isOff = own === undefined ? rule.holidays.some(one => date.endsWith(one)) : own.length === 0;
    if (usual.length > 0 && isOff) found.push({ kind: 'day-off', date });
  }
  return found;
}
