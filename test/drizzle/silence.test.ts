import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { expect, test } from 'vitest';
import { type Database, openDatabase } from '../../drizzle/database.ts';
import { withoutLimit } from '../../drizzle/vigil.ts';
import { freshDatabase } from '../harness/database.ts';

/** A network between a pool and its server. */
interface Network {
  readonly url: string;
  /** What is said over the connections of now arrives nowhere any more, and nobody is told. */
  swallow(): void;
  /** Cuts the connections of now one after the other, so that the client sees it as an error. */
  cut(order: Order): void;
  close(): Promise<void>;
}

type Order = 'oldest first' | 'newest first';

async function networkTo(url: string): Promise<Network> {
  const target = new URL(url);
  const pairs: { near: Socket; far: Socket; silent: boolean }[] = [];
  const server = createServer(near => {
    const pair = { near, far: connect(Number(target.port), target.hostname), silent: false };
    pairs.push(pair);
    near.on('data', piece => pair.silent || pair.far.write(piece));
    pair.far.on('data', piece => pair.silent || near.write(piece));
    near.on('close', () => pair.silent || pair.far.destroy()).on('error', () => undefined);
    pair.far.on('close', () => pair.silent || near.destroy()).on('error', () => undefined);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const here = new URL(url);
  here.port = String((server.address() as AddressInfo).port);
  return {
    url: here.href,
    swallow: () => {
      for (const pair of pairs) pair.silent = true;
    },
    cut: order => {
      for (const { near } of order === 'oldest first' ? pairs : pairs.toReversed()) near.resetAndDestroy();
    },
    async close() {
      for (const { near, far } of pairs) {
        near.destroy();
        far.destroy();
      }
      server.close();
      await once(server, 'close');
    },
  };
}

interface Opened extends Network {
  readonly sql: Database['sql'];
  /** Statements that the server is at work on, and that begin so. */
  busy(text: string): Promise<number>;
  /** Takes the advisory lock with this number, on a connection past the network. Returns the way to let go. */
  lock(number: number): Promise<() => Promise<void>>;
}

/** Two connections. With the least limit there is a statement is cut off after 0.2 s, and the server is silent after 2 s. */
async function open(
  finished: (end: () => Promise<void>) => void,
  { statementTimeout = 200 } = {},
): Promise<Opened> {
  const fresh = await freshDatabase();
  const network = await networkTo(fresh.url);
  const database = await openDatabase({ url: network.url, max: 2, statementTimeout });
  finished(async () => {
    await database.close();
    await network.close();
    await fresh.drop();
  });
  const busy = async (text: string): Promise<number> => {
    const rows = await fresh.database.sql`
      select from pg_stat_activity where datname = current_database() and state = 'active' and query like ${`${text}%`}
        and pid <> pg_backend_pid()`;
    return rows.count;
  };
  const lock = async (number: number): Promise<() => Promise<void>> => {
    const own = await fresh.database.sql.reserve();
    await own`select pg_advisory_lock(${number})`;
    return async () => {
      await own`select pg_advisory_unlock(${number})`;
      own.release();
    };
  };
  return { ...network, sql: database.sql, busy, lock };
}

/** How it ends; every one of these would wait for ever. postgres.js has words of its own for a connection that is no more. */
const endOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'done',
    ({ name, code }: Error & { code?: string }) =>
      name === 'ConnectionLost' || code === 'CONNECTION_DESTROYED' ? 'lost' : `${name} ${code}`,
  );

test.concurrent('a statement that is never answered is lost, and so is what waits behind it; the next one goes over a new connection', async ({
  expect,
  onTestFinished,
}) => {
  const { sql, swallow } = await open(onTestFinished);
  await Promise.all([sql`select 1`, sql`select 2`]);
  swallow();
  const asked = [1, 2, 3, 4].map(nth => endOf(sql`select ${nth}::int as nth`));
  expect(await Promise.all(asked)).toEqual(asked.map(() => 'lost'));
  expect([...(await sql`select 5 as nth`)]).toEqual([{ nth: 5 }]);
}, 20_000);

test.for(['at its beginning', 'in its work', 'at its end'] as const)(
  'a transaction that is not answered %s is lost, and the next one is not',
  { concurrent: true, timeout: 20_000 },
  async (where, { expect, onTestFinished }) => {
    const { sql, swallow } = await open(onTestFinished);
    await sql`create table entry (id int)`;
    if (where === 'at its beginning') swallow();
    const work = sql.begin(async tx => {
      await tx`insert into entry (id) values (1)`;
      if (where !== 'at its beginning') swallow();
      if (where === 'in its work') await tx`insert into entry (id) values (2)`;
    });
    expect(await endOf(work)).toBe('lost');
    await sql.begin(tx => tx`insert into entry (id) values (3)`);
    expect([...(await sql`select id from entry where id > 1`)]).toEqual([{ id: 3 }]);
  },
);

// Which of two connections is at work is the pool's business: with the other order nothing happens that could go wrong.
test.for(['oldest first', 'newest first'] as const)(
  'a statement given to a connection between its death and the word of it is never answered with nothing: %s',
  async (order, { onTestFinished }) => {
    const { sql, cut, busy, lock } = await open(onTestFinished, { statementTimeout: 60_000 });
    await Promise.all([sql`select 1`, sql`select 2`]);
    const answers: Promise<string>[] = [];
    const ask = (): Promise<string> =>
      sql`select ${7}::int as seven`.then(
        rows => `${rows.length} rows`,
        () => 'refused',
      );
    // One is at work, one is at rest. Whoever hears that the first is dead asks again at once, more than there are connections.
    const letGo = await lock(1);
    const first = sql`select pg_advisory_lock(${1}), ${'long'}::text as word`.catch(() => {
      answers.push(ask(), ask(), ask());
    });
    await expect.poll(() => busy('select pg_advisory_lock'), { interval: 5 }).toBe(1);
    cut(order);
    await first;
    await letGo();
    const came = await Promise.all(answers);
    expect(came).toHaveLength(3);
    expect(came).not.toContain('0 rows');
  },
);

test.concurrent('a statement that may take as long as it needs is waited for', async ({ onTestFinished }) => {
  const { sql } = await open(onTestFinished);
  await sql.begin(async tx => {
    await tx`set local statement_timeout = 0`;
    await withoutLimit(tx`select pg_sleep(3.5)`);
  });
}, 20_000);
