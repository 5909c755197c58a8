/**
 * What can be promised on a ticket. `acknowledgement`: the desk's own first words; `first-reply` and `next-reply`: a person's public answer;
 * `update`: word from a person while a critical ticket lasts; `answer`: one that was promised when the customer asked for it sooner;
 * `resolution`: solved or closed.
 */
export const promiseTargets = [
  'acknowledgement',
  'first-reply',
  'next-reply',
  'update',
  'answer',
  'resolution',
] as const;
/** Something that can be promised on a ticket. */
export type PromiseTarget = (typeof promiseTargets)[number];

/** Open time of a day: from and to in seconds since its midnight as the wall clock counts. `to` is above 86,400 when it ends on the next day. */
export type OpenHours = readonly [from: number, to: number];

/** When somebody works, as plain data. A clock time is what the wall in the zone shows: so is a day. */
export type CalendarRule =
  | { readonly always: true }
  | {
      readonly always: false;
      /** IANA. */
      readonly zone: string;
      /** Monday first, seven. Hours belong to the day on which they begin. */
      readonly week: readonly (readonly OpenHours[])[];
      /** Days with other hours than their weekday: `2026-12-31`. They go before holidays. */
      readonly dates: Readonly<Record<string, readonly OpenHours[]>>;
      /** Closed days: `2026-04-06`, or `12-25` for every year. */
      readonly holidays: readonly string[];
      /** What days of either are called; absent where none is named. Keys as in `dates` and `holidays`. */
      readonly names?: Readonly<Record<string, DayName>>;
    };

/** What a day is called: in one language, or by language. */
export type DayName = string | Readonly<Record<string, string>>;

/** The ways to reach support that promises may differ by. */
export const ways = ['ticket', 'chat', 'mail'] as const;
/** A way to reach support. */
export type Way = (typeof ways)[number];

/** What is promised to whom: a condition that is absent fits all. */
export interface PromiseRule {
  readonly department?: string | undefined;
  readonly priority?: string | undefined;
  readonly way?: Way | undefined;
  /** Of the account. */
  readonly tier?: string | undefined;
  /** Seconds of open time: what the customer is told. */
  readonly within: number;
  /** Seconds of open time after which it is missed; `within` when absent. */
  readonly latest?: number | undefined;
  /** The name of a calendar; 24/7 when absent. */
  readonly calendar?: string | undefined;
  /** Shares of the time, in percent, at which the promise is at risk. */
  readonly at_risk?: readonly number[] | undefined;
}

/** All that decides when something is due, as plain data: kept with every promise that was made under it. */
export interface Terms {
  readonly calendars: Readonly<Record<string, CalendarRule>>;
  /** For each target the first rule that fits counts; without one nothing is promised. */
  readonly promises: Readonly<Record<PromiseTarget, readonly PromiseRule[]>>;
  /** Percent, for rules that say nothing else. */
  readonly atRisk: readonly number[];
  /** Targets whose clock stands while the ticket waits for the customer. */
  readonly paused: readonly PromiseTarget[];
}
