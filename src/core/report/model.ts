/** A week on the wall of the desk's zone: from Monday's first moment to before the next Monday's. 168 hours, one less or more when the clocks change. */
export interface Week {
  readonly from: Date;
  readonly to: Date;
  /** As ISO 8601 counts: the week that has the year's first Thursday is its first. */
  readonly year: number;
  readonly number: number;
  /** Its Monday: `2026-11-16`. */
  readonly monday: string;
}

/** A promise as the report needs it. */
export interface PromiseFact {
  readonly ticketId: number;
  readonly department: string;
  readonly target: string;
  readonly startedAt: Date;
  readonly endedAt: Date | null;
  readonly missedAt: Date | null;
  readonly state: 'running' | 'paused' | 'met' | 'missed' | 'void';
  /** While the clock stood: seconds of the epoch; no end while it does. */
  readonly paused: readonly (readonly [number, number | null])[];
}

/** How often customers wrote in a quarter of an hour. */
export interface Quarter {
  /** Its beginning: a multiple of 900 in seconds of the epoch. All zones differ by quarters. */
  readonly second: number;
  readonly count: number;
}

/** What the report of a week is made from: promises that began, ended or were missed in it, or lasted through it. */
export interface WeekFacts {
  readonly week: Week;
  readonly zone: string;
  /** Who waits still has waited until now. */
  readonly now: Date;
  readonly promises: readonly PromiseFact[];
  readonly quarters: readonly Quarter[];
  readonly opened: number;
  readonly critical: number;
  readonly closed: number;
  readonly ratings: Ratings;
}

/** What customers said of how it went, of those who answered in the week. */
export interface Ratings {
  readonly asked: number;
  readonly good: number;
  readonly fair: number;
  readonly bad: number;
  /** The worst first. Untrusted. */
  readonly words: readonly { readonly ticketId: number; readonly answer: string; readonly comment: string }[];
}

/** How long first replies took, in ms: half of them, 90 and 95 of a hundred took no longer. */
export interface Replies {
  readonly count: number;
  readonly p50: number;
  readonly p90: number;
  readonly p95: number;
}

/** Promises that were decided. */
export interface Kept {
  readonly met: number;
  readonly missed: number;
}

/** How long a customer waited for a person, in ms, without the time in which the desk waited for them. */
export interface Wait {
  readonly ticketId: number;
  readonly waitedMs: number;
  readonly isOver: boolean;
}

/** The numbers of a week. */
export interface WeekFigures {
  readonly opened: number;
  readonly critical: number;
  readonly closed: number;
  /** Tickets of the week whose first reply is still awaited. */
  readonly unanswered: number;
  /** Of tickets that were opened in the week; absent where there is none. */
  readonly replies: Replies | undefined;
  readonly repliesBy: ReadonlyMap<string, Replies>;
  readonly kept: Kept;
  readonly keptBy: ReadonlyMap<string, Kept>;
  /** Messages of customers: seven days, Monday first, of 24 hours each, as the wall shows them. */
  readonly hours: readonly (readonly number[])[];
  /** The longest first, each ticket once. */
  readonly longest: readonly Wait[];
  readonly ratings: Ratings;
}

/** What one team has before it. Each open ticket counts once in `late`, `free`, `taken` or `waiting`. */
export interface Load extends Counts {
  /** Who works at the level of these tickets; the department where the policy has no levels. */
  readonly team: { readonly id: string; readonly name: Readonly<Record<string, string>> };
}

/** How many tickets and misses there are. */
export interface Counts {
  readonly late: number;
  readonly free: number;
  readonly taken: number;
  /** For the customer. */
  readonly waiting: number;
  readonly critical: number;
  /** Promises that were missed since midnight, and since Monday, in the desk's zone, by who had the ticket then. */
  readonly missedToday: number;
  readonly missedThisWeek: number;
}
