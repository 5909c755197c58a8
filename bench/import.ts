import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { openDatabase } from '../drizzle/database.ts';
import { migrate } from '../drizzle/migrate.ts';
import { startServer } from '../drizzle/server.ts';
import { csvColumns } from '../src/cli/import/csv.ts';
import { importAccounts, type Summary } from '../src/cli/import/run.ts';
import { inDirectory } from './kit/cleanup.ts';
import type { Options } from './kit/report.ts';
import { round } from './kit/stats.ts';

/** What the bench found. */
export interface ImportResult {
  /** Accounts, each with a contact and a service, brought into an empty desk in a second. */
  readonly rows_per_s: number;
  /** The same file once more. */
  readonly again_per_s: number;
  /** What the second time changed. */
  readonly again_changed: number;
  /** Growth of the process's memory over both, in MB. */
  readonly growth_mb: number;
}

/** Imports 100,000 accounts (20,000 in short) from a CSV file, twice, into the desk's own PostgreSQL. */
export function runImport({ short, say }: Options): Promise<ImportResult> {
  const count = short ? 20_000 : 100_000;
  return inDirectory(async (directory, defer) => {
    const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
    const server = await startServer({ dataDir: join(directory, 'data'), log });
    defer(() => server.stop());
    const path = join(directory, 'accounts.csv');
    await pipeline(accountsCsv(count), createWriteStream(path));
    const before = process.memoryUsage.rss();
    const once = async (): Promise<{ summary: Summary; perSecond: number }> => {
      const database = await openDatabase({ url: server.url, max: 1, statementTimeout: 0 });
      await migrate(database.sql);
      const began = performance.now();
      const onFault = ({ line, message }: { line: number; message: string }): never => {
        throw new Error(`line ${line}: ${message}`);
      };
      const now = (): Date => new Date();
      const { summary } = await importAccounts({ database, now, path, dryRun: false, onFault });
      const seconds = (performance.now() - began) / 1000;
      await database.close();
      say(`${count} accounts in ${round(seconds, 1)} s: ${summary.created} new, ${summary.changed} changed`);
      return { summary, perSecond: round(count / seconds, 0) };
    };
    const first = await once();
    const again = await once();
    return {
      rows_per_s: first.perSecond,
      again_per_s: again.perSecond,
      again_changed: again.summary.created + again.summary.changed,
      growth_mb: round((process.memoryUsage.rss() - before) / 1024 / 1024, 0),
    };
  });
}

function* accountsCsv(count: number): Generator<string> {
  yield `${csvColumns.join(',')}\n`;
  for (let n = 0; n < count; n += 1) {
    const ip = `10.${(n >> 16) & 255}.${(n >> 8) & 255}.${n & 255}`;
    yield `A-${n},"Spółka ${n}, sp. z o.o.",business,pl,Europe/Warsaw,active,C-${n},Jan Żółć ${n},owner technical,jan${n}@example.com,,,S-${n},Sklep ${n},vps,${100_000 + n},${ip} 2001:db8:${(n >> 16).toString(16)}:${(n & 0xffff).toString(16)}::/64,WAW1,active\n`;
  }
}
