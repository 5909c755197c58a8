import postgres from 'postgres';
import { drizzle, type PostgresJsDatabase } from './orm.ts';
import { lastingPool } from './pool.ts';

/**
 * Raw statements: `` sql`select …` ``. `bigint` columns arrive as numbers, `timestamptz` as `Date`; a string
 * given for a `json` column is taken as JSON text, everything else is turned into it.
 */
export type Sql = postgres.Sql<{ bigint: number }>;

/** A transaction of `Sql`, or `Sql` itself: what a statement can be sent through. */
export type SqlRunner = Sql | postgres.TransactionSql<{ bigint: number }>;

/** A pool of connections to one database, twice: as raw statements, and as Drizzle's builder over the same pool. */
export interface Database {
  sql: Sql;
  db: PostgresJsDatabase;
  /** Lets running statements end (at most 5 s), then closes every connection. */
  close(): Promise<void>;
}

/** How to reach a database; only the address is needed. */
export interface DatabaseOptions {
  /** `postgres://user:password@host:port/name` */
  url: string;
  /** Connections at most; 10 when not said. The desk's own server takes 50 from all its clients. */
  max?: number;
  /** How it calls itself in `pg_stat_activity`. */
  name?: string;
  /** A statement is cut off after this, in ms; 15,000 when not said, 0 for never. */
  statementTimeout?: number;
}

/** A server that cuts a statement off says so soon; below this, in ms, it is the machine that is busy. */
const LEAST_SILENCE_MS = 2000;

/**
 * Connects, and throws when the server does not answer within 10 s or refuses. A server that goes away later makes statements reject, and
 * nothing else: as soon as it is back, they are done again. So does one that is there and does not answer, twenty to thirty seconds after it
 * should have. A transaction that lost its connection rejects; whether its commit was done is not known.
 */
export async function openDatabase(options: DatabaseOptions): Promise<Database> {
  const { url, max = 10, name = 'switchdesk', statementTimeout = 15_000 } = options;
  const settings = {
    max,
    connect_timeout: 10, // s
    max_lifetime: null, // a connection that closes is one that died (see pool.ts)
    prepare: true,
    onnotice: () => undefined,
    connection: {
      application_name: name,
      statement_timeout: statementTimeout,
      idle_in_transaction_session_timeout: 30_000,
      TimeZone: 'UTC',
    },
    types: {
      // ids and counts stay far below 2^53, and a number survives JSON
      bigint: { to: 20, from: [20], parse: (text: string) => Number(text), serialize: String },
    },
  };
  arrays ??= await learnArrays(connect(url, { ...settings, max: 1 }));
  const known = arrays;
  const { sql, close } = lastingPool(
    onclose => {
      const client = connect(url, { ...settings, max, onclose, fetch_types: false });
      Object.assign(client.options.parsers, known.parsers);
      Object.assign(client.options.serializers, known.serializers);
      return client;
    },
    statementTimeout === 0
      ? Number.POSITIVE_INFINITY
      : Math.max(LEAST_SILENCE_MS, (statementTimeout * 4) / 3),
  );
  const db = drizzle({ client: sql });
  shareCodecs(sql);
  try {
    await sql`select 1`;
  } catch (error) {
    await close();
    throw error;
  }
  return { sql, db, close };
}

type Settings = postgres.Options<{ bigint: postgres.PostgresType<number> }>;

function connect(url: string, settings: Settings): Sql {
  const client: Sql = postgres(url, settings);
  drizzle({ client }); // it sets the codecs of the client it is given
  shareCodecs(client);
  return client;
}

/** How arrays are read and written, by the number of their type. */
type ArrayCodecs = Pick<Sql['options'], 'parsers' | 'serializers'>;

/** Of PostgreSQL's own types, whose numbers are the same on every server: learned once in a process. */
let arrays: ArrayCodecs | undefined;

/**
 * postgres.js 3.4.9 asks for the types of arrays on each new connection, in a query of its own that nobody waits for: when the server goes
 * away over it, its rejection ends the process. So only one client ever asks, and all others are told.
 */
async function learnArrays(first: Sql): Promise<ArrayCodecs> {
  try {
    await first`select 1`;
    const { parsers, serializers } = first.options;
    const isArray = ([, parse]: [string, unknown]): boolean => Reflect.get(Object(parse), 'array') === true;
    const own = Object.fromEntries(Object.entries(parsers).filter(isArray));
    return {
      parsers: own,
      serializers: Object.fromEntries(Object.entries(serializers).filter(([type]) => type in own)),
    };
  } finally {
    await first.end({ timeout: 5 });
  }
}

/**
 * Drizzle turns off the pool's own reading and writing of times and JSON, because it does both itself. These
 * serve both: raw statements get and take `Date` and objects, and what Drizzle has written passes through.
 */
function shareCodecs(sql: Sql): void {
  const { parsers, serializers } = sql.options;
  const [date, timestamp, timestamptz, json, jsonb] = [1082, 1114, 1184, 114, 3802];
  parsers[timestamptz] = (text: string) => new Date(text);
  for (const type of [date, timestamp, timestamptz])
    serializers[type] = (value: unknown) => (value instanceof Date ? value.toISOString() : value);
  for (const type of [json, jsonb])
    serializers[type] = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value));
}
