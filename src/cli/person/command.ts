import { databaseClock } from '../../../drizzle/clock.ts';
import { openDatabase } from '../../../drizzle/database.ts';
import { migrate } from '../../../drizzle/migrate.ts';
import { startServer } from '../../../drizzle/server.ts';
import { readConfig } from '../../config.ts';
import { createDesk, type Desk, type Log } from '../../core/index.ts';
import { createLog } from '../../log.ts';
import { openFileHouse } from '../../storage/index.ts';
import { readWords } from '../../words.ts';
import type { Io } from '../io.ts';

/**
 * Runs work on the desk's database and files, without its platforms. Returns what the work returns; 1, after saying what to do, when the
 * configuration is incomplete. Throws when the database cannot be had.
 */
export async function onDesk(io: Io, work: (desk: Desk) => Promise<number>): Promise<number> {
  const result = readConfig({ ...io.env });
  if (!result.ok) {
    io.err(`The configuration is incomplete:\n${result.faults.map(fault => `  - ${fault}\n`).join('')}`);
    return 1;
  }
  const { config } = result;
  const log: Log = createLog('error');
  const server =
    config.databaseUrl === undefined ? await startServer({ dataDir: config.dataDir, log }) : undefined;
  try {
    const database = await openDatabase({
      url: config.databaseUrl ?? (server?.url as string),
      max: 2,
      name: 'switchdesk person',
    });
    try {
      await migrate(database.sql);
      const { now } = await databaseClock(database);
      const { policy } = config;
      const files = openFileHouse(config.dataDir, config.files);
      return await work(
        createDesk({ database, policy, phrases: readWords(policy), log, now, channels: [], files }),
      );
    } finally {
      await database.close();
    }
  } finally {
    await server?.stop();
  }
}
