import { expect } from 'vitest';
import { type Database, openDatabase } from '../../drizzle/database.ts';
import type { Context } from '../../src/core/context.ts';
import { type Channel, createDesk, type Desk } from '../../src/core/index.ts';
import { reactions, timersAtOpening } from '../../src/core/reactions.ts';
import { createFilings } from '../../src/core/ticket/index.ts';
import type { ScriptedChannel } from '../harness/channel.ts';
import { drawHere, type TestDesk, words } from '../harness/desk.ts';

/** The parts of a test desk as the verbs take them, with nothing that works by itself. */
export function contextOf(
  t: TestDesk,
  channels: readonly Channel[],
  database: Database = t.database,
): Context {
  return {
    database,
    policy: t.policy,
    phrases: words,
    log: t.log,
    now: t.clock.now,
    files: t.files,
    draw: drawHere,
    reactions,
    timersAtOpening,
    filings: createFilings(database.sql),
    channels: new Map(channels.map(channel => [channel.kind, channel])),
    wake: () => undefined,
    found: () => undefined,
  };
}

/** Another desk on the same database, as a second process would be: connections of its own, nothing shared but the platforms. */
export async function secondDesk(
  t: TestDesk,
  channels: readonly ScriptedChannel[],
): Promise<{ readonly desk: Desk; readonly database: Database; close(): Promise<void> }> {
  const database = await openDatabase({ url: t.url, max: 4 });
  const desk = createDesk({ ...contextOf(t, channels, database), channels });
  const close = async (): Promise<void> => {
    await desk.stop();
    await database.close();
  };
  return { desk, database, close };
}

/** A promise and its handle. */
export function held<T>(): { readonly promise: Promise<T>; release(value: T): void } {
  const { promise, resolve } = Promise.withResolvers<T>();
  return { promise, release: resolve };
}

/** Chance that a seed repeats: mulberry32, in [0, 1). */
export function chance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Rows of one column, for short questions to the database. */
export async function column<T = string>(database: Database, query: string): Promise<T[]> {
  const rows = await database.sql.unsafe(query).values();
  return rows.map(row => row[0] as T);
}

/** Waits until it is so: for what happens by itself, soon, on a machine that may be busy. */
export async function until(so: () => boolean | Promise<boolean>): Promise<void> {
  await expect.poll(so, { timeout: 15_000, interval: 10 }).toBe(true);
}

/**
 * Runs something that has to wait for a place, which somebody else has locked, and says whether the ticket was free meanwhile, as the order of locks
 * wants it.
 */
export async function freeWhile(
  { sql }: Database,
  { place, ticket }: { readonly place: number; readonly ticket: number },
  work: () => Promise<unknown>,
): Promise<boolean> {
  let under: Promise<unknown> = Promise.resolve();
  const free = await sql.begin(async tx => {
    await tx`select from place where id = ${place} for no key update`;
    under = work();
    await until(async () => {
      const waiting = await sql`
        select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
      return waiting.count > 0;
    });
    const got = await tx`select from ticket where id = ${ticket} for no key update skip locked`;
    return got.count === 1;
  });
  await under;
  return free;
}
