import { type Limits, rankOf } from '../channel/index.ts';
import type { Claimed, Outcome } from './model.ts';
import { gcra, roomAt } from './rules/gcra.ts';

/** The part of the bot's rate that only pages and replies may use, so that a broadcast never delays a reply. */
const RESERVED = 0.2;
/** Places whose rate is remembered; one that is not has been quiet for long. */
const REMEMBERED_PLACES = 20_000;

/** Classes that may use the reserved share. */
export const REPLY_RANK = rankOf('reply');

/** Keeps one channel within its limits: per bot and per place. Its state is the process's own; what the platform says overrides it. */
export interface Limiter {
  /** How many requests may be made now: of any class, of the classes below replies, and of those that make a new place. */
  room(now: number): { readonly any: number; readonly low: number; readonly opens: number };
  /** One is sent now. */
  sent(one: Pick<Claimed, 'rank' | 'placeId' | 'opens' | 'kind'>, now: number): void;
  /** How long the place has to wait for its next message, in ms. */
  pause(placeId: number, now: number): number;
  /** The platform told the whole bot to wait, or whatever makes a new place. */
  obey(receipt: Outcome, now: number): void;
}

/** A limiter for a channel's declared limits. */
export function createLimiter(limits: Pick<Limits, 'bot' | 'place' | 'opens' | 'threadCalls'>): Limiter {
  const { bot, place, opens = bot, threadCalls = 1 } = limits;
  const low = {
    perSecond: bot.perSecond * (1 - RESERVED),
    burst: Math.max(1, Math.floor(bot.burst * (1 - RESERVED))),
  };
  const places = new Map<number, number>();
  let botTat = 0;
  let lowTat = 0;
  let opensTat = 0;
  let quietUntil = 0;
  let opensQuietUntil = 0;
  return {
    room(now) {
      if (now < quietUntil) return { any: 0, low: 0, opens: 0 };
      const any = roomAt(bot, botTat, now);
      const open = now < opensQuietUntil ? 0 : roomAt(opens, opensTat, now);
      return { any, low: Math.min(any, roomAt(low, lowTat, now)), opens: Math.min(any, open) };
    },
    sent({ rank, placeId, opens: makes, kind }, now) {
      if (makes) opensTat = gcra(opens).after(opensTat, now);
      for (let calls = kind === 'thread' ? threadCalls : 1; calls > 0; calls -= 1) {
        botTat = gcra(bot).after(botTat, now);
        if (rank > REPLY_RANK) lowTat = gcra(low).after(lowTat, now);
      }
      const tat = gcra(place).after(places.get(placeId) ?? 0, now);
      places.delete(placeId);
      places.set(placeId, tat);
      if (places.size > REMEMBERED_PLACES) places.delete(places.keys().next().value as number);
    },
    pause: (placeId, now) => Math.max(0, Math.ceil(gcra(place).freeAt(places.get(placeId) ?? 0) - now)),
    obey(receipt, now) {
      if (receipt.outcome !== 'retry') return;
      if (receipt.scope === 'bot') quietUntil = Math.max(quietUntil, now + receipt.afterMs);
      if (receipt.scope === 'opens') opensQuietUntil = Math.max(opensQuietUntil, now + receipt.afterMs);
    },
  };
}
