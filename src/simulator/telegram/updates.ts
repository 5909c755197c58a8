import { ApiError } from './errors.ts';
import { UPDATE_LIFE_MS } from './limits.ts';
import type { Wire } from './wire.ts';

/** One update with its time, in milliseconds, and the chat whose order it keeps. */
export interface Update {
  readonly id: number;
  readonly lane: number;
  readonly at: number;
  readonly body: Wire;
}

/** Types that come only when asked for (core.telegram.org/bots/api#getupdates). */
const ON_REQUEST = new Set(['chat_member', 'message_reaction', 'message_reaction_count']);

type Waiter = (outcome: 'update' | 'timeout' | ApiError) => void;

/** The updates of one bot that nobody has taken yet, and whoever waits for them. */
export class UpdateQueue {
  #updates: Update[] = [];
  #replays: Update[] = [];
  #waiter: Waiter | undefined;
  #nextId = 413_207_001;
  /** Empty: the default set. */
  allowed: readonly string[] = [];
  /** The newest update that a bot has been given. */
  lastGiven: Update | undefined;
  /** Called when a new update has come in; the webhook listens here. */
  onUpdate: () => void = () => undefined;
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  /** Makes an update of `type`, unless the bot did not ask for that type. */
  push(type: string, lane: number, body: unknown): void {
    const wanted = this.allowed.length === 0 ? !ON_REQUEST.has(type) : this.allowed.includes(type);
    if (!wanted) return;
    const id = this.#nextId;
    this.#nextId += 1;
    this.#updates.push({ id, lane, at: this.#now(), body: { update_id: id, [type]: body } });
    this.#wake('update');
    this.onUpdate();
  }

  get pending(): readonly Update[] {
    this.#updates = this.#updates.filter(({ at }) => at > this.#now() - UPDATE_LIFE_MS);
    return this.#updates;
  }

  clear(): void {
    this.#updates = [];
    this.#replays = [];
  }

  /** Takes one update out, after a webhook has accepted it. */
  done(update: Update): void {
    this.#updates = this.#updates.filter(other => other !== update);
  }

  /** Shows the newest given update once more to the next poll. */
  replayLast(): void {
    if (this.lastGiven) this.#replays.push(this.lastGiven);
    this.#wake('update');
  }

  /** Turns the order of what waits around. */
  reverse(): void {
    this.#updates = this.#updates.toReversed();
  }

  /** What one poll gets now; an offset forgets all before it, a negative one all but the last. */
  take(offset: number, limit: number): Wire[] {
    const replays = this.#replays.splice(0);
    if (offset < 0) this.#updates = this.pending.slice(offset);
    else if (offset > 0) this.#updates = this.pending.filter(({ id }) => id >= offset);
    const given = [...replays, ...this.pending].slice(0, limit);
    this.lastGiven = given.at(-1) ?? this.lastGiven;
    return given.map(({ body }) => body);
  }

  /** Waits for an update, at most `ms` of real time. A newer poll, a webhook or `end` throws it out. */
  async wait(ms: number, aborted: AbortSignal): Promise<void> {
    const outcome = await new Promise<'update' | 'timeout' | ApiError>(resolve => {
      const timer = setTimeout(() => resolve('timeout'), ms);
      aborted.addEventListener('abort', () => resolve('timeout'), { once: true });
      this.#waiter = result => {
        clearTimeout(timer);
        resolve(result);
      };
    });
    if (outcome instanceof ApiError) throw outcome;
  }

  /** Ends a waiting poll, with an error or with an empty answer. */
  end(
    by:
      | 'other getUpdates request; make sure that only one bot instance is running'
      | 'setWebhook request'
      | undefined,
  ): void {
    this.#wake(by === undefined ? 'timeout' : new ApiError(409, `Conflict: terminated by ${by}`));
  }

  #wake(outcome: 'update' | 'timeout' | ApiError): void {
    const waiter = this.#waiter;
    this.#waiter = undefined;
    waiter?.(outcome);
  }
}
