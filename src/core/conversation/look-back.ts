import type { Answer, ChannelKind, Inbound, KnownPlaces } from '../channel/index.ts';
import type { Context } from '../context.ts';
import { withinMs } from '../within.ts';
import { knownPlaces } from './known-places.ts';

/** A stop waits this long, in ms, for what is being looked through: it is looked through again after the next start. */
const STOP_MS = 3000;

/** Fetches what was said while nobody listened, on channels that can. */
export interface LookBack {
  /** The places of a channel that may hold something that was missed. */
  placesOf(kind: ChannelKind): KnownPlaces;
  /** Looks through all places of a channel. Never rejects: what failed is in the log. */
  channel(kind: ChannelKind): Promise<void>;
  /** The same for one place, by its id. */
  place(kind: ChannelKind, placeId: number): Promise<void>;
  /** Resolves when nothing is looked through any more, or after some seconds. */
  stop(): Promise<void>;
}

/** A look-back that hands what it finds to `accept`, where everything else goes too. */
export function createLookBack(
  ctx: Context,
  accept: (kind: ChannelKind, inbound: Inbound) => Promise<Answer>,
): LookBack {
  const looking = new Set<Promise<void>>();
  let stopped = false;

  function look(kind: ChannelKind, places: KnownPlaces): Promise<void> {
    const catchUp = ctx.channels.get(kind)?.catchUp;
    if (catchUp === undefined || stopped) return Promise.resolve();
    const work = catchUp(inbound => accept(kind, inbound), places)
      .catch(error =>
        ctx.log.error('what was missed could not be fetched', { channel: kind, error: String(error) }),
      )
      .finally(() => looking.delete(work));
    looking.add(work);
    return work;
  }

  return {
    placesOf: kind => () => knownPlaces(ctx, kind),
    channel: kind => look(kind, () => knownPlaces(ctx, kind)),
    place: (kind, placeId) => look(kind, () => knownPlaces(ctx, kind, placeId)),
    async stop() {
      stopped = true;
      await withinMs(
        Promise.all(looking).then(() => undefined),
        STOP_MS,
        undefined,
      );
    },
  };
}
