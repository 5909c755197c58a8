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
  /** Properties of an extension: names, which begin with `X-` and may come again, with their values. */
  readonly fields?: readonly (readonly [name: string, value: string])[];
}

/** A calendar that goes with a message, as it is kept until it is sent: times as ISO 8601 in UTC. */
export interface CalendarSheet {
  /** The name of the file, without its ending. */
  readonly file: string;
  /** Plain text. */
  readonly name: string;
  readonly entries: readonly (Omit<CalendarEntry, 'from' | 'to' | 'at'> & {
    readonly from: string;
    readonly to: string;
    readonly at: string;
  })[];
}

/** What a calendar is called, and what made it. */
export interface CalendarLook {
  readonly name: string;
  readonly product: string;
  /** How often programs look again, in seconds; absent: it is no feed. */
  readonly ttl?: number;
}

/** The file of a calendar that goes with a message. It names no METHOD: it is something to keep, and asks for no answer. */
export function sheetFile(sheet: CalendarSheet, now: Date): Promise<string> {
  return calendarFile({ name: sheet.name, product: 'notice' }, entriesOf(sheet), now);
}

/** The entries of a sheet; none of none. */
export function entriesOf(sheet: CalendarSheet | undefined): CalendarEntry[] {
  return (sheet?.entries ?? []).map(({ from, to, at, ...entry }) => ({
    ...entry,
    from: new Date(from),
    to: new Date(to),
    at: new Date(at),
  }));
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
  const calendar = ical({
    name,
    prodId: { company: 'switchdesk', product },
    ...(ttl !== undefined && { ttl }),
  });
  for (const { id, title, from, to, text, url, sequence, state, at, fields = [] } of entries) {
    const event = calendar.createEvent({
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
    event.x(fields.map(([key, value]) => ({ key, value })));
  }
  return calendar.toString();
}
