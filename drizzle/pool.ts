/**
 * A pool that outlives its server. postgres.js 3.4.9 leaves a connection that died in states it cannot get out of: the rollback it sends by
 * itself is written to a socket that is no more, which ends the process (porsager/postgres #1154, #1208); later the connection hangs in
 * every attempt (#1215), or carries on a dead transaction inside of another one (#1216). So a pool with a dead connection is given
 * up whole, and a new one takes its place at once; a transaction in it is refused whatever else it asks for.
 */
import type postgres from 'postgres';

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
  sql: Client;
  /** A connection of it has died. */
  broken: boolean;
}

/** What is still under way in a pool that was given up may take this long, in s. */
const RETIRE_S = 1;
/** A connection that was on its way when its pool was given up comes about within this, in ms: the limit for connecting and some more. */
const LATE_MS = 15_000;

/** Thrown to a transaction whose pool has lost a connection. */
export class ConnectionLost extends Error {
  override readonly name = 'ConnectionLost';
  constructor() {
    super('the connection to the database was lost');
  }
}

/** Makes a pool from `make`, which is told what to call when a connection has closed. */
export function lastingPool(make: (onclose: () => void) => Client): Pool {
  let closing = false;
  const generation = (): Generation => {
    const made: Generation = { sql: make(() => lost(made)), broken: false };
    return made;
  };
  function lost(one: Generation): void {
    if (closing || one.broken) return;
    one.broken = true;
    current = generation();
    retire(one.sql);
  }
  let current = generation();
  const begin = (...args: unknown[]): Promise<unknown> => guarded(current, args);
  const sql = new Proxy(current.sql, {
    apply: (_target, _this, args) => Reflect.apply(current.sql, undefined, args),
    get: (_target, key) => (key === 'begin' ? begin : Reflect.get(current.sql, key)),
  });
  return {
    sql,
    close() {
      closing = true;
      return current.sql.end({ timeout: 5 });
    },
  };
}

function retire(sql: Client): void {
  // Not in its types: `close` ends each connection as it is now, also one that came up after `end`.
  const { close } = sql as unknown as { close(): Promise<void> };
  const sweep = (): void => void close().catch(() => undefined);
  void sql
    .end({ timeout: RETIRE_S })
    .catch(() => undefined)
    .finally(() => setTimeout(sweep, LATE_MS).unref());
}

/**
 * `begin` whose work neither asks for anything nor ends once the pool is broken: so nothing is written to a dead connection. The promise
 * of `begin` itself rejects when its connection closes, which at the latest is when the pool is retired.
 */
function guarded(pool: Generation, args: readonly unknown[]): Promise<unknown> {
  const work = args.at(-1) as (tx: Transaction) => unknown;
  const careful = (tx: Transaction): Promise<unknown> =>
    new Promise((resolve, reject) => {
      const unlessBroken = (settle: () => void): void => {
        if (!pool.broken) settle();
      };
      Promise.resolve(work(refusing(tx, pool))).then(
        value => unlessBroken(() => resolve(value)),
        error => unlessBroken(() => reject(error)),
      );
    });
  return Reflect.apply(pool.sql.begin, pool.sql, [...args.slice(0, -1), careful]) as Promise<unknown>;
}

/** The same transaction, whose statements are refused when their pool is broken by the time they are to be sent. */
function refusing(tx: Transaction, pool: Generation): Transaction {
  const watch = (query: unknown): unknown => {
    if (!(query instanceof Promise)) return query; // a helper: an identifier, a list of values
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
