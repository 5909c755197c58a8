import type { Receipt } from '../../core/index.ts';
import type { Spot } from './place.ts';

/** Messages of a bot in one group within a minute: 20 (core.telegram.org/bots/faq), less a margin for answers to commands. */
const PER_MINUTE = 18;
const MINUTE_MS = 60_000;

/** Keeps what goes into the desk's group within what Telegram takes there: all its topics share one allowance. */
export class GroupPace {
  readonly #now: () => Date;
  #sent: number[] = [];

  constructor(now: () => Date) {
    this.#now = now;
  }

  /** Counts a message for a place; a receipt instead when it has to wait. Private chats have no allowance to share. */
  take({ chatId }: Spot): Receipt | undefined {
    if (chatId > 0) return undefined;
    const now = this.#now().getTime();
    this.#sent = this.#sent.filter(at => at > now - MINUTE_MS);
    const [oldest] = this.#sent;
    if (oldest === undefined || this.#sent.length < PER_MINUTE) {
      this.#sent.push(now);
      return undefined;
    }
    const why = 'the group has had its messages of this minute';
    return { outcome: 'retry', afterMs: oldest + MINUTE_MS - now, scope: 'place', why };
  }
}
