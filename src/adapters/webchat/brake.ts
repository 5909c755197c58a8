import { createHmac, randomBytes } from 'node:crypto';
import { isIPv6 } from 'node:net';

/** How often something may be done: so many at once, then so many a second. */
export interface Pace {
  readonly perSecond: number;
  readonly burst: number;
}

/** Keys that are known at once; beyond them those that may do all again are forgotten first. */
const KEYS = 20_000;

/** Holds everybody to a pace, each by a key of theirs. What is known of a key is forgotten once it may do all again. */
export class Brake {
  readonly #pace: Pace;
  readonly #now: () => Date;
  /** When a key would have nothing left to wait for, in ms of the epoch. */
  readonly #free = new Map<string, number>();

  constructor(pace: Pace, now: () => Date) {
    this.#pace = pace;
    this.#now = now;
  }

  /** Counts one more, or so many. Returns 0, or the ms to wait when that is too many; then nothing is counted. */
  take(key: string, count = 1): number {
    const now = this.#now().getTime();
    const { perSecond, burst } = this.#pace;
    const step = 1000 / perSecond;
    const free = Math.max(this.#free.get(key) ?? 0, now) + step * count;
    const early = free - now - burst * step;
    if (early > 0) return Math.ceil(early);
    this.#free.delete(key);
    this.#free.set(key, free);
    if (this.#free.size > KEYS) this.#forget(now);
    return 0;
  }

  /** Keys of which something is known. */
  get size(): number {
    return this.#free.size;
  }

  /** Drops what is over; if that is not enough, the oldest. */
  #forget(now: number): void {
    for (const [key, free] of this.#free) if (free <= now) this.#free.delete(key);
    for (const key of this.#free.keys()) {
      if (this.#free.size <= KEYS) return;
      this.#free.delete(key);
    }
  }
}

/**
 * Addresses as brakes know them: never the address itself, but what a key of this process makes of it, which is gone with the process. Of IPv6 the
 * first 64 bits count: a household has all that comes after them.
 */
export function createVeil(): (address: string) => string {
  const key = randomBytes(32);
  return address => createHmac('sha256', key).update(networkOf(address)).digest('base64url').slice(0, 22);
}

function networkOf(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped !== undefined || !isIPv6(address)) return mapped ?? address;
  const [head = '', tail] = address.toLowerCase().split('%')[0]?.split('::') ?? [];
  const groups = head.split(':').filter(part => part !== '');
  const missing =
    tail === undefined ? 0 : 8 - groups.length - tail.split(':').filter(part => part !== '').length;
  const all = [...groups, ...Array.from({ length: missing }, () => '0'), ...(tail?.split(':') ?? [])];
  return all
    .slice(0, 4)
    .map(part => Number.parseInt(part || '0', 16).toString(16))
    .join(':');
}
