import type { SimClock } from '../model.ts';
import type { Bucket } from './limits.ts';
import { limits } from './limits.ts';

interface Window {
  used: number;
  resetAt: number;
}

/** Whether a request may pass, with the headers that say so. */
export interface Verdict {
  readonly pass: boolean;
  readonly global: boolean;
  /** Seconds. */
  readonly retryAfter: number;
  readonly headers: Readonly<Record<string, string>>;
}

/** Fixed windows per bucket and major parameter, and the bot's global fifty in a second (rate limits: header format). */
export class RateLimits {
  readonly #clock: SimClock;
  readonly #windows = new Map<string, Window>();

  constructor(clock: SimClock) {
    this.#clock = clock;
  }

  #window(key: string, windowMs: number): Window {
    const now = this.#clock.now();
    const known = this.#windows.get(key);
    if (known && known.resetAt > now) return known;
    const fresh = { used: 0, resetAt: now + windowMs };
    this.#windows.set(key, fresh);
    return fresh;
  }

  /** Counts one request against the global limit. */
  global(): Verdict {
    const window = this.#window('global', 1000);
    window.used += 1;
    if (window.used <= limits.globalPerSecond)
      return { pass: true, global: false, retryAfter: 0, headers: {} };
    const retryAfter = (window.resetAt - this.#clock.now()) / 1000;
    const headers = {
      'X-RateLimit-Global': 'true',
      'X-RateLimit-Scope': 'global',
      'Retry-After': String(Math.ceil(retryAfter)),
    };
    return { pass: false, global: true, retryAfter, headers };
  }

  /** Counts one request against a bucket. */
  take(bucket: Bucket, major: string): Verdict {
    const window = this.#window(`${bucket.name}:${major}`, bucket.windowMs);
    const pass = window.used < bucket.limit;
    if (pass) window.used += 1;
    const left = (window.resetAt - this.#clock.now()) / 1000;
    const headers: Record<string, string> = {
      'X-RateLimit-Limit': String(bucket.limit),
      'X-RateLimit-Remaining': String(Math.max(0, bucket.limit - window.used)),
      'X-RateLimit-Reset': (window.resetAt / 1000).toFixed(3),
      'X-RateLimit-Reset-After': left.toFixed(3),
      'X-RateLimit-Bucket': bucket.name,
    };
    if (!pass) {
      headers['X-RateLimit-Scope'] = 'user';
      headers['Retry-After'] = String(Math.ceil(left));
    }
    return { pass, global: false, retryAfter: left, headers };
  }
}
