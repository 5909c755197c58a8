import { type Act, allOf, type Context, transact } from '../context.ts';
import { createFilings } from '../ticket/index.ts';

/** Transactions under way at once: what comes while they are waits and shares the next one. */
const TRANSACTIONS = 2;
/** Works in one transaction. */
const TOGETHER = 16;
/** Ms of real time from the beginning of one transaction to that of the next, unless that is full: at a hundred words a second three share one. */
const GATHER_MS = 30;

/** Works whose places, people and tickets are different: in a rush those that come at the same moment share a transaction, and one alone waits for nothing. */
export interface Together {
  /** Resolves when the work is committed. Throws what the work throws; then nothing of it was done. */
  run(work: (act: Act) => Promise<void>): Promise<void>;
}

interface Waiting {
  readonly work: (act: Act) => Promise<void>;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/** Works over the context's database. */
export function createTogether(ctx: Context): Together {
  const waiting: Waiting[] = [];
  let running = 0;
  let beganAt = Number.NEGATIVE_INFINITY;
  let gathering = false;

  function next(): void {
    while (running < TRANSACTIONS && waiting.length > 0) {
      const early = beganAt + GATHER_MS - performance.now();
      if (early > 0 && waiting.length < TOGETHER) {
        if (!gathering) setTimeout(gathered, early);
        gathering = true;
        return;
      }
      beganAt = performance.now();
      running += 1;
      void workAll(ctx, waiting.splice(0, TOGETHER)).finally(() => {
        running -= 1;
        next();
      });
    }
  }

  function gathered(): void {
    gathering = false;
    next();
  }

  return {
    run(work) {
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      waiting.push({ work, resolve, reject });
      next();
      return promise;
    },
  };
}

/** Never rejects. When a shared transaction fails, each is worked alone: what is wrong with one is nobody else's. */
async function workAll(ctx: Context, all: readonly Waiting[]): Promise<void> {
  try {
    await transact(ctx, { type: 'system' }, act => {
      const shared = all.length > 1 ? { ...act, opens: createFilings(act.tx, { within: true }) } : act;
      return allOf(all, ({ work }) => work(shared));
    });
    for (const { resolve } of all) resolve();
  } catch (error) {
    if (all.length === 1) all[0]?.reject(error);
    else for (const one of all) await workAll(ctx, [one]);
  }
}
