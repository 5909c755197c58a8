import type { CalendarEntry, CalendarSheet } from '../../calendar/index.ts';
import type { Impact, NoticeContent, NoticeKind, NoticeState, NoticeWindow } from '../model.ts';
import { worstImpact } from './impact.ts';
import { type Numbered, numbersIn } from './numbers.ts';
import { isSaidTo } from './own.ts';
import { isToCome } from './parts.ts';

/** What a revision says to a contact: `objects` are the places in the list of those that concern them. */
export interface Said extends Numbered {
  readonly content: NoticeContent;
  readonly objects: readonly number[];
}

/** What a contact is told, as far as a calendar holds it. */
export interface Planned extends Said {
  readonly id: number;
  readonly kind: NoticeKind;
  readonly stage: string;
  readonly state: NoticeState;
  readonly revision: number;
  /** When staff said that it is done; null for what nobody has said that of. */
  readonly resolvedAt: Date | null;
  /** What they may have been told before, the newest first. */
  readonly before: readonly Said[];
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
const CHANGES: ReadonlySet<string> = new Set([
  'announce',
  'update',
  'reschedule',
  'cancel',
  'resolve',
  'withdrawn',
]);

/** Whether a stage changes what a calendar shows. */
export function isForCalendar(stage: string): boolean {
  return CHANGES.has(stage);
}

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
 * Planned work and changes for the calendar of whoever is told of them, with the fields of MAINTNOTE: each window is one event for good, by its number, whose
 * SEQUENCE is the revision. One that was theirs and is not any more is there as cancelled, so that it vanishes where it was taken in; so is what was
 * still to come when staff said that it is done. Undefined for what changes no calendar.
 */
export function sheetOf(planned: Planned, now: Date): CalendarSheet | undefined {
  const { id, kind, stage, before, title, resolvedAt } = planned;
  if (kind === 'outage' || !isForCalendar(stage)) return undefined;
  const held = stage === 'withdrawn' ? [] : windowsOf(planned, planned);
  const numbers = new Set(held.map(({ number }) => number));
  const dropped = before
    .flatMap(said => windowsOf(planned, said))
    .filter(({ number }) => !numbers.has(number) && numbers.add(number));
  const isOff = (one: NoticeWindow): boolean =>
    stage === 'cancel' || (resolvedAt !== null && isToCome(one, resolvedAt));
  const all = [
    ...held.map(one => entryOf(planned, one, isOff(one), now)),
    ...dropped.map(one => entryOf(planned, one, true, now)),
  ];
  const entries = stage === 'resolve' ? all.filter(({ state }) => state === 'cancelled') : all;
  return entries.length === 0 ? undefined : { file: `N-${id}`, name: title, entries };
}

/** The windows that are the contact's, with their numbers. */
function windowsOf(
  { account }: Planned,
  said: Said,
): readonly (NoticeWindow & { readonly number: number })[] {
  const numbers = numbersIn(said);
  return said.content.windows.flatMap((window, index) =>
    isSaidTo(said.content, index, { account, objects: said.objects })
      ? [{ ...window, number: numbers[index] ?? index }]
      : [],
  );
}

/** How an event of a notice stands, as calendars know it. */
export function calendarState(kind: NoticeKind, state: NoticeState): NonNullable<CalendarEntry['state']> {
  if (state === 'cancelled') return 'cancelled';
  return kind === 'maintenance' && state === 'planned' ? 'tentative' : 'confirmed';
}

function entryOf(
  planned: Planned,
  { from, to, number }: NoticeWindow & { readonly number: number },
  isOff: boolean,
  now: Date,
) {
  const { id, kind, state, revision, title, text } = planned;
  const stands = isOff ? 'cancelled' : calendarState(kind, state);
  return {
    id: `N-${id}-${number}`,
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
