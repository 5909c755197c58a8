import type { Line } from '../../core/index.ts';
import type { DeskFrame } from './protocol.ts';

/** A bubble that listens. */
export interface Ear {
  /** Something new stands in its room; `line` is it, where that is known. */
  changed(line?: Line): void;
  say(frame: DeskFrame): void;
  /** The connection ends: the desk stops, or whoever is there may not stay. */
  end(): void;
}

/** Who listens to which room. */
export interface Hub {
  /** Returns how to stop. */
  join(address: string, ear: Ear): () => void;
  changed(address: string, line?: Line): void;
  say(address: string, frame: DeskFrame): void;
  isThere(address: string): boolean;
  endAll(): void;
  readonly size: number;
}

/** A hub of this process. */
export function createHub(): Hub {
  const rooms = new Map<string, Set<Ear>>();
  let size = 0;
  const each = (address: string, tell: (ear: Ear) => void): void => {
    for (const ear of rooms.get(address) ?? []) tell(ear);
  };
  return {
    join(address, ear) {
      const here = rooms.get(address) ?? new Set();
      rooms.set(address, here.add(ear));
      size += 1;
      return () => {
        if (!here.delete(ear)) return;
        size -= 1;
        if (here.size === 0) rooms.delete(address);
      };
    },
    changed: (address, line) => each(address, ear => ear.changed(line)),
    say: (address, frame) => each(address, ear => ear.say(frame)),
    isThere: address => rooms.has(address),
    endAll() {
      for (const here of [...rooms.values()]) for (const ear of [...here]) ear.end();
    },
    get size() {
      return size;
    },
  };
}
