import { whyOf } from '../../core/index.ts';
import type { WebchatConfig } from './config.ts';
import type { Follower } from './follow.ts';
import type { Hub } from './hub.ts';
import { NEWS, NEWS_MS } from './limits.ts';

/**
 * Looks for what other processes of the desk have put into the rooms whose bubbles are open here: one statement at each look, for all of them, and
 * none while nobody is here.
 */
export function keepUp({
  config: { rooms, log },
  hub,
}: {
  readonly config: Pick<WebchatConfig, 'rooms' | 'log'>;
  readonly hub: Hub;
}): { stop(): void } {
  let isLooking = false;
  let isAway = false;

  async function look(): Promise<void> {
    const here = Map.groupBy(hub.followers(), ({ room }) => room);
    if (here.size === 0) return;
    const asked = [...here].map(([id, all]) => ({ id, after: Math.min(...all.map(({ at }) => at)) }));
    const news = Map.groupBy(await rooms.news(asked, NEWS), ({ room }) => room);
    for (const { id, after } of asked) {
      const lines = news.get(id);
      if (lines !== undefined) for (const one of here.get(id) as Follower[]) one.news(after, lines);
    }
  }

  const timer = setInterval(() => {
    if (isLooking) return;
    isLooking = true;
    look()
      .then(
        () => {
          isAway = false;
        },
        error => {
          // Once for each time that the database is away, not once a second.
          if (!isAway) log.warn('webchat: rooms could not be looked at', { why: whyOf(error) });
          isAway = true;
        },
      )
      .finally(() => {
        isLooking = false;
      });
  }, NEWS_MS).unref();
  return { stop: () => clearInterval(timer) };
}
