import { Temporal } from 'temporal-polyfill';
import type { Kept, PromiseFact, Quarter, Replies, Wait, WeekFacts, WeekFigures } from '../model.ts';

/** Longest waits that a report names. */
const NAMED = 5;

/** What people promise; the desk's own acknowledgement is not an achievement of theirs. */
export const HUMAN_TARGETS: readonly string[] = [
  'first-reply',
  'next-reply',
  'update',
  'answer',
  'resolution',
];
/** While one of these lasts, a customer waits for a person's words. */
const AWAITED: readonly string[] = ['first-reply', 'next-reply'];

/** The numbers of a week. Depends on its argument only. */
export function figuresOf(facts: WeekFacts): WeekFigures {
  const { week, promises, now } = facts;
  const isIn = (at: Date | null): boolean => at !== null && at >= week.from && at < week.to;
  const first = promises.filter(one => one.target === 'first-reply' && isIn(one.startedAt));
  const answered = first.filter(one => one.state !== 'void' && one.endedAt !== null);
  const decided = promises.filter(
    one => HUMAN_TARGETS.includes(one.target) && isIn(decidedAt(one)) && one.state !== 'void',
  );
  const by = <T>(list: readonly PromiseFact[], count: (some: readonly PromiseFact[]) => T) =>
    new Map([...Map.groupBy(list, one => one.department)].map(([key, some]) => [key, count(some)]));
  return {
    opened: facts.opened,
    critical: facts.critical,
    closed: facts.closed,
    ratings: facts.ratings,
    unanswered: first.filter(one => one.state !== 'void' && one.endedAt === null).length,
    replies: answered.length === 0 ? undefined : repliesOf(answered),
    repliesBy: by(answered, repliesOf),
    kept: keptOf(decided),
    keptBy: by(decided, keptOf),
    hours: hoursOf(facts.quarters, facts.zone),
    longest: longestOf(promises, week.to < now ? { ...week, now } : { ...week, to: now, now }),
  };
}

/** When it was certain whether a promise is kept: a miss counts when it happens, and stays one. */
function decidedAt({ state, missedAt, endedAt }: PromiseFact): Date | null {
  return state === 'missed' ? missedAt : state === 'met' ? endedAt : null;
}

function keptOf(decided: readonly PromiseFact[]): Kept {
  const missed = decided.filter(one => one.state === 'missed').length;
  return { met: decided.length - missed, missed };
}

/** How long the promise lasted until then, without its pauses, in ms. */
function lasted({ startedAt, paused }: PromiseFact, until: Date): number {
  const from = startedAt.getTime();
  const to = until.getTime();
  const stood = paused.map(([a, b]) => {
    const end = b === null ? to : Math.min(to, b * 1000);
    return Math.max(0, end - Math.max(from, a * 1000));
  });
  return Math.max(0, to - from - stood.reduce((sum, one) => sum + one, 0));
}

function repliesOf(answered: readonly PromiseFact[]): Replies {
  const times = answered.map(one => lasted(one, one.endedAt ?? one.startedAt)).toSorted((a, b) => a - b);
  return {
    count: times.length,
    p50: percentile(times, 50),
    p90: percentile(times, 90),
    p95: percentile(times, 95),
  };
}

/** The smallest of the sorted values that so many of a hundred do not exceed (nearest rank): always one that happened. */
export function percentile(sorted: readonly number[], share: number): number {
  return sorted[Math.max(0, Math.ceil((sorted.length * share) / 100) - 1)] ?? 0;
}

/** By what the wall shows: an hour that the clocks go through twice has both, one that they jump over has none. */
function hoursOf(quarters: readonly Quarter[], zone: string): number[][] {
  const hours = Array.from({ length: 7 }, () => Array.from({ length: 24 }, () => 0));
  for (const { second, count } of quarters) {
    const here = Temporal.Instant.fromEpochMilliseconds(second * 1000).toZonedDateTimeISO(zone);
    const day = hours[here.dayOfWeek - 1];
    if (day !== undefined) day[here.hour] = (day[here.hour] ?? 0) + count;
  }
  return hours;
}

/** Waits that lasted into the week, or through it. */
function longestOf(
  promises: readonly PromiseFact[],
  { from, to, now }: { readonly from: Date; readonly to: Date; readonly now: Date },
): Wait[] {
  const waits = promises
    .filter(one => AWAITED.includes(one.target) && one.state !== 'void')
    .filter(one => one.startedAt < to && (one.endedAt === null || one.endedAt >= from))
    .map(one => ({
      ticketId: one.ticketId,
      waitedMs: lasted(one, one.endedAt ?? now),
      isOver: one.endedAt !== null,
    }))
    .toSorted((a, b) => b.waitedMs - a.waitedMs || a.ticketId - b.ticketId);
  const seen = new Set<number>();
  const once = waits.filter(({ ticketId }) => !seen.has(ticketId) && seen.add(ticketId));
  return once.slice(0, NAMED);
}
