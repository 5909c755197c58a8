import { Temporal } from 'temporal-polyfill';

/** What somebody asked for with `take`: for which rotation, when, and who stands in; undefined: who asks. */
export interface StandInAsked {
  readonly oncall: string;
  readonly from: Date;
  readonly to: Date;
  readonly person: string | undefined;
}

const ASKED =
  /^(\S{1,20})(?:\s+(\d{4}-\d{2}-\d{2})(?:\s+(\d{1,2}:\d{2}))?)?\s+([1-9]\d{0,2})([hdw])(?:\s+(\S{1,40}))?$/;
/** Longest time that somebody stands in for, in days. */
const LONGEST_DAYS = 92;

/**
 * Reads `night 8h`, `night 2026-12-24 18:00 12h`, `night 2d cleo`. A time is one on the wall of the rotation's zone; days and weeks end at the
 * same time of the day, whatever the clocks do. Undefined for what is none, or is over, or lasts longer than a quarter of a year.
 */
export function readStandIn(
  text: string,
  zoneOf: (oncall: string) => string | undefined,
  now: Date,
): StandInAsked | undefined {
  const [, oncall = '', date, time, count, unit, person] = ASKED.exec(text.trim()) ?? [];
  const zone = zoneOf(oncall);
  if (zone === undefined) return undefined;
  const from = date === undefined ? zoned(now, zone) : readWall(date, time ?? '00:00', zone);
  const to = from?.add(
    unit === 'h' ? { hours: Number(count) } : { days: Number(count) * (unit === 'w' ? 7 : 1) },
  );
  if (from === undefined || to === undefined) return undefined;
  if (to.epochMilliseconds <= now.getTime()) return undefined;
  if (from.until(to, { largestUnit: 'days' }).days > LONGEST_DAYS) return undefined;
  return { oncall, from: new Date(from.epochMilliseconds), to: new Date(to.epochMilliseconds), person };
}

const zoned = (at: Date, zone: string): Temporal.ZonedDateTime =>
  Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(zone);

function readWall(date: string, time: string, zone: string): Temporal.ZonedDateTime | undefined {
  try {
    return Temporal.PlainDateTime.from(`${date}T${time.padStart(5, '0')}`, {
      overflow: 'reject',
    }).toZonedDateTime(zone);
  } catch {
    return undefined;
  }
}
