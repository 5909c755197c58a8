import { setTimeout as wait } from 'node:timers/promises';
import type { Inbound, Log, Sink } from '../../core/index.ts';
import { backoff, whyOf } from '../../core/index.ts';

/** First and longest wait before another try while the database is away, milliseconds. */
const PAUSES_MS = [200, 30_000] as const;
/** Most messages that wait for the database; beyond it new ones are lost, with an error in the log. */
const MAX_WAITING = 5_000;

/**
 * Hands messages to core in the order in which they were said in each place, and holds them while the database is away: the gateway tells
 * each only once.
 */
export class Lanes {
  readonly #tails = new Map<string, Promise<void>>();
  readonly #sink: Sink;
  readonly #log: Log;
  readonly #stopped: AbortSignal;
  #waiting = 0;

  constructor(sink: Sink, log: Log, stopped: AbortSignal) {
    this.#sink = sink;
    this.#log = log;
    this.#stopped = stopped;
  }

  add(place: string, inbound: Inbound): void {
    if (this.#waiting >= MAX_WAITING) {
      this.#log.error('discord: a message is lost, too many wait', { event: inbound.eventId });
      return;
    }
    this.#waiting += 1;
    const tail = (this.#tails.get(place) ?? Promise.resolve())
      .then(() => this.#hand(inbound))
      .finally(() => {
        this.#waiting -= 1;
        if (this.#tails.get(place) === tail) this.#tails.delete(place);
      });
    this.#tails.set(place, tail);
  }

  /** Resolves when nothing is under way. */
  async settled(): Promise<void> {
    await Promise.all(this.#tails.values());
  }

  async #hand(inbound: Inbound): Promise<void> {
    for (let attempt = 0; ; attempt += 1) {
      try {
        await this.#sink(inbound);
        return;
      } catch (error) {
        const pause = backoff(attempt + 1, ...PAUSES_MS);
        const fields = { event: inbound.eventId, attempt, why: whyOf(error) };
        this.#log.error('discord: a message could not be stored', fields);
        await wait(pause, undefined, { signal: this.#stopped }).catch(() => undefined);
      }
      if (this.#stopped.aborted) {
        this.#log.error('discord: a message is lost at the stop', { event: inbound.eventId });
        return;
      }
    }
  }
}
