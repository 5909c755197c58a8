import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

/** A piece of work for a browser: a number such that SHA-256 of `salt:number` begins with so many zero bits. */
export interface Task {
  readonly salt: string;
  readonly bits: number;
}

/** Work that a browser says it has done. */
export interface Done {
  readonly salt: string;
  readonly number: number;
}

/** A task is good for so long, in ms: many times what a slow phone needs. */
const GOOD_MS = 120_000;
const WINDOW_MS = 60_000;
/** Zero bits to begin with: some 30,000 hashes, below a second on a phone; and the most, some half a minute. */
const EASY = 15;
const HARD = 20;

/** Asks for work when more new chats come than usual: each then costs its browser something, and nobody else is asked anything. */
export interface Works {
  /** What has to be done for the next new chat; undefined when all is calm. `hurried`: whoever asks has come too often. */
  wanted(hurried: boolean): Task | undefined;
  /** Whether the work was ours to do, is done, in time and for the first time. */
  isDone(done: Done): boolean;
  /** A new chat was made. */
  count(): void;
}

/** `calm`: new chats in a minute that need no work. */
export function createWorks(calm: number, now: () => Date): Works {
  const key = randomBytes(32);
  const used = new Map<string, number>();
  const made: number[] = [];
  const at = (): number => now().getTime();
  const sign = (head: string): string =>
    createHmac('sha256', key).update(head).digest('base64url').slice(0, 22);
  const lately = (): number => {
    while (made.length > 0 && (made[0] ?? 0) <= at() - WINDOW_MS) made.shift();
    return made.length;
  };
  return {
    wanted(hurried) {
      const crowd = lately() / calm;
      if (crowd < 1 && !hurried) return undefined;
      const bits = Math.min(
        HARD,
        EASY + Math.max(0, Math.floor(Math.log2(Math.max(crowd, 1)))) + (hurried ? 2 : 0),
      );
      const head = `${(at() + GOOD_MS).toString(36)}.${bits}.${randomBytes(9).toString('base64url')}`;
      return { salt: `${head}.${sign(head)}`, bits };
    },
    isDone({ salt, number }) {
      const [, head = '', until = '', bits = '', mark = ''] =
        /^(([0-9a-z]+)\.(\d{1,2})\.[\w-]{12})\.([\w-]{22})$/.exec(salt) ?? [];
      const right = Buffer.from(sign(head));
      const given = Buffer.from(mark);
      if (given.length !== right.length || !timingSafeEqual(given, right)) return false;
      const end = Number.parseInt(until, 36);
      if (
        end <= at() ||
        used.has(salt) ||
        zeros(createHash('sha256').update(`${salt}:${number}`).digest()) < Number(bits)
      )
        return false;
      for (const [old, over] of used) if (over <= at()) used.delete(old);
      used.set(salt, end);
      return true;
    },
    count: () => void made.push(at()),
  };
}

/** Zero bits at the beginning. */
function zeros(hash: Uint8Array): number {
  const index = hash.findIndex(byte => byte !== 0);
  return index < 0 ? hash.length * 8 : index * 8 + Math.clz32(hash[index] ?? 0) - 24;
}
