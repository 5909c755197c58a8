/** The ways to reach support, as the policy promises them and as they were kept. `notices` goes the other way round: the desk writes. */
export const reachWays = ['ticket', 'chat', 'mail', 'notices'] as const;
/** A way to reach support, or to be reached. */
export type ReachWay = (typeof reachWays)[number];

/** Whether somebody is there at a moment. */
export interface Opened {
  readonly isOpen: boolean;
  /** Until when that stays so; undefined: without end. */
  readonly until: Date | undefined;
}

/** By when a person answers, for those it is promised to. */
export interface FirstReply {
  /** Ids; undefined: whatever the department, or the priority. */
  readonly departments: readonly string[] | undefined;
  readonly priorities: readonly string[] | undefined;
  /** Seconds of open time. */
  readonly within: number;
  readonly latest: number | undefined;
  /** Around the clock. */
  readonly always: boolean;
  readonly opened: Opened;
}

/** What one way promises. */
export interface WayFacts {
  readonly way: ReachWay;
  /** Seconds in which the desk itself confirms; undefined where nothing is promised. */
  readonly acknowledged: number | undefined;
  readonly replies: readonly FirstReply[];
}

/** How long first replies took, in ms, over the days that were looked at; half of them, and nine of ten, no longer. */
export interface Measured {
  readonly count: number;
  readonly half: number;
  readonly most: number;
}

/** A way in words, as plain text of one line each. */
export interface WayView {
  readonly way: ReachWay;
  readonly name: string;
  readonly purpose: string;
  /** Where it is: a command, an address. */
  readonly where: string;
  /** Where it is, as a link; absent where there is none. */
  readonly link?: string;
  readonly promised: readonly string[];
  /** Absent where nothing is measured. */
  readonly measured?: string;
  /** Absent for what is never closed because nobody is asked. */
  readonly opened?: { readonly isOpen: boolean; readonly words: string };
}

/** All ways in words, in one language. */
export interface ReachView {
  readonly locale: string;
  readonly title: string;
  readonly ways: readonly WayView[];
  /** Who works when. */
  readonly people: readonly { readonly name: string; readonly isOpen: boolean; readonly words: string }[];
}

/** What stands around them on a page. */
export interface ReachLabels {
  readonly ways: string;
  readonly people: string;
  readonly zone: string;
  readonly languages: string;
  readonly purpose: string;
  readonly where: string;
  readonly promised: string;
  readonly measured: string;
  readonly now: string;
  readonly status: string;
  readonly own: string;
}
