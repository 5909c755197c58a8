import { Temporal } from 'temporal-polyfill';
import type { Week } from '../model.ts';
import { lastWeek } from './week.ts';

/** A report that could not be posted on Monday is still posted until this much later, in ms: on Thursday nobody waits for it any more. */
export const LATE_MS = 3 * 86_400_000;

/** What is to be reported now, if anything, and when to look again. */
export interface ReportDue {
  readonly week: Week | undefined;
  readonly nextAt: Date;
}

/**
 * Whether the last whole week is to be reported.
 *
 * @param minutes of Monday, as the wall of the zone shows them
 */
export function reportDue(now: Date, zone: string, minutes: number): ReportDue {
  const week = lastWeek(now, zone);
  const due = mondayAt(week.to, zone, minutes);
  if (now < due) return { week: undefined, nextAt: due };
  const isLate = now.getTime() >= due.getTime() + LATE_MS;
  return { week: isLate ? undefined : week, nextAt: nextMonday(week.to, zone, minutes) };
}

function mondayAt(monday: Date, zone: string, minutes: number): Date {
  const time = new Temporal.PlainTime(Math.floor(minutes / 60), minutes % 60);
  return new Date(
    dateOf(monday, zone).toZonedDateTime({ timeZone: zone, plainTime: time }).epochMilliseconds,
  );
}

function nextMonday(monday: Date, zone: string, minutes: number): Date {
  const next = dateOf(monday, zone).add({ days: 7 }).toZonedDateTime(zone);
  return mondayAt(new Date(next.epochMilliseconds), zone, minutes);
}

function dateOf(at: Date, zone: string): Temporal.PlainDate {
  return Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(zone).toPlainDate();
}
