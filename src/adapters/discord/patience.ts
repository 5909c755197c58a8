import { setTimeout as wait } from 'node:timers/promises';
import { RateLimitError } from '@discordjs/rest';
import type { Api } from './api.ts';
import type { Memory } from './memory.ts';

/** What looking for missed messages needs. */
export interface Missing {
  readonly api: Api;
  readonly memory: Memory;
  readonly guildId: string;
  readonly now: () => Date;
  /** Ends the look early. */
  readonly signal: AbortSignal;
}

/** How often something is asked for, and the longest wait before another try, ms. */
const TRIES = 4;
const WAIT_MS = 30_000;

/** Does it again after the time that Discord asks for; throws what it threw last. */
export async function patiently<T>(at: Missing, act: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await act();
    } catch (error) {
      if (!(error instanceof RateLimitError) || tries >= TRIES) throw error;
      const ms = Math.max(error.timeToReset, error.retryAfter, error.sublimitTimeout, 50);
      await wait(Math.min(ms, WAIT_MS), undefined, { signal: at.signal });
    }
  }
}
