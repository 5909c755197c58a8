/** What a notice is about: planned work, a change of what is offered, or something that is broken. */
export const noticeKinds = ['maintenance', 'change', 'outage'] as const;
/** What a notice is about. */
export type NoticeKind = (typeof noticeKinds)[number];

/** Where notices stand; which of them a kind knows, and what leads from one to another, stands in `rules/lifecycle.ts`. */
export const noticeStates = [
  'draft',
  'planned',
  'confirmed',
  'running',
  'extended',
  'done',
  'cancelled',
  'investigating',
  'identified',
  'watching',
  'resolved',
] as const;
/** Where a notice stands. */
export type NoticeState = (typeof noticeStates)[number];

/** What staff do with a notice; each is prepared, shown, and confirmed. */
export const noticeMoves = ['announce', 'update', 'reschedule', 'cancel', 'resolve'] as const;
/** What staff do with a notice. */
export type NoticeMove = (typeof noticeMoves)[number];

/** How much customers will feel, the least first. */
export const impacts = ['none', 'reduced', 'degraded', 'outage'] as const;
/** How much customers will feel. */
export type Impact = (typeof impacts)[number];

/**
 * By what customers are found: `location`, `rack` (`WAW1/R12`, or its name alone for those of that name in all locations), `product` (the kind
 * of a service), `network` (an address or a range), `order` (its number), `service` (its ref), `account` (its ref: what is said of it goes before all that concerns it otherwise), or `all` who have anything.
 */
export const objectTypes = [
  'location',
  'rack',
  'network',
  'product',
  'order',
  'service',
  'account',
  'all',
] as const;
/** By what customers are found. */
export type ObjectType = (typeof objectTypes)[number];

/** Something that a notice is about. */
export interface NoticeObject {
  readonly type: ObjectType;
  /** Empty for `all`. */
  readonly value: string;
  readonly impact: Impact;
  /** The windows, from 0, in which it is worked on; absent: in all of them. */
  readonly windows?: readonly number[] | undefined;
}

/** From when until when, as ISO 8601 in UTC. */
export interface NoticeWindow {
  readonly from: string;
  readonly to: string;
}

/** A text in the languages of the desk: where the reader's is missing, the other is used. Plain text: nothing in it is markup. */
export interface Worded {
  readonly en?: string | undefined;
  readonly pl?: string | undefined;
}

/** All that a revision says. */
export interface NoticeContent {
  /** One line. */
  readonly title: Worded;
  readonly text: Worded;
  readonly objects: readonly NoticeObject[];
  /** In the order of time; of a change the day from which it holds, of an outage none. */
  readonly windows: readonly NoticeWindow[];
  /** When reminders go, in minutes before a window. */
  readonly reminders: readonly number[];
  /** Whether it starts and ends by itself, by the clock. */
  readonly starts: boolean;
  readonly ends: boolean;
}

/** What waits for its confirmation. */
export interface Prepared {
  readonly move: NoticeMove;
  /** Where it leads to. */
  readonly state: NoticeState;
  readonly content: NoticeContent;
}

/** By the clock it is over: for everybody, or for the accounts whose own windows end with that one. */
export type FinishStage = 'finish' | `finish:${number}`;

/**
 * What a contact is told of within a revision: what was confirmed, `withdrawn` (it no longer concerns them), `start:0`, `finish` and `finish:1` (by the
 * clock), `reminder:0:60` (the window, and minutes before it).
 */
export type Stage =
  | NoticeMove
  | 'withdrawn'
  | `start:${number}`
  | FinishStage
  | `reminder:${number}:${number}`;

/** Something that is wrong with what was asked, and where; `code` is the key of the words for it, without `notice-fault-`. */
export interface NoticeFault {
  readonly path: readonly (string | number)[];
  readonly code: NoticeFaultCode;
  readonly args?: Readonly<Record<string, string | number>>;
}

/** What can be wrong with a notice. A closed list. */
export const noticeFaultCodes = [
  'no-title',
  'no-text',
  'no-objects',
  'object-value',
  'object-network',
  'object-nobody',
  'object-window',
  'object-no-window',
  'no-window',
  'one-window',
  'window-backwards',
  'window-past',
  'window-overlaps',
  'move',
  'state',
] as const;
/** What can be wrong with a notice. */
export type NoticeFaultCode = (typeof noticeFaultCodes)[number];

/** A notice as it is kept. */
export interface NoticeRow {
  readonly id: number;
  readonly kind: NoticeKind;
  readonly state: NoticeState;
  readonly revision: number;
  readonly edition: number;
  readonly prepared: Prepared | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}
