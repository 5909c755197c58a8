import type { ClockState } from '../faults/clock.ts';

/** What the bench says to the desk's process. */
export type ToDesk =
  | { readonly what: 'clock'; readonly state: ClockState }
  /** What do you hold now? With `leakMb` it holds so much more from then on. */
  | { readonly what: 'memory'; readonly leakMb: number };

/** What the desk held at the end of a day, MB. */
export interface Held {
  /** Alive after a collection: the heap, and what lies outside of it. */
  readonly live: number;
  readonly rss: number;
}
