import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { databaseClock } from '../../../drizzle/clock.ts';
import { type Database, openDatabase } from '../../../drizzle/database.ts';
import { MigrationError, pendingMigrations } from '../../../drizzle/migrate.ts';
import { ServerError, startServer } from '../../../drizzle/server.ts';
import type { Config } from '../../config.ts';
import type { Finding } from '../../core/index.ts';
import { clockFinding } from './clock.ts';

/** The oldest PostgreSQL that the tests' statements were written for; the desk's own is 18. */
const OLDEST = 15;
const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** Does the database answer, is it new enough, does its schema fit this release, and is its clock right? */
export async function checkDatabase(
  { databaseUrl, dataDir }: Config,
  now: () => Date,
): Promise<readonly Finding[]> {
  if (databaseUrl !== undefined) return checkAt(databaseUrl, now);
  const what = "The desk's own PostgreSQL";
  if (!existsSync(join(dataDir, 'postgres')))
    return [{ what: `${what} is made at the first start`, ok: true }];
  try {
    const server = await startServer({ dataDir, log: silent });
    try {
      return await checkAt(server.url, now);
    } finally {
      await server.stop();
    }
  } catch (error) {
    // While the desk runs, its database is its own: that it is in use is no fault.
    const isHeld = error instanceof ServerError && /is in use by another desk/.test(error.message);
    if (isHeld)
      return [{ what: `${what} is in use by the desk that runs; /readyz says how it is`, ok: true }];
    return [
      { what: `${what} starts`, ok: false, mend: error instanceof Error ? error.message : String(error) },
    ];
  }
}

async function checkAt(url: string, now: () => Date): Promise<readonly Finding[]> {
  let database: Database;
  try {
    database = await openDatabase({ url, max: 1, name: 'switchdesk doctor' });
  } catch (error) {
    const code = (error as { code?: string }).code ?? 'no answer';
    const mend = `Look whether PostgreSQL runs at the address in DATABASE_URL, and whether name and password are right (${code}).`;
    return [{ what: 'The database can be reached', ok: false, mend }];
  }
  try {
    const clock = await databaseClock(database);
    const offMs = clock.now().getTime() - now().getTime();
    return [
      { what: 'The database can be reached', ok: true },
      await checkVersion(database),
      await checkSchema(database),
      clockFinding('the database', offMs),
    ];
  } finally {
    await database.close();
  }
}

async function checkVersion({ sql }: Database): Promise<Finding> {
  const [row] = await sql<
    { version: number }[]
  >`select current_setting('server_version_num')::int as version`;
  const major = Math.floor((row?.version ?? 0) / 10_000);
  const what = `It is PostgreSQL ${major}`;
  if (major >= OLDEST) return { what, ok: true };
  return { what, ok: false, mend: `Bring the server to PostgreSQL ${OLDEST} or newer.` };
}

async function checkSchema({ sql }: Database): Promise<Finding> {
  const what = 'Its schema fits this release';
  try {
    const pending = await pendingMigrations(sql);
    if (pending.length === 0) return { what, ok: true };
    return { what: `${what}; the next start applies ${pending.join(', ')}`, ok: true };
  } catch (error) {
    if (error instanceof MigrationError) return { what, ok: false, mend: error.message };
    throw error;
  }
}
