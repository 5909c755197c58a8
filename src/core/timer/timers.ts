import type { Context } from '../context.ts';
import { claimTimers } from './claim.ts';
import { fire } from './fire.ts';
import type { LeasedTimer, TimerHandlers } from './model.ts';

/** Timers in one claim. */
const BATCH = 64;
/** Transactions at once: of the pool's ten connections some stay for the rest of the desk. */
const AT_ONCE = 2;
/** Tickets in one transaction: their other doings wait for it, some 50 ms (`npm run bench -- timers`). */
const TOGETHER = 16;
/** Batches of one round: the thousand that may be due in one second. After a round that is not enough a pause as long leaves the desk half of its time. */
const BATCHES = 16;
/** The loop looks at least this often, in ms, and not more often than `BREATH_MS`. */
const LOOK_MS = 1_000;
const BREATH_MS = 10;

/** How the timers are doing. */
export interface TimerHealth {
  /** Ms since the last whole round; undefined before the first. */
  readonly lastRoundMs: number | undefined;
  /** By how many ms the longest overdue timer is late; 0 when none is. */
  readonly overdueMs: number;
}

/** Fires what is due. One a process; several processes share the work by leases. */
export interface Timers {
  /** Fires what is due now; resolves when that is done, or enough for one round. Rejects when the database does. */
  round(): Promise<void>;
  /** Begins to wake by itself at the moment the next one is due, and not only on ticks. */
  start(): void;
  /** Takes nothing new, and resolves when what is under way is written down. */
  stop(): Promise<void>;
  /** Rejects when the database does. */
  health(): Promise<TimerHealth>;
}

/** The timers of a desk, with what is done for each kind of them. */
export function createTimers(ctx: Context, handlers: TimerHandlers): Timers {
  let running: Promise<void> | undefined;
  let waking: NodeJS.Timeout | undefined;
  let started = false;
  let stopped = false;
  let lastRound: number | undefined;
  /** Nothing is taken before, in ms of `performance.now()`: customers wait for their answers, and this many are late anyway. */
  let pausedUntil = 0;

  async function fireAll(): Promise<void> {
    const began = performance.now();
    if (began < pausedUntil) return;
    for (let turn = 0; turn < BATCHES && !stopped; turn++) {
      const claimed = await claimTimers(ctx, BATCH);
      await fireEach(ctx, handlers, claimed);
      if (claimed.length < BATCH) break;
      if (turn === BATCHES - 1) pausedUntil = 2 * performance.now() - began;
    }
    lastRound = ctx.now().getTime();
  }

  /** A look that failed leaves the time of the next one to `LOOK_MS`. */
  async function sleep(): Promise<void> {
    if (!started || stopped) return;
    const next = await nextAt(ctx).catch(() => undefined);
    const inMs = next === undefined ? LOOK_MS : next.getTime() - ctx.now().getTime();
    if (stopped) return;
    clearTimeout(waking);
    waking = setTimeout(
      () => void timers.round().catch(() => undefined),
      Math.min(LOOK_MS, Math.max(BREATH_MS, inMs, pausedUntil - performance.now())),
    );
  }

  const timers: Timers = {
    round() {
      if (stopped) return Promise.resolve();
      running ??= fireAll().finally(async () => {
        await sleep();
        running = undefined;
      });
      return running;
    },
    start() {
      started = true;
      void timers.round().catch(() => undefined);
    },
    async stop() {
      stopped = true;
      clearTimeout(waking);
      await running?.catch(() => undefined);
    },
    async health() {
      const now = ctx.now();
      const [row] = await ctx.database.sql<{ due: Date | null }[]>`
        select min(due_at) as due from timer where state = 'pending' and due_at < ${now}`;
      return {
        lastRoundMs: lastRound === undefined ? undefined : now.getTime() - lastRound,
        overdueMs: row?.due ? now.getTime() - row.due.getTime() : 0,
      };
    },
  };
  return timers;
}

/** When the next one may be taken; undefined when none waits. */
async function nextAt({ database }: Context): Promise<Date | undefined> {
  const [row] = await database.sql<{ at: Date | null }[]>`
    select greatest(run_at, coalesce(leased_until, run_at)) as at from timer where state = 'pending' order by run_at limit 1`;
  return row?.at ?? undefined;
}

/** Some at a time; those of one ticket in their order, each in a transaction of its own: what one does may cancel the next. */
async function fireEach(
  ctx: Context,
  handlers: TimerHandlers,
  claimed: readonly LeasedTimer[],
): Promise<void> {
  const byTicket = Map.groupBy(claimed, timer => timer.ticketId);
  const waiting = [...byTicket.values()].map(timers =>
    timers.toSorted((a, b) => a.dueAt.getTime() - b.dueAt.getTime() || a.id - b.id),
  );
  const work = async (): Promise<void> => {
    for (let mine = waiting.splice(0, TOGETHER); mine.length > 0; mine = waiting.splice(0, TOGETHER)) {
      await fire(
        ctx,
        handlers,
        mine.flatMap(timers => timers.slice(0, 1)),
      );
      waiting.push(...mine.map(timers => timers.slice(1)).filter(timers => timers.length > 0));
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
}
