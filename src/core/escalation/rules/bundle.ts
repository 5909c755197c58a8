/** When many tickets want the same person at once: pure. */

/** Calls to one person in `SPAN_MS` that are each about one ticket; what is more comes together. */
export const SINGLE_CALLS = 3;
/** What counts as one moment, in ms. */
export const SPAN_MS = 120_000;
/** Least time between a call and one about many, in ms. */
export const BUNDLE_EVERY_MS = 60_000;

/** How those who wait are called: each by itself, all together, or later. */
export type Calling = { readonly do: 'each' | 'together' } | { readonly do: 'later'; readonly at: Date };

/**
 * A person who was called a few times lately is called about the rest together, once a minute: ten thousand tickets are one message.
 *
 * @param waiting tickets that a call is due for
 * @param calls when the person was called last, newest first
 */
export function howToCall(waiting: number, calls: readonly Date[], now: Date): Calling {
  const lately = calls.filter(at => now.getTime() - at.getTime() < SPAN_MS);
  if (waiting + lately.length <= SINGLE_CALLS) return { do: 'each' };
  const last = lately[0];
  const free = last === undefined ? now : new Date(last.getTime() + BUNDLE_EVERY_MS);
  return free > now ? { do: 'later', at: free } : { do: 'together' };
}
