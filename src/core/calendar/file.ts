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
  /** The reader wants it to name a METHOD. */
  readonly invites?: true;
  /** Whose the entries are. */
  readonly organizer?: Organizer;
  readonly entries: readonly (Omit<CalendarEntry, 'from' | 'to' | 'at'> & {
    readonly from: string;
    readonly to: string;
    readonly at: string;
  })[];
}

/** Whose entries are: a name in plain text, and a mail address. */
export interface Organizer {
  readonly name: string;
  readonly email: string;
}

/** What a calendar is called, and what made it. */
export interface CalendarLook {
  readonly name: string;
  readonly product: string;
  /** How often programs look again, in seconds; absent: it is no feed. */
  readonly ttl?: number;
  readonly method?: Method;
  readonly organizer?: Organizer;
}

type Method = 'PUBLISH' | 'CANCEL';

/**
 * The file of a calendar that goes with a message. It names no METHOD, as MAINTNOTE wants it (§3.4.1): it is something to keep. Where its reader asks for one,
 * it is `PUBLISH`, to which nobody answers, or `CANCEL` where nothing else is in it (RFC 5546 §3.2).
 */
export async function sheetFile(
  sheet: CalendarSheet,
  now: Date,
): Promise<{ readonly type: string; readonly text: string }> {
  const method = methodOf(sheet);
  const { name, organizer } = sheet;
  const look = { name, product: 'notice', ...(method && { method }), ...(organizer && { organizer }) };
  // The type says the same as the file (RFC 6047 §2.4).
  const type = method === undefined ? 'text/calendar' : `text/calendar; charset=utf-8; method=${method}`;
  return { type, text: await calendarFile(look, entriesOf(sheet), now) };
}

function methodOf({ invites, entries }: CalendarSheet): Method | undefined {
  if (invites === undefined) return undefined;
  return entries.every(({ state }) => state === 'cancelled') ? 'CANCEL' : 'PUBLISH';
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
  { name, product, ttl, method, organizer }: CalendarLook,
  entries: readonly CalendarEntry[],
  now: Date,
): Promise<string> {
  const { default: ical, ICalCalendarMethod, ICalEventStatus } = await import('ical-generator'); // most desks are never asked
  const states = {
    tentative: ICalEventStatus.TENTATIVE,
    confirmed: ICalEventStatus.CONFIRMED,
    cancelled: ICalEventStatus.CANCELLED,
  };
  const calendar = ical({
    name,
    prodId: { company: 'switchdesk', product },
    ...(ttl !== undefined && { ttl }),
    ...(method !== undefined && { method: ICalCalendarMethod[method] }),
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
      ...(organizer !== undefined && { organizer }),
    });
    event.x(fields.map(([key, value]) => ({ key, value })));
  }
  return calendar.toString();
}
