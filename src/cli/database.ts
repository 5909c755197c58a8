import { resolve } from 'node:path';
import { databaseClock } from '../../drizzle/clock.ts';
import { type Database, openDatabase } from '../../drizzle/database.ts';
import { migrate } from '../../drizzle/migrate.ts';
import { ServerError, startServer, urlOfRunning } from '../../drizzle/server.ts';

/** The desk's database, for a command of the operator. */
export interface DeskDatabase {
  readonly database: Database;
  /** The database's time. */
  readonly now: () => Date;
  close(): Promise<void>;
}

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };

/**
 * Opens the database of `DATABASE_URL`, or the desk's own: that of a desk that runs is joined, else it is started for as long as the command
 * takes. `max` connections, without a limit for a statement. Throws with what to do.
 */
export async function openDesk(
  variables: Readonly<Record<string, string | undefined>>,
  max = 1,
): Promise<DeskDatabase> {
  const given = variables.DATABASE_URL?.trim();
  const { url, stop } = given
    ? { url: given, stop: async () => undefined }
    : await ownServer(resolve(variables.DATA_DIR?.trim() || 'data'));
  try {
    const database = await openDatabase({ url, max, name: 'switchdesk command', statementTimeout: 0 });
    await migrate(database.sql);
    const { now } = await databaseClock(database);
    const close = async (): Promise<void> => {
      await database.close();
      await stop();
    };
    return { database, now, close };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function ownServer(dataDir: string): Promise<{ url: string; stop: () => Promise<void> }> {
  try {
    const server = await startServer({ dataDir, log: silent });
    return { url: server.url, stop: () => server.stop() };
  } catch (error) {
    const url = error instanceof ServerError ? urlOfRunning(dataDir) : undefined;
    if (url === undefined) throw error;
    return { url, stop: async () => undefined };
  }
}
