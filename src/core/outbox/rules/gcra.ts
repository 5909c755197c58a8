import type { Rate } from '../../channel/model.ts';

/**
 * The generic cell rate algorithm: a steady rate with a burst on top, in one number, the theoretical arrival time (ms since
 * the epoch) of the next cell. See ITU-T I.371; 0 is a fresh start.
 */
export interface Gcra {
  /** When the next one may go, in ms since the epoch; `now` or earlier means at once. */
  freeAt(tat: number): number;
  /** The state after one has gone at `now`. */
  after(tat: number, now: number): number;
}

/** A limiter for the rate. `perSecond` > 0, `burst` ≥ 1. */
export function gcra(rate: Rate): Gcra {
  const interval = 1000 / rate.perSecond;
  const tolerance = interval * (rate.burst - 1);
  return {
    freeAt: tat => tat - tolerance,
    after: (tat, now) => Math.max(tat, now) + interval,
  };
}

/** How many may go at once at `now`. */
export function roomAt(rate: Rate, tat: number, now: number): number {
  const interval = 1000 / rate.perSecond;
  const used = Math.max(0, tat - now) / interval;
  return Math.max(0, Math.floor(rate.burst - used + 1e-9));
}
