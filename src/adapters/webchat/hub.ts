import type { Line } from '../../core/index.ts';
import type { Follower } from './follow.ts';
import type { DeskFrame } from './protocol.ts';

/** A bubble that listens. */
export interface Ear {
  say(frame: DeskFrame): void;
  /** The connection ends: the desk stops, or whoever is there may not stay. */
  end(): void;
}

/** Who listens to which room. */
export interface Hub {
  /** Returns how to stop. */
  join(address: string, ear: Ear, follower: Follower): () => void;
  changed(address: string, line: Line): void;
  say(address: string, frame: DeskFrame): void;
  /** Somebody of the desk writes there since then. */
  writing(address: string, at: Date): void;
  isThere(address: string): boolean;
  endAll(): void;
  /** All that follow a room. */
  followers(): readonly Follower[];
  readonly size: number;
}

/** A hub of this process. */
export function createHub(): Hub {
  const rooms = new Map<string, Map<Ear, Follower>>();
  let size = 0;
  const each = (address: string, tell: (ear: Ear, follower: Follower) => void): void => {
    for (const [ear, follower] of rooms.get(address) ?? []) tell(ear, follower);
  };
  return {
    join(address, ear, follower) {
      const here = rooms.get(address) ?? new Map();
      rooms.set(address, here.set(ear, follower));
      size += 1;
      return () => {
        if (!here.delete(ear)) return;
        size -= 1;
        if (here.size === 0) rooms.delete(address);
      };
    },
    changed: (address, line) => each(address, (_, follower) => follower.changed(line)),
    say: (address, frame) => each(address, ear => ear.say(frame)),
    writing: (address, at) => each(address, (_, follower) => follower.writing(at)),
    isThere: address => rooms.has(address),
    endAll() {
      for (const here of [...rooms.values()]) for (const ear of [...here.keys()]) ear.end();
    },
    followers: () => [...rooms.values()].flatMap(here => [...here.values()]),
    get size() {
      return size;
    },
  };
}
