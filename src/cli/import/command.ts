import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { openDesk } from '../database.ts';
import { type Command, type Io, UsageError } from '../io.ts';
import { csvColumns } from './csv.ts';
import { FileFault, type RowFault } from './model.ts';
import { progressBar } from './progress.ts';
import { type Imported, importAccounts, type Summary } from './run.ts';

const help = `npm run desk -- import FILE [--dry-run] [--remove-missing [--yes]]

Brings accounts with their contacts and services from the billing system. FILE is UTF-8:
  .csv              the first line names the columns; rows of one account follow one another,
                    each with a contact, a service, or both; several values in one cell have
                    spaces between them. Columns: ${csvColumns.join(',')}
  .json             a list of accounts as PUT /api/v1/accounts/{ref} takes them, each with its ref
  .ndjson, .jsonl   one such account to a line

  --dry-run         says what would change, and changes nothing
  --remove-missing  takes away the accounts that the file does not name, after it has said how
                    many and was told yes; never when anything in the file is wrong
  --yes             is that yes, where nobody can be asked

What is wrong is told with its line, and left out; everything else is imported. The same file twice
changes nothing. Exit code: 0 all was right, 1 something was left out or refused, 2 wrong call.
`;

/** `npm run desk -- import`. */
export const importCommand: Command = {
  summary: 'bring accounts from a CSV or JSON file',
  help,
  async run(args, io) {
    const { values, path } = readArgs(args);
    const desk = await openDesk(io.env);
    const bar = progressBar(io.err, io.tty, () => performance.now());
    let faults = 0;
    const onFault = (fault: RowFault): void => {
      faults += 1;
      bar.clear();
      io.err(`${say(fault)}\n`);
    };
    try {
      const { database, now } = desk;
      const dryRun = values['dry-run'];
      const imported = await importAccounts({ database, now, path, dryRun, onFault, onProgress: bar.show });
      bar.clear();
      io.out(summaryOf(imported.summary, dryRun));
      const removed = values['remove-missing']
        ? await removeMissing(imported, { io, faults, dryRun, yes: values.yes })
        : true;
      return faults === 0 && removed ? 0 : 1;
    } catch (error) {
      bar.clear();
      if (!(error instanceof FileFault)) throw error;
      io.err(`${error.message}\n`);
      return 1;
    } finally {
      await desk.close();
    }
  },
};

function readArgs(args: readonly string[]) {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      'dry-run': { type: 'boolean', default: false },
      'remove-missing': { type: 'boolean', default: false },
      yes: { type: 'boolean', default: false },
    },
  });
  const [path, ...more] = positionals;
  if (path === undefined || more.length > 0) throw new UsageError('Name one file.');
  if (!existsSync(path)) throw new UsageError(`There is no file ${path}.`);
  return { values, path };
}

function say({ line, field, message }: RowFault): string {
  return `line ${line}${field === '' ? '' : `, ${field}`}: ${message}`;
}

function summaryOf({ created, changed, unchanged, refused, missing }: Summary, dryRun: boolean): string {
  const rows = [
    ['new', created],
    ['changed', changed],
    ['as before', unchanged],
    ['left out, because something is wrong', refused],
    ['of the desk, not in the file', missing],
  ] as const;
  const title = dryRun ? 'What would change (nothing was):' : 'Accounts:';
  return `${title}\n${rows.map(([what, count]) => `${String(count).padStart(9)}  ${what}\n`).join('')}`;
}

interface Removal {
  readonly io: Io;
  readonly faults: number;
  readonly dryRun: boolean;
  readonly yes: boolean;
}

/** Accounts taken away in one statement. */
const AT_ONCE = 500;

async function removeMissing(
  { summary, roll }: Imported,
  { io, faults, dryRun, yes }: Removal,
): Promise<boolean> {
  const { missing } = summary;
  const named = summary.created + summary.changed + summary.unchanged;
  if (missing === 0 || dryRun) return true;
  if (faults > 0 || named === 0) {
    io.err('Nothing is taken away: the file has faults, or names no account.\n');
    return false;
  }
  const question = `Take away ${missing} accounts with their contacts, services and links, for good? (yes/no) `;
  if (!yes && (!io.tty || (await io.ask(question)).trim().toLowerCase() !== 'yes')) {
    io.err('Nothing was taken away. Say yes when asked, or give --yes.\n');
    return false;
  }
  let removed = 0;
  for (let now = AT_ONCE; now === AT_ONCE; removed += now) now = await roll.removeMissing(AT_ONCE);
  io.out(`${String(removed).padStart(9)}  taken away\n`);
  return true;
}
