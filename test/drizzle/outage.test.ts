import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Database, openDatabase } from '../../drizzle/database.ts';
import { type Server, startServer } from '../../drizzle/server.ts';

let dataDir: string;
let server: Server;
let database: Database;
const uncaught: unknown[] = [];
const note = (error: unknown): void => void uncaught.push(error);
const log = { info: () => undefined, warn: () => undefined, error: () => undefined };

beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'switchdesk-outage-'));
  server = await startServer({ dataDir, log });
  database = await openDatabase({ url: server.url, max: 6 });
  await database.sql`create table entry (id int primary key, what text)`;
  process.on('uncaughtException', note);
  process.on('unhandledRejection', note);
});

afterAll(async () => {
  process.off('uncaughtException', note);
  process.off('unhandledRejection', note);
  await database.close();
  await server.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

/** The server is killed, or stops as an operator stops it; its supervisor starts it again. */
async function goesAway(how: 'SIGKILL' | 'SIGINT'): Promise<void> {
  const { pid } = server;
  process.kill(pid, how);
  await expect.poll(() => server.pid, { timeout: 20_000 }).not.toBe(pid);
}

/** Writes until told to stop: transactions of several statements, as the desk's. Keeps what was acknowledged. */
async function writer(from: number, kept: number[], stopped: () => boolean): Promise<void> {
  for (let id = from; !stopped(); id += 1) {
    await database.sql
      .begin(async tx => {
        await tx`insert into entry (id, what) values (${id}, 'begun')`;
        await tx`select pg_sleep(0.002)`;
        await tx`update entry set what = ${`done ${id}`} where id = ${id}`;
      })
      .then(
        () => kept.push(id),
        () => delay(10),
      );
  }
}

/** Resolves when so many more were acknowledged. */
async function progress(kept: readonly number[]): Promise<void> {
  const enough = kept.length + 20;
  await expect.poll(() => kept.length, { timeout: 20_000, interval: 5 }).toBeGreaterThanOrEqual(enough);
}

test.each(['SIGKILL', 'SIGINT'] as const)(
  'after %s of the server, work goes on by itself, and what was acknowledged is there whole',
  async how => {
    let over = false;
    const base = how === 'SIGKILL' ? 0 : 10_000_000;
    const kept: number[] = [];
    const writers = [1, 2, 3, 4, 5, 6, 7, 8].map(nth => writer(base + nth * 1_000_000, kept, () => over));
    for (let outage = 0; outage < 3; outage += 1) {
      await progress(kept);
      await goesAway(how);
    }
    await progress(kept);
    over = true;
    await Promise.all(writers);
    const rows = await database.sql<
      { id: number; what: string }[]
    >`select id, what from entry where id > ${base}`;
    const found = new Map(rows.map(row => [row.id, row.what]));
    expect(kept.filter(id => found.get(id) !== `done ${id}`)).toEqual([]);
    expect(rows.filter(({ what }) => what === 'begun')).toEqual([]);
    expect(uncaught).toEqual([]);
  },
  120_000,
);

test('a transaction whose connection died does nothing in the one that comes after it', async () => {
  const asked = Promise.withResolvers<number>();
  const goOn = Promise.withResolvers<void>();
  const dying = database.sql.begin(async tx => {
    const [row] = await tx<{ pid: number }[]>`select pg_backend_pid() as pid`;
    asked.resolve(row?.pid ?? 0);
    await goOn.promise;
    await tx`insert into entry (id, what) values (-1, 'by the dead one')`;
  });
  const refused = dying.then(
    () => 'done',
    () => 'refused',
  );
  await database.sql`select pg_terminate_backend(${await asked.promise})`;
  expect(await refused).toBe('refused');
  await database.sql.begin(async tx => {
    await tx`insert into entry (id, what) values (-2, 'by the living one')`;
    goOn.resolve();
    await tx`select pg_sleep(0.05)`;
  });
  const rows = await database.sql`select id from entry where id < 0`;
  expect(rows.map(({ id }) => id)).toEqual([-2]);
  expect(uncaught).toEqual([]);
});
