import { createHash } from 'node:crypto';
import { createRequire } from 'node:module';
import type ICAL from 'ical.js';
import { Temporal } from 'temporal-polyfill';
import type { SupplierWork } from '../../core/index.ts';
import { contentLines } from './content-lines.ts';
import { limits } from './limits.ts';
import { firstOf, type Reading, short } from './reading.ts';

/**
 * Planned work of a supplier as a calendar: iCalendar (RFC 5545) with the fields of MAINTNOTE (https://github.com/jda/maintnote-std/blob/master/standard.md).
 * An event without them is read as far as it goes. An impact that is not known counts as OUTAGE (§3.6.5), an event that is known is only changed by a
 * higher SEQUENCE (§3.7), or by a later DTSTAMP when that is the same. A METHOD of RFC 5546 counts: CANCEL cancels, and what answers an invitation is no work.
 */

/** Loaded by the first calendar that comes: 2 MB. */
const library = (): typeof ICAL => createRequire(import.meta.url)('ical.js');

/** Events of one calendar, and objects of one event. */
const MOST = { events: 100, objects: 100 } as const;
const SEQUENCE = 2_147_483_647;

/** What somebody who was invited says (RFC 5546 §3.2): no work. */
const answers = new Set(['REPLY', 'COUNTER', 'REFRESH', 'DECLINECOUNTER']);
/** What stands for several times, of which a notice made of one would be wrong (RFC 5545 §3.8.4.4, §3.8.5). */
const several = ['rrule', 'rdate', 'recurrence-id'] as const;

/** Whether a body is a calendar. */
export function isCalendar(body: string): boolean {
  return /^\uFEFF?\s*BEGIN:VCALENDAR/i.test(body.slice(0, 200));
}

/** Reads a calendar. Never throws, whatever the body, and takes a bounded time. */
export function readCalendar(body: string): Reading {
  const lines = contentLines(body.replace(/^\uFEFF/, '').trimStart());
  if (!lines.ok) return wrong(lines.why, []);
  try {
    const { Component, parse } = library();
    const calendar = new Component(parse(lines.text) as unknown[]);
    const method = text(calendar, 'method', 40).toUpperCase();
    if (answers.has(method)) return { alerts: [], works: [] };
    const events = calendar.getAllSubcomponents('vevent');
    if (events.length === 0 || events.length > MOST.events)
      return wrong(`a calendar needs 1 to ${MOST.events} events`, []);
    const works = events.map((event, index) => workIn(event, index, method));
    const faults = works.flatMap(one => ('detail' in one ? [one] : []));
    if (faults.length > 0) return wrong('docs/alerts.md says what is expected', faults);
    return { alerts: [], works: works.flatMap(one => ('detail' in one ? [] : [one])) };
  } catch {
    return wrong('it is no whole iCalendar file', []);
  }
}

type Fault = { readonly path: readonly (string | number)[]; readonly detail: string };

function wrong(why: string, faults: readonly Fault[]): Reading {
  return { fault: { status: 400, title: `The calendar cannot be taken: ${why}`, faults } };
}

function workIn(event: ICAL.Component, index: number, method: string): SupplierWork | Fault {
  const at = (name: string, detail: string): Fault => ({ path: ['VEVENT', index, name], detail });
  const uid = text(event, 'uid', 2_000);
  if (uid === '') return at('UID', 'the same text each time something is said of this work');
  const repeats = method === 'ADD' ? 'METHOD' : several.find(name => event.hasProperty(name));
  if (repeats !== undefined)
    return at(repeats.toUpperCase(), 'work at several times is an event with a UID of its own for each');
  const [from, to] = [momentOf(event, 'dtstart'), momentOf(event, 'dtend')];
  if (from === undefined) return at('DTSTART', 'a time in UTC, or with the name of its zone');
  if (to === undefined) return at('DTEND', 'a time in UTC, or with the name of its zone');
  if (to <= from) return at('DTEND', 'after DTSTART');
  const sequence = Number(event.getFirstPropertyValue('sequence') ?? 0);
  if (!Number.isInteger(sequence) || sequence < 0 || sequence > SEQUENCE)
    return at('SEQUENCE', 'a number from 0 on');
  const stampedAt = momentOf(event, 'dtstamp');
  const provider = text(event, 'x-maintnote-provider', 100) || organiser(event);
  return {
    uid: uid.length <= limits.fingerprint ? uid : createHash('sha256').update(uid).digest('hex'),
    sequence,
    ...(stampedAt && { stampedAt }),
    state: stateIn(
      method === 'CANCEL' ? 'CANCELLED' : text(event, 'x-maintnote-status', 40) || text(event, 'status', 40),
    ),
    summary: firstOf(
      text(event, 'summary', limits.summary),
      text(event, 'x-maintnote-maintenance-id', 100),
      uid,
    ),
    provider: provider || 'supplier',
    account: text(event, 'x-maintnote-account', 100),
    from,
    to,
    objects: objectsIn(event),
  };
}

function text(component: ICAL.Component, name: string, most: number): string {
  const value = component.getFirstPropertyValue(name);
  return value === null || value === undefined ? '' : short(String(value), most);
}

function organiser(event: ICAL.Component): string {
  return text(event, 'organizer', 100).replace(/^mailto:/i, '');
}

/** One without a status is announced, so it is meant. A leading blank stands in an example of the standard. */
function stateIn(word: string): SupplierWork['state'] {
  switch (word.trim().toUpperCase()) {
    case 'TENTATIVE':
      return 'tentative';
    case 'CANCELLED':
    case 'CANCELED':
      return 'cancelled';
    case 'IN-PROCESS':
      return 'in-process';
    case 'COMPLETED':
      return 'completed';
    default:
      return 'confirmed';
  }
}

/** Some write the impact beside each object (NTT does); it goes before that of the whole. */
function objectsIn(event: ICAL.Component): SupplierWork['objects'] {
  const whole = text(event, 'x-maintnote-impact', 40);
  return event
    .getAllProperties('x-maintnote-object-id')
    .slice(0, MOST.objects)
    .flatMap(property => {
      const id = short(String(property.getFirstValue() ?? ''), limits.value);
      const own = property.getFirstParameter('x-maintnote-object-impact');
      return id === '' ? [] : [{ id, impact: impactIn(typeof own === 'string' ? own : whole) }];
    });
}

function impactIn(word: string): SupplierWork['objects'][number]['impact'] {
  switch (word.trim().toUpperCase()) {
    case 'NO-IMPACT':
      return 'none';
    case 'REDUCED-REDUNDANCY':
      return 'reduced';
    case 'DEGRADED':
      return 'degraded';
    default:
      return 'outage';
  }
}

/** A time in UTC or in a zone of the tz database; one that says no zone could be any of 24 hours, and one that is jumped over is none. */
function momentOf(event: ICAL.Component, name: string): Date | undefined {
  try {
    const property = event.getFirstProperty(name);
    const time = property?.getFirstValue();
    if (property === null || property === undefined || !(time instanceof library().Time) || time.isDate)
      return undefined;
    const zone = time.zone?.tzid === 'UTC' ? 'UTC' : property.getFirstParameter('tzid');
    if (typeof zone !== 'string' || zone === '') return undefined;
    const { year, month, day, hour, minute, second } = time;
    const wall = Temporal.PlainDateTime.from(
      { year, month, day, hour, minute, second },
      { overflow: 'reject' },
    );
    const at = new Date(wall.toZonedDateTime(zone, { disambiguation: 'reject' }).epochMilliseconds);
    return at.getUTCFullYear() >= 2000 && at.getUTCFullYear() < 2100 ? at : undefined;
  } catch {
    return undefined;
  }
}
