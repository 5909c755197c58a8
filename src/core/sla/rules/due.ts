import type { PromiseRule } from '../model.ts';
import type { Calendar } from './calendar.ts';

/** A stretch in which the clock stood, in ms of the epoch; `to` is null while it does. */
export type Pause = readonly [from: number, to: number | null];

/** When so much open time has passed since `from`, without the pauses; null while the clock stands. */
export function dueOf(
  calendar: Calendar,
  from: number,
  given: number,
  pauses: readonly Pause[],
): number | null {
  let due = calendar.after(from, given);
  for (const [begin, end] of pauses) {
    if (end !== null && end <= from) continue;
    const stopped = Math.max(begin, from);
    if (stopped >= due) break;
    if (end === null) return null;
    due = calendar.after(end, calendar.between(stopped, due));
  }
  return due;
}

/** Ms of open time after which a promise is missed. */
export function givenMs({ within, latest }: PromiseRule): number {
  return (latest ?? within) * 1000;
}
