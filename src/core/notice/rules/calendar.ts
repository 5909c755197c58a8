import type { CalendarSheet } from '../../calendar/index.ts';
import {
  type Impact,
  impacts,
  type NoticeContent,
  type NoticeKind,
  type NoticeState,
  type NoticeWindow,
} from '../model.ts';

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

/**
 * Planned work and changes for the calendar of whoever is told of them, with the fields of MAINTNOTE: each window is one event for good, whose SEQUENCE is
 * the revision. A window that is no more is there as cancelled, so that it vanishes where it was taken in. Undefined for what changes no calendar.
 */
export function sheetOf(planned: Planned, now: Date): CalendarSheet | undefined {
  const { id, kind, stage, content, before, title } = planned;
  if (kind === 'outage' || !CHANGES.has(stage)) return undefined;
  const dropped = (before?.windows ?? []).slice(content.windows.length);
  const entries = [...content.windows, ...dropped].flatMap((window, index) =>
    concerns(planned, index) ? [entryOf(planned, window, index, now)] : [],
  );
  return entries.length === 0 ? undefined : { file: `N-${id}`, name: title, entries };
}

function concerns({ stage, content: { objects, windows }, objects: mine }: Planned, index: number): boolean {
  if (stage === 'withdrawn' || index >= windows.length || mine.length === 0) return true;
  return mine.some(object => objects[object]?.windows?.includes(index) ?? true);
}

function entryOf(planned: Planned, { from, to }: NoticeWindow, index: number, now: Date) {
  const { id, kind, stage, state, revision, content, title, text } = planned;
  const isOff = stage === 'cancel' || stage === 'withdrawn' || index >= content.windows.length;
  const isTentative = kind === 'maintenance' && state === 'planned';
  const status = isOff ? 'cancelled' : isTentative ? 'tentative' : 'confirmed';
  return {
    id: `N-${id}-${index}`,
    title,
    from,
    to,
    at: now.toISOString(),
    sequence: revision,
    state: status,
    ...(text !== undefined && { text }),
    fields: kind === 'maintenance' ? fieldsOf(planned, status.toUpperCase()) : [],
  } as const;
}

function fieldsOf(
  { id, content, objects, services, provider, account }: Planned,
  status: string,
): readonly (readonly [string, string])[] {
  const felt = objects.flatMap(object => content.objects[object]?.impact ?? []);
  const all = felt.length > 0 ? felt : content.objects.map(({ impact }) => impact);
  const worst = impacts.findLast(one => all.includes(one));
  return [
    ['X-MAINTNOTE-PROVIDER', provider],
    ['X-MAINTNOTE-ACCOUNT', account],
    ['X-MAINTNOTE-MAINTENANCE-ID', `N-${id}`],
    ...services.map(service => ['X-MAINTNOTE-OBJECT-ID', service] as const),
    ...(worst === undefined ? [] : [['X-MAINTNOTE-IMPACT', IMPACTS[worst]] as const]),
    ['X-MAINTNOTE-STATUS', status],
  ];
}
