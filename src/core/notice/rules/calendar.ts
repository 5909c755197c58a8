import type { CalendarEntry, CalendarSheet } from '../../calendar/index.ts';
import type { Impact, NoticeContent, NoticeKind, NoticeState, NoticeWindow } from '../model.ts';
import { isInWindow, worstImpact } from './impact.ts';
import { isTheirs } from './own.ts';

/** What a contact is told, as far as a calendar holds it. */
export interface Planned {
  readonly id: number;
  readonly kind: NoticeKind;
  readonly stage: string;
  readonly state: NoticeState;
  readonly revision: number;
  readonly content: NoticeContent;
  readonly before: NoticeContent | undefined;
  /** Places in the list of objects that concern the contact. */
  readonly objects: readonly number[];
  /** Of the contact's services that it concerns, as they know them. */
  readonly services: readonly string[];
  /** Plain text. */
  readonly title: string;
  readonly text: string | undefined;
  /** The provider, and the contact's account with them. */
  readonly provider: string;
  readonly account: string;
}

/** Stages that change what a calendar shows. A reminder says nothing new, and a calendar reminds by itself. */
const CHANGES: ReadonlySet<string> = new Set(['announce', 'update', 'reschedule', 'cancel', 'withdrawn']);
/** Values of X-MAINTNOTE-IMPACT (https://github.com/jda/maintnote-std/blob/master/standard.md). */
const IMPACTS: Readonly<Record<Impact, string>> = {
  none: 'NO-IMPACT',
  reduced: 'REDUCED-REDUNDANCY',
  degraded: 'DEGRADED',
  outage: 'OUTAGE',
};
/** Values of X-MAINTNOTE-STATUS beyond those that a calendar has itself. */
const STATUSES: Readonly<Partial<Record<NoticeState, string>>> = {
  running: 'IN-PROCESS',
  extended: 'IN-PROCESS',
  done: 'COMPLETED',
};

/**
 * Planned work and changes for the calendar of whoever is told of them, with the fields of MAINTNOTE: each window is one event for good, whose SEQUENCE is
 * the revision. A window that is no more is there as cancelled, so that it vanishes where it was taken in. Undefined for what changes no calendar.
 */
export function sheetOf(planned: Planned, now: Date): CalendarSheet | undefined {
  const { id, kind, stage, content, before, title } = planned;
  if (kind === 'outage' || !CHANGES.has(stage)) return undefined;
  // Whoever it no longer concerns knows of what there was.
  const shown = stage === 'withdrawn' ? (before ?? content) : content;
  const dropped = (before?.windows ?? []).slice(shown.windows.length);
  const entries = [...shown.windows, ...dropped].flatMap((window, index) =>
    concerns(planned, index) ? [entryOf(planned, window, index, now)] : [],
  );
  return entries.length === 0 ? undefined : { file: `N-${id}`, name: title, entries };
}

function concerns({ stage, content, before, objects, account }: Planned, index: number): boolean {
  const isOff = stage === 'withdrawn' || index >= content.windows.length;
  return isOff ? isTheirs(before ?? content, index, account) : isInWindow(content, objects, index);
}

/** How an event of a notice stands, as calendars know it. */
export function calendarState(kind: NoticeKind, state: NoticeState): NonNullable<CalendarEntry['state']> {
  if (state === 'cancelled') return 'cancelled';
  return kind === 'maintenance' && state === 'planned' ? 'tentative' : 'confirmed';
}

function entryOf(planned: Planned, { from, to }: NoticeWindow, index: number, now: Date) {
  const { id, kind, stage, state, revision, content, title, text } = planned;
  const isOff = stage === 'cancel' || stage === 'withdrawn' || index >= content.windows.length;
  const stands = isOff ? 'cancelled' : calendarState(kind, state);
  return {
    id: `N-${id}-${index}`,
    title,
    from,
    to,
    at: now.toISOString(),
    sequence: revision,
    state: stands,
    ...(text !== undefined && { text }),
    fields:
      kind === 'maintenance'
        ? fieldsOf(planned, stands === 'confirmed' ? (STATUSES[state] ?? 'CONFIRMED') : stands.toUpperCase())
        : [],
  } as const;
}

function fieldsOf(
  { id, content, objects, services, provider, account }: Planned,
  status: string,
): readonly (readonly [string, string])[] {
  const worst = worstImpact(content, objects);
  return [
    ['X-MAINTNOTE-PROVIDER', provider],
    ['X-MAINTNOTE-ACCOUNT', account],
    ['X-MAINTNOTE-MAINTENANCE-ID', `N-${id}`],
    ...services.map(service => ['X-MAINTNOTE-OBJECT-ID', service] as const),
    ...(worst === undefined ? [] : [['X-MAINTNOTE-IMPACT', IMPACTS[worst]] as const]),
    ['X-MAINTNOTE-STATUS', status],
  ];
}
