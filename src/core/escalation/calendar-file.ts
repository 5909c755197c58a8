import { plain } from '../text/index.ts';

/** One entry of a calendar. */
export interface CalendarEntry {
  /** Unique in the calendar, and the same whenever it is made. */
  readonly id: string;
  /** Plain text. */
  readonly title: string;
  readonly from: Date;
  readonly to: Date;
}

/** How often calendar programs look again, in seconds. */
const TTL = 3_600;

/** An iCalendar (RFC 5545) with these entries, all in UTC. The title is CommonMark. */
export async function calendarFile(
  title: string,
  entries: readonly CalendarEntry[],
  now: Date,
): Promise<string> {
  const { default: ical } = await import('ical-generator'); // most desks are never asked
  const calendar = ical({
    name: plain(title),
    prodId: { company: 'switchdesk', product: 'on call' },
    ttl: TTL,
  });
  for (const { id, title: summary, from, to } of entries)
    calendar.createEvent({ id: `${id}@switchdesk`, summary, start: from, end: to, stamp: now });
  return calendar.toString();
}
