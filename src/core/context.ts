import type { Database, SqlRunner } from '../../drizzle/database.ts';
import type { Actor } from './actor.ts';
import type { Channel, ChannelKind } from './channel/index.ts';
import type { Log } from './log.ts';
import type { Policy } from './policy/index.ts';
import type { Phrasebook } from './text/index.ts';

/** All that the desk is built from; made once at start and handed in. */
export interface Context {
  readonly database: Database;
  readonly policy: Policy;
  readonly phrases: Phrasebook;
  readonly log: Log;
  /** The database's time (see `clock`), never the process's own. */
  readonly now: () => Date;
  readonly channels: ReadonlyMap<ChannelKind, Channel>;
  /** Something may be due on this channel; called after a commit. */
  readonly wake: (kind: ChannelKind) => void;
}

/** One act: a context in a transaction, with who acts and when. */
export interface Act extends Context {
  readonly tx: SqlRunner;
  readonly actor: Actor;
  readonly at: Date;
  /** Channels that have something to send once this commits. */
  readonly touched: Set<ChannelKind>;
}

/**
 * Runs `work` in one transaction and wakes the relay after the commit.
 *
 * Throws what `work` throws, after rolling back.
 */
export async function transact<T>(ctx: Context, actor: Actor, work: (act: Act) => Promise<T>): Promise<T> {
  const touched = new Set<ChannelKind>();
  const result = await ctx.database.sql.begin(tx => work({ ...ctx, tx, actor, at: ctx.now(), touched }));
  for (const kind of touched) ctx.wake(kind);
  return result as T;
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
