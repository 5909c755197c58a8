import { createRequire } from 'node:module';
import type ICAL from 'ical.js';
import { oneLine } from '../text/index.ts';

/** The days of an iCalendar file with what they are called, or why there are none. */
export type Holidays =
  | { readonly ok: true; readonly dates: readonly string[]; readonly names: Readonly<Record<string, string>> }
  | { readonly ok: false; readonly why: string };

/** Loaded by the first who has a file, 2 MB that most desks need not hold; a policy is read without waiting. */
const library = (): typeof ICAL => createRequire(import.meta.url)('ical.js');

/** Rules that repeat are followed to the end of this year. */
const LAST_YEAR = 2050;
/** Days of one file at most: a calendar of holidays has some hundred. */
const DAYS = 5_000;
/** Longest name of a day that is kept, in UTF-16 units. */
const NAME = 60;

/**
 * The days (`2026-12-25`) that the events of an iCalendar file (RFC 5545) touch, each in its own time; those that repeat until 2050. Cancelled
 * events do not count. A day is called as the first of its events. Never throws.
 */
export function readHolidays(text: string): Holidays {
  try {
    const { Component, Event, parse } = library();
    const calendar = new Component(parse(text) as unknown[]);
    const dates = new Map<string, string>();
    for (const component of calendar.getAllSubcomponents('vevent')) {
      if (component.getFirstPropertyValue('status') === 'CANCELLED') continue;
      // A single changed occurrence of an event that repeats counts by itself.
      addDays(dates, new Event(component));
      if (dates.size > DAYS) return { ok: false, why: `it has more than ${DAYS} days` };
    }
    if (dates.size === 0) return { ok: false, why: 'it has no events' };
    const names = Object.fromEntries([...dates].filter(([, name]) => name !== ''));
    return { ok: true, dates: [...dates.keys()].sort(), names };
  } catch (error) {
    return { ok: false, why: `it is no iCalendar file (${String(error).split('\n', 1)[0]})` };
  }
}

function addDays(dates: Map<string, string>, event: ICAL.Event): void {
  const name = oneLine(event.summary ?? '', NAME);
  const lengthS = Math.max(1, event.duration.toSeconds());
  for (const start of startsOf(event)) {
    const last = start.clone();
    last.addDuration(library().Duration.fromSeconds(lengthS - 1));
    const day = Date.UTC(start.year, start.month - 1, start.day);
    const end = Date.UTC(last.year, last.month - 1, last.day);
    for (let at = day; at <= end && dates.size <= DAYS; at += 86_400_000) {
      const date = new Date(at).toISOString().slice(0, 10);
      dates.set(date, dates.get(date) || name);
    }
  }
}

function* startsOf(event: ICAL.Event): Generator<ICAL.Time> {
  if (!event.isRecurring()) {
    yield event.startDate;
    return;
  }
  const iterator = event.iterator();
  let count = 0;
  for (
    let next: ICAL.Time | undefined = iterator.next();
    next !== undefined && next !== null && next.year <= LAST_YEAR && count <= DAYS;
    next = iterator.next(), count++
  )
    yield next;
}
