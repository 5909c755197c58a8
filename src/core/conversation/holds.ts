import type { ChannelKind } from '../channel/index.ts';

/** A hold over a channel, or over some of its places. */
export interface Hold {
  /** Only these from now on. */
  narrow(placeIds: readonly number[]): void;
  release(placeId: number): void;
  /** Something waits there. */
  isAsked(placeId: number): boolean;
  end(): void;
}

/**
 * Places in which something may have been missed. What comes in there is kept, but not worked before the missed is here too: else what was
 * said after a gap would stand before what was said in it.
 */
export interface Holds {
  /** Holds the places of a channel: those named, or all. */
  begin(kind: ChannelKind, only?: readonly number[]): Hold;
  isHeld(kind: ChannelKind, placeId: number): boolean;
  /** Channels and places that are held, for a look that is to leave them out. */
  all(): { readonly channels: readonly ChannelKind[]; readonly places: readonly number[] };
}

interface Held {
  readonly kind: ChannelKind;
  /** Undefined: all. */
  only: Set<number> | undefined;
  readonly asked: Set<number>;
}

/** Holds of one process: another one that works the same places has holds of its own. */
export function createHolds(): Holds {
  const held = new Set<Held>();
  return {
    begin(kind, only) {
      const one: Held = { kind, only: only && new Set(only), asked: new Set() };
      held.add(one);
      return {
        narrow: placeIds => {
          one.only = new Set(placeIds);
        },
        release: placeId => void one.only?.delete(placeId),
        isAsked: placeId => one.asked.has(placeId),
        end: () => void held.delete(one),
      };
    },
    isHeld(kind, placeId) {
      const over = [...held].filter(one => one.kind === kind && (one.only?.has(placeId) ?? true));
      for (const one of over) one.asked.add(placeId);
      return over.length > 0;
    },
    all: () => ({
      channels: [...held].filter(one => one.only === undefined).map(one => one.kind),
      places: [...held].flatMap(one => [...(one.only ?? [])]),
    }),
  };
}
