import { type Line, type Log, type Room, type Rooms, whyOf } from '../../core/index.ts';
import { PAGE } from './limits.ts';
import type { DeskFrame } from './protocol.ts';
import { lineFrame } from './render.ts';

/** One bubble's reading of its room: every line once and in the order of its changes, from where it had come to. */
export interface Follower {
  /** The room's id. */
  readonly room: number;
  /** As far as the bubble has come. */
  readonly at: number;
  /** Something new stands there. The next line in order goes at once; else the room is read from where the bubble has come to. */
  changed(line: Line): void;
  /** The oldest lines that have changed after `after`: a bubble that is elsewhere by now reads on its own. */
  news(after: number, lines: readonly Line[]): void;
  /** Somebody of the desk was seen to write, in whatever process: of one time the bubble hears once. */
  writing(at: Date): void;
  /** Resolves when the bubble has all that stood there at the call. Rejects when the database does not answer. */
  catchUp(): Promise<void>;
}

/** Follows a room for one bubble, which has seen all up to `after`. */
export function follow(
  { rooms, log }: { readonly rooms: Rooms; readonly log: Log },
  room: Pick<Room, 'id'>,
  after: number,
  say: (frame: DeskFrame) => void,
): Follower {
  let at = after;
  let reading: Promise<void> | undefined;
  let again = false;
  let written = 0;

  async function read(): Promise<void> {
    do {
      again = false;
      for (;;) {
        const lines = await rooms.after(room.id, at, PAGE);
        for (const line of lines) give(line);
        if (lines.length < PAGE) break;
      }
    } while (again);
  }

  function give(line: Line): void {
    at = line.seq;
    say(lineFrame(line));
  }

  function catchUp(): Promise<void> {
    again = true;
    reading ??= read().finally(() => {
      reading = undefined;
    });
    return reading;
  }

  function readOn(): void {
    catchUp().catch(error => log.warn('webchat: a room could not be read', { why: whyOf(error) }));
  }

  return {
    room: room.id,
    get at() {
      return at;
    },
    catchUp,
    changed(line) {
      if (reading === undefined && line.seq === at + 1) give(line);
      else if (line.seq > at) readOn();
    },
    writing(when) {
      if (when.getTime() <= written) return;
      written = when.getTime();
      say({ t: 'writing' });
    },
    news(from, lines) {
      if (reading === undefined && from === at) for (const line of lines) give(line);
      else if ((lines.at(-1)?.seq ?? 0) > at) readOn();
    },
  };
}
