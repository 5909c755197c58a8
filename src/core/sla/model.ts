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
    };
