/** An hour of the week, with how much came in it. */
export interface BusyHour {
  /** 0 is Monday. */
  readonly day: number;
  readonly hour: number;
  readonly count: number;
}

/** Hours that are named. */
const NAMED = 3;

/** The busiest hours, the busiest first; none in which nothing came. */
export function busiestOf(hours: readonly (readonly number[])[]): BusyHour[] {
  return hours
    .flatMap((row, day) => row.map((count, hour) => ({ day, hour, count })))
    .filter(({ count }) => count > 0)
    .toSorted((a, b) => b.count - a.count || a.day - b.day || a.hour - b.hour)
    .slice(0, NAMED);
}
