/** One entry of a calendar. All words are plain text. */
export interface CalendarEntry {
  /** Unique in the calendar, and the same whenever it is made. */
  readonly id: string;
  readonly title: string;
  readonly from: Date;
  readonly to: Date;
  readonly text?: string;
  readonly url?: string;
  /** Grows with each change (RFC 5545 §3.8.7.4): programs ignore what is older than what they have. */
  readonly sequence?: number;
  readonly state?: 'tentative' | 'confirmed' | 'cancelled';
  /** When it was said; the time of making when absent. */
  readonly at?: Date;
}

/** What a calendar is called, and what made it. */
export interface CalendarLook {
  readonly name: string;
  readonly product: string;
  /** How often programs look again, in seconds. */
  readonly ttl: number;
}

/** An iCalendar (RFC 5545) with these entries, all in UTC. */
export async function calendarFile(
  { name, product, ttl }: CalendarLook,
  entries: readonly CalendarEntry[],
  now: Date,
): Promise<string> {
  const { default: ical, ICalEventStatus } = await import('ical-generator'); // most desks are never asked
  const states = {
    tentative: ICalEventStatus.TENTATIVE,
    confirmed: ICalEventStatus.CONFIRMED,
    cancelled: ICalEventStatus.CANCELLED,
  };
  const calendar = ical({ name, prodId: { company: 'switchdesk', product }, ttl });
  for (const { id, title, from, to, text, url, sequence, state, at } of entries)
    calendar.createEvent({
      id: `${id}@switchdesk`,
      summary: title,
      start: from,
      end: to,
      stamp: at ?? now,
      ...(text !== undefined && { description: text }),
      ...(url !== undefined && { url }),
      ...(sequence !== undefined && { sequence }),
      ...(state !== undefined && { status: states[state] }),
    });
  return calendar.toString();
}
