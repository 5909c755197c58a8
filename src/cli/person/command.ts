import { createDrawChart } from '../../charts/index.ts';
import { readConfig } from '../../config.ts';
import { createDesk, type Desk, type Log } from '../../core/index.ts';
import { createLog } from '../../log.ts';
import { openFileHouse } from '../../storage/index.ts';
import { readWords } from '../../words.ts';
import { openDesk } from '../database.ts';
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
  const { policy, dataDir, files } = result.config;
  const { database, now, close } = await openDesk(io.env, 2);
  try {
    const log: Log = createLog('error');
    const house = openFileHouse(dataDir, files);
    const parts = { database, policy, phrases: readWords(policy), log, now, files: house };
    return await work(createDesk({ ...parts, channels: [], draw: createDrawChart() }));
  } finally {
    await close();
  }
}
