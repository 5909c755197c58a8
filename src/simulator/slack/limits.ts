import type { SimClock } from '../model.ts';

/**
 * Requests per minute of Slack's tiers, per method: https://docs.slack.dev/apis/web-api/rate-limits (tier 1: 1+, 2: 20+, 3: 50+,
 * 4: 100+). Slack promises at least these and "occasional bursts"; here one minute's worth may come at once.
 */
const TIERS = { 1: 1, 2: 20, 3: 50, 4: 100 } as const;

/** A method's tier; `special` is what its own page says. */
export type Tier = keyof typeof TIERS | 'special' | 'posting';

interface Bucket {
  readonly capacity: number;
  readonly perMinute: number;
  level: number;
  at: number;
}

// Slack gives no number for bursts: "generally one message per second per channel, short bursts allowed", and "several hundred
// messages per minute" for a workspace: https://docs.slack.dev/reference/methods/chat.postMessage
const CHANNEL = { capacity: 5, perMinute: 60 };
const WORKSPACE = { capacity: 300, perMinute: 300 };
const SPECIAL = { capacity: 300, perMinute: 300 };
/** Tier 1 is for opening sockets; ten connections may be open at once, so ten may be opened in a row. */
const FIRST = { capacity: 10, perMinute: 1 };

function ofTier(tier: Exclude<Tier, 'posting'>): { capacity: number; perMinute: number } {
  if (tier === 'special') return SPECIAL;
  return tier === 1 ? FIRST : { capacity: TIERS[tier], perMinute: TIERS[tier] };
}

/** Token buckets on the simulator's clock. */
export class Limits {
  readonly #clock: SimClock;
  readonly #on: boolean;
  readonly #buckets = new Map<string, Bucket>();

  constructor(clock: SimClock, on: boolean) {
    this.#clock = clock;
    this.#on = on;
  }

  /** Takes one request. Returns 0, or the whole seconds to wait, as the Retry-After header says them. */
  take(method: string, tier: Tier, channel: string | undefined): number {
    if (!this.#on) return 0;
    if (tier !== 'posting') return this.#drain([this.#bucket(method, ofTier(tier))]);
    return this.#drain([
      this.#bucket('posting', WORKSPACE),
      this.#bucket(`posting:${channel ?? ''}`, CHANNEL),
    ]);
  }

  #bucket(key: string, size: { capacity: number; perMinute: number }): Bucket {
    const now = this.#clock.now();
    const bucket = this.#buckets.get(key) ?? { ...size, level: size.capacity, at: now };
    const gained = (Math.max(0, now - bucket.at) / 60_000) * bucket.perMinute;
    bucket.level = Math.min(bucket.capacity, bucket.level + gained);
    bucket.at = now;
    this.#buckets.set(key, bucket);
    return bucket;
  }

  #drain(buckets: readonly Bucket[]): number {
    const waits = buckets.map(({ level, perMinute }) =>
      level >= 1 ? 0 : Math.ceil(((1 - level) / perMinute) * 60),
    );
    const wait = Math.max(...waits);
    if (wait === 0) for (const bucket of buckets) bucket.level -= 1;
    return wait;
  }
}
