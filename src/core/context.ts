import type { Database, SqlRunner } from '../../drizzle/database.ts';
import type { Actor } from './actor.ts';
import type { SupplierWork } from './alert/index.ts';
import type { Channel, ChannelKind } from './channel/index.ts';
import type { DrawChart } from './chart/index.ts';
import type { FileHouse } from './file/index.ts';
import type { Log } from './log.ts';
import type { Policy } from './policy/index.ts';
import type { Phrasebook } from './text/index.ts';
import type { Filings, OpeningTimers, Reactions } from './ticket/index.ts';

/** All that the desk is built from; made once at start and handed in. */
export interface Context {
  readonly database: Database;
  readonly policy: Policy;
  readonly phrases: Phrasebook;
  readonly log: Log;
  /** The database's time (see `clock`), never the process's own. */
  readonly now: () => Date;
  readonly channels: ReadonlyMap<ChannelKind, Channel>;
  /** Where tickets are written down that are opened outside of a transaction. */
  readonly filings: Filings;
  /** Where files are kept, scanned and linked to. */
  readonly files: FileHouse;
  /** Reads the calendar of a supplier; undefined for what is none. Absent where nobody's mail brings any. */
  readonly readWorks?: (text: string) => readonly SupplierWork[] | undefined;
  /** Draws pictures. */
  readonly draw: DrawChart;
  /** What follows from each event. */
  readonly reactions: Reactions;
  /** What is set when a ticket is opened. */
  readonly timersAtOpening: OpeningTimers;
  /** Something may be due on this channel; called after a commit. */
  readonly wake: (kind: ChannelKind) => void;
  /**
   * A place turned out to have been made by an attempt whose end nobody saw: what was said in it until now was not heard. `made` tells
   * whether that was written down.
   */
  readonly found: (kind: ChannelKind, placeId: number, made: Promise<boolean>) => void;
}

/** One act: a context in a transaction, with who acts and when. */
export interface Act extends Context {
  readonly tx: SqlRunner;
  readonly actor: Actor;
  readonly at: Date;
  /** When it happened, where that is known to be before `at`: it was said while nobody listened, or had to wait. */
  readonly happenedAt?: Date;
  /** Where acts that share one transaction write their tickets down together; absent where an act has its transaction alone. */
  readonly opens?: Filings;
  /** Channels that have something to send once this commits. */
  readonly touched: Set<ChannelKind>;
  /** Runs as the last part of the transaction, in an order that all transactions share. */
  readonly last: LastWork[];
}

/** Work at the end of a transaction. Locks are taken in the order of the keys, so that no two transactions wait for each other. */
export interface LastWork {
  readonly key: number;
  run(): Promise<void>;
}

/** PostgreSQL's codes for "the other one won, do it again": deadlock_detected, serialization_failure. */
const AGAIN = ['40P01', '40001'];
const TRIES = 4;

/**
 * Runs `work` in one transaction and wakes the relay after the commit. Work that lost against another transaction is done again.
 *
 * Throws what `work` throws, after rolling back.
 */
export function transact<T>(ctx: Context, actor: Actor, work: (act: Act) => Promise<T>): Promise<T> {
  return repeatable(() => once(ctx, actor, work));
}

/** Does work that is one transaction again when it lost against another. Throws what it throws otherwise. */
export async function repeatable<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      if (attempt >= TRIES || !AGAIN.includes((error as { code?: string } | null)?.code ?? '')) throw error;
    }
  }
}

async function once<T>(ctx: Context, actor: Actor, work: (act: Act) => Promise<T>): Promise<T> {
  const touched = new Set<ChannelKind>();
  const result = await ctx.database.sql.begin(async tx => {
    const last: LastWork[] = [];
    const value = await work({ ...ctx, tx, actor, at: ctx.now(), touched, last });
    await finishIn(last);
    return { value };
  });
  for (const kind of touched) ctx.wake(kind);
  return result.value;
}

/**
 * The last parts of a transaction: in their order at each key, and those of different keys sent one behind the other without waiting for each answer.
 * The first statement of each takes its lock, and a connection does them in the order in which they are sent.
 */
async function finishIn(last: readonly LastWork[]): Promise<void> {
  const byKey = Map.groupBy(
    last.toSorted((a, b) => a.key - b.key),
    ({ key }) => key,
  );
  await allOf([...byKey.values()], async works => {
    for (const one of works) await one.run();
  });
}

/** Goes through all side by side in one transaction. Throws what the first of them threw, and not before all have come to their end: one that goes on would write outside of it. */
export async function allOf<T>(all: readonly T[], work: (one: T) => Promise<void>): Promise<void> {
  const ends = await Promise.allSettled(all.map(work));
  for (const end of ends) if (end.status === 'rejected') throw end.reason;
}

/** The same act by somebody else: used once it is known who acts. */
export function as(act: Act, actor: Actor): Act {
  return { ...act, actor };
}

/** The channel of that kind. Throws when the desk runs without it: a place of a channel that was switched off. */
export function channelOf(ctx: Context, kind: ChannelKind): Channel {
  const channel = ctx.channels.get(kind);
  if (channel === undefined)
    throw new Error(`the channel "${kind}" is off, but something of it is in the database`);
  return channel;
}
