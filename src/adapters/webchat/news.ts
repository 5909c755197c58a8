import { whyOf } from '../../core/index.ts';
import type { WebchatConfig } from './config.ts';
import type { Follower } from './follow.ts';
import type { Hub } from './hub.ts';
import { NEWS, NEWS_MS } from './limits.ts';

/**
 * Looks for what other processes of the desk have put into the rooms whose bubbles are open here, and where they were seen to write: two statements at
 * each look, for all of them, and none while nobody is here.
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
    const [lines, writing] = await Promise.all([rooms.news(asked, NEWS), rooms.writing([...here.keys()])]);
    // Before what was said: it ends with that.
    for (const { room, at } of writing) for (const one of here.get(room) ?? []) one.writing(at);
    const news = Map.groupBy(lines, ({ room }) => room);
    for (const { id, after } of asked) {
      const added = news.get(id);
      if (added !== undefined) for (const one of here.get(id) as Follower[]) one.news(after, added);
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
