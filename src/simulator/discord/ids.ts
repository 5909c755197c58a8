import type { SimClock } from '../model.ts';

/** Milliseconds of Discord's epoch, the first second of 2015 (reference: snowflakes). */
const EPOCH_MS = 1_420_070_400_000;

/** Hands out snowflakes: the clock in the upper bits, a counter in the lower 22, always ascending. */
export class Snowflakes {
  readonly #clock: SimClock;
  #last = 0;
  #counter = 0;

  constructor(clock: SimClock) {
    this.#clock = clock;
  }

  next(): string {
    this.#last = Math.max(this.#last, Math.floor(this.#clock.now()));
    this.#counter += 1;
    return ((BigInt(this.#last - EPOCH_MS) << 22n) | BigInt(this.#counter & 0x3f_ff_ff)).toString();
  }
}

/** True when the text has the form of a snowflake. */
export function isSnowflake(value: unknown): value is string {
  return typeof value === 'string' && /^\d{15,21}$/.test(value);
}

/** Milliseconds since the epoch to the form Discord writes, for example `2026-01-05T00:49:57.143000+00:00`. */
export function stamp(ms: number): string {
  return new Date(ms).toISOString().replace('Z', '000+00:00');
}
