/**
 * A pool that outlives its server. postgres.js 3.4.9 leaves a connection that died in states it cannot get out of: the rollback it sends by
 * itself is written to a socket that is no more, which ends the process (porsager/postgres #1154, #1208); later the connection hangs in
 * every attempt (#1215), or carries on a dead transaction inside of another one (#1216). So a pool with a dead connection is given
 * up whole, and a new one takes its place at once; a transaction in it is refused whatever else it asks for. So is a pool whose server does
 * not answer (see vigil.ts), and nobody waits for a pool that was given up.
 */
import type postgres from 'postgres';
import { ConnectionLost, keepVigil, type Vigil } from './vigil.ts';

/** A postgres.js client as the desk types it. */
type Client = postgres.Sql<{ bigint: number }>;
type Transaction = postgres.TransactionSql<{ bigint: number }>;

/** A client that is always that of the newest pool, and the way to end it. */
export interface Pool {
  readonly sql: Client;
  /** Lets running statements end (at most 5 s), then closes every connection. */
  close(): Promise<void>;
}

/** One pool of postgres.js. */
interface Generation {
  readonly sql: Client;
  readonly vigil: Vigil;
  /** A connection of it has died, or does not answer. */
  broken: boolean;
}

/** What is still under way in a pool that was given up may take this long, in s. */
const RETIRE_S = 1;
/** A connection that was on its way when its pool was given up comes about within this, in ms: the limit for connecting and some more. */
const LATE_MS = 15_000;

/**
 * Makes a pool from `make`, which is told what to call when a connection has closed. A server that owes an answer for `silenceMs`, or up to
 * half as long again, has lost its connections.
 */
export function lastingPool(make: (onclose: () => void) => Client, silenceMs: number): Pool {
  let closing = false;
  const generation = (): Generation => {
    const vigil = keepVigil(silenceMs, () => lost(made));
    const made: Generation = { sql: make(() => lost(made)), vigil, broken: false };
    // On the client itself, because its `begin` asks in this way, too.
    const { unsafe } = made.sql;
    Reflect.set(made.sql, 'unsafe', (...args: unknown[]) =>
      vigil.over(Reflect.apply(unsafe, made.sql, args)),
    );
    return made;
  };
  function lost(one: Generation): void {
    if (closing || one.broken) return;
    one.broken = true;
    current = generation();
    retire(one);
  }
  let current = generation();
  const begin = (...args: unknown[]): Promise<unknown> => guarded(current, args);
  const sql = new Proxy(current.sql, {
    apply: (_target, _this, args) => current.vigil.over(Reflect.apply(current.sql, undefined, args)),
    get: (_target, key) => (key === 'begin' ? begin : Reflect.get(current.sql, key)),
  });
  return {
    sql,
    async close() {
      closing = true;
      await current.sql.end({ timeout: 5 });
      current.vigil.giveUp();
    },
  };
}

function retire({ sql, vigil }: Generation): void {
  // Not in its types: `close` ends each connection as it is now, also one that came up after `end`.
  const { close } = sql as unknown as { close(): Promise<void> };
  const sweep = (): void => void close().catch(() => undefined);
  void sql
    .end({ timeout: RETIRE_S })
    .catch(() => undefined)
    .finally(() => {
      vigil.giveUp();
      setTimeout(sweep, LATE_MS).unref();
    });
}

/**
 * `begin` whose work neither asks for anything nor ends once the pool is broken: so nothing is written to a dead connection. It rejects when
 * its connection closes, or at the latest when the pool is given up.
 */
function guarded(pool: Generation, args: readonly unknown[]): Promise<unknown> {
  const work = args.at(-1) as (tx: Transaction) => unknown;
  const outcome = Promise.withResolvers<unknown>();
  // Its statements are looked after one by one; its end, which only the client asks for, is here.
  const asked = { active: undefined as true | undefined, reject: outcome.reject };
  const careful = (tx: Transaction): Promise<unknown> =>
    new Promise((resolve, reject) => {
      const unlessBroken = (settle: () => void): void => {
        if (pool.broken) return;
        asked.active = true;
        settle();
      };
      Promise.resolve(work(refusing(tx, pool))).then(
        value => unlessBroken(() => resolve(value)),
        error => unlessBroken(() => reject(error)),
      );
    });
  const done = pool.vigil.hold(asked);
  const begun = Reflect.apply(pool.sql.begin, pool.sql, [...args.slice(0, -1), careful]) as Promise<unknown>;
  void begun.then(outcome.resolve, outcome.reject).finally(done);
  return outcome.promise;
}

/** The same transaction, whose statements are refused when their pool is broken by the time they are to be sent. */
function refusing(tx: Transaction, pool: Generation): Transaction {
  const watch = (query: unknown): unknown => {
    if (!(query instanceof Promise)) return query;
    pool.vigil.over(query);
    const send = Reflect.get(query, 'handler') as (query: unknown) => unknown;
    Reflect.set(query, 'handler', (self: { reject(error: Error): void }) =>
      pool.broken ? self.reject(new ConnectionLost()) : send(self),
    );
    return query;
  };
  return new Proxy(tx, {
    apply: (target, _this, args) => watch(Reflect.apply(target, undefined, args)),
    get: (target, key) => {
      const value: unknown = Reflect.get(target, key);
      if (key !== 'unsafe' || typeof value !== 'function') return value;
      return (...args: unknown[]) => watch(Reflect.apply(value, target, args));
    },
  });
}
