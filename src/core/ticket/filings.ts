import type { SqlRunner } from '../../../drizzle/database.ts';
import { repeatable } from '../context.ts';
import { type Filing, fileTickets } from './file.ts';

/** Statements under way at once: what comes while they are waits and shares the next one. */
const STATEMENTS = 2;
/** Tickets in one statement. */
const TOGETHER = 32;
/**
 * Ms from the beginning of one statement to that of the next, unless that is full: a statement costs as much as six tickets in it (`npm run bench -- intake`),
 * so at 300 tickets a second this is a third of PostgreSQL's work.
 */
const GATHER_MS = 12;

/** Writes tickets down, those that come at the same moment together: a rush costs less for each, and one alone waits for nothing. */
export interface Filings {
  /** Resolves with the ticket's number when it is committed; with nothing when the event had its effect before. */
  file(filing: Filing): Promise<number | undefined>;
}

interface Waiting {
  readonly filing: Filing;
  readonly resolve: (number: number | undefined) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Filings over one pool of connections, or over one transaction, where `within` is true: then what fails fails the whole of it. `clock`: ms that only go
 * forward.
 */
export function createFilings(
  sql: SqlRunner,
  {
    clock = () => performance.now(),
    within = false,
  }: { readonly clock?: () => number; readonly within?: boolean } = {},
): Filings {
  let waiting: Waiting[] = [];
  let running = 0;
  let beganAt = Number.NEGATIVE_INFINITY;
  let gathering = false;

  /** Whether to begin: at once after a pause, in a rush when enough have come together. */
  function isTime(): boolean {
    if (running >= STATEMENTS || waiting.length === 0) return false;
    const early = beganAt + GATHER_MS - clock();
    if (early <= 0 || waiting.length >= TOGETHER) return true;
    if (!gathering) setTimeout(gathered, Math.ceil(early));
    gathering = true;
    return false;
  }

  function gathered(): void {
    gathering = false;
    next();
  }

  function next(): void {
    while (isTime()) {
      beganAt = clock();
      const { taken, left } = takeDistinct(waiting);
      waiting = left;
      running += 1;
      void (within ? fileIn : fileAll)(sql, taken).finally(() => {
        running -= 1;
        next();
      });
    }
  }

  return {
    file(filing) {
      const { promise, resolve, reject } = Promise.withResolvers<number | undefined>();
      waiting.push({ filing, resolve, reject });
      next();
      return promise;
    },
  };
}

/** One statement takes an event and a person once: whatever comes again is for a later one. */
function takeDistinct(waiting: readonly Waiting[]): { readonly taken: Waiting[]; readonly left: Waiting[] } {
  const seen = new Set<string>();
  const taken: Waiting[] = [];
  const left: Waiting[] = [];
  for (const one of waiting) {
    const { channel, space, person, event } = one.filing;
    const keys = [
      ['person', channel, space, person],
      ...(event === null ? [] : [['event', channel, event]]),
    ].map(key => JSON.stringify(key));
    if (taken.length >= TOGETHER || keys.some(key => seen.has(key))) {
      left.push(one);
      continue;
    }
    for (const key of keys) seen.add(key);
    taken.push(one);
  }
  return { taken, left };
}

/** Never rejects. A statement that failed has ended its transaction. */
async function fileIn(tx: SqlRunner, together: readonly Waiting[]): Promise<void> {
  try {
    const numbers = await fileTickets(
      tx,
      together.map(({ filing }) => filing),
    );
    for (const [index, { resolve }] of together.entries()) resolve(numbers[index]);
  } catch (error) {
    for (const { reject } of together) reject(error);
  }
}

/** Never rejects. When a shared statement fails, each is tried alone: what is wrong with one is nobody else's. */
async function fileAll(sql: SqlRunner, together: readonly Waiting[]): Promise<void> {
  const filings = together.map(({ filing }) => filing);
  try {
    const numbers = await repeatable(() => fileTickets(sql, filings));
    for (const [index, { resolve }] of together.entries()) resolve(numbers[index]);
  } catch (error) {
    if (together.length === 1) together[0]?.reject(error);
    else await Promise.all(together.map(one => fileAll(sql, [one])));
  }
}
