import { Temporal } from 'temporal-polyfill';

/** How far a zone is from UTC at a moment: 'UTC+1', 'UTC−3:30', 'UTC'. */
export function offsetAt(at: Date, zone: string): string {
  const { offsetNanoseconds } = zoned(at, zone);
  const minutes = Math.round(offsetNanoseconds / 60_000_000_000);
  if (minutes === 0) return 'UTC';
  const [hours, rest] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60];
  const tail = rest === 0 ? '' : `:${String(rest).padStart(2, '0')}`;
  return `UTC${minutes < 0 ? '−' : '+'}${hours}${tail}`;
}

/** The clocks of a zone change between now and the end of a window: how far from UTC they are before and after that. */
export interface ClockChange {
  readonly at: Date;
  readonly before: string;
  readonly after: string;
  /** Within the window itself. */
  readonly within: boolean;
}

/** The last change of the clocks that lies between now and the end of the window, so that nobody counts on the wrong hour; undefined when none does. */
export function clockChange(now: Date, from: Date, to: Date, zone: string): ClockChange | undefined {
  let found: ClockChange | undefined;
  let here = zoned(now, zone);
  const [first, start] = [offsetAt(now, zone), from.getTime()];
  for (;;) {
    const next = here.getTimeZoneTransition('next');
    if (next === null || next.epochMilliseconds >= to.getTime()) break;
    const at = new Date(next.epochMilliseconds);
    const within = next.epochMilliseconds > start;
    found = { at, before: within ? offsetAt(from, zone) : first, after: offsetAt(at, zone), within };
    if (within) break;
    here = next;
  }
  // There and back again before it begins: the hour on the wall is as it is now.
  return found === undefined || found.before === found.after ? undefined : found;
}

function zoned(at: Date, zone: string): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(zone);
}
