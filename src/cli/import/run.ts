import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { Database } from '../../../drizzle/database.ts';
import {
  type AccountInput,
  accountSchema,
  createAccounts,
  type Mention,
  openRoll,
  type Roll,
} from '../../core/index.ts';
import { readCsv } from './csv.ts';
import { encodingFault } from './encoding.ts';
import { readJson } from './json.ts';
import { type Entry, FileFault, type Found, type RowFault } from './model.ts';

/** What an import did, or would do. */
export interface Summary {
  readonly created: number;
  readonly changed: number;
  readonly unchanged: number;
  /** Accounts that were left as they are because something in their rows is wrong. */
  readonly refused: number;
  /** Accounts of the desk that the file does not name. */
  readonly missing: number;
}

/** What an import needs, and whom it tells. */
export interface ImportOptions {
  /** With one connection. */
  readonly database: Database;
  readonly now: () => Date;
  readonly path: string;
  readonly dryRun: boolean;
  /** Each thing that is wrong, in the order of the file, as it is found. */
  readonly onFault: (fault: RowFault) => void;
  /** How much of the file is done, from 0 to 1, and how many accounts. */
  readonly onProgress?: (done: number, accounts: number) => void;
}

/** A finished import, and what can be done with the accounts that the file did not name. */
export interface Imported {
  readonly summary: Summary;
  readonly roll: Roll;
}

/** Accounts put together in one transaction. */
const TOGETHER = 1000;

/**
 * Imports a file: what is right is put, what is wrong is told and left out. Throws `FileFault` when the file cannot be read as a whole,
 * or not beyond some line. Memory does not grow with the file.
 */
export async function importAccounts(options: ImportOptions): Promise<Imported> {
  const { path, database, onFault, onProgress } = options;
  const wrong = await encodingFault(path);
  if (wrong !== undefined) throw new FileFault(wrong);
  const { size } = await stat(path);
  const roll = await openRoll(database);
  const counts = { created: 0, changed: 0, unchanged: 0, refused: 0 };
  let [done, accounts] = [0, 0];
  let batch: Entry[] = [];
  // While one batch is put, the next is read.
  let putting: Promise<void> = Promise.resolve();
  const flush = async (): Promise<void> => {
    await putting;
    const entries = batch;
    batch = [];
    accounts += entries.length;
    onProgress?.(size === 0 ? 1 : done / size, accounts);
    putting = putBatch(options, roll, entries, counts);
    putting.catch(() => undefined);
  };
  const bytes = counted(createReadStream(path, { highWaterMark: 256 * 1024 }), read => {
    done = read;
  });
  try {
    for await (const found of readerFor(path)(bytes)) {
      if ('entry' in found) batch.push(found.entry);
      else {
        counts.refused += 1;
        for (const fault of found.faults) onFault(fault);
      }
      if (batch.length >= TOGETHER) await flush();
    }
  } finally {
    await flush();
    await putting;
  }
  return { summary: { ...counts, missing: await roll.missing() }, roll };
}

function readerFor(path: string): (bytes: AsyncIterable<Buffer>) => AsyncGenerator<Found> {
  if (/\.csv$/i.test(path)) return readCsv;
  if (/\.(json|ndjson|jsonl)$/i.test(path)) return readJson;
  throw new FileFault('The name of the file says what it is: it ends with .csv, .json, .ndjson or .jsonl.');
}

async function* counted(bytes: AsyncIterable<Buffer>, tell: (read: number) => void): AsyncGenerator<Buffer> {
  let read = 0;
  let first = true;
  for await (const chunk of bytes) {
    read += chunk.length;
    tell(read);
    const marked = first && chunk.subarray(0, 3).equals(Buffer.from([0xef, 0xbb, 0xbf]));
    first = false;
    yield marked ? chunk.subarray(3) : chunk;
  }
}

type Counts = { -readonly [K in 'created' | 'changed' | 'unchanged' | 'refused']: number };

async function putBatch(
  { database, now, dryRun, onFault }: ImportOptions,
  roll: Roll,
  entries: readonly Entry[],
  counts: Counts,
): Promise<void> {
  const faults: RowFault[] = [];
  const checked = entries.flatMap(entry => check(entry, faults));
  const fresh = await refuseRepeats(roll, checked, faults);
  const accounts = createAccounts({ database, now });
  const puts = await (dryRun ? accounts.preview : accounts.put)(fresh.map(({ account }) => account));
  for (const [index, put] of puts.entries()) {
    if (put.change !== 'refused') counts[put.change] += 1;
    else
      for (const { path, message } of put.clashes) faults.push(faultAt(fresh[index]?.entry, path, message));
  }
  counts.refused += entries.length - puts.filter(({ change }) => change !== 'refused').length;
  for (const fault of faults.toSorted((a, b) => a.line - b.line)) onFault(fault);
}

interface Checked {
  readonly entry: Entry;
  readonly account: AccountInput;
}

function check(entry: Entry, faults: RowFault[]): Checked[] {
  const result = accountSchema.safeParse(entry.value);
  if (result.success) return [{ entry, account: result.data }];
  faults.push(...result.error.issues.map(({ path, message }) => faultAt(entry, path, message)));
  return [];
}

function faultAt(entry: Entry | undefined, path: readonly PropertyKey[], message: string): RowFault {
  return { ...(entry?.where(path) ?? { line: 0, field: '' }), message };
}

/** What the file named before stays as it was first: which of two is meant, nobody knows. */
async function refuseRepeats(
  roll: Roll,
  checked: readonly Checked[],
  faults: RowFault[],
): Promise<Checked[]> {
  const named = checked.map(one => ({ ...one, mentions: mentionsOf(one) }));
  const repeats = await roll.note(named.flatMap(({ mentions }) => mentions.map(({ mention }) => mention)));
  return named.filter(({ entry, mentions }) => {
    const twice = mentions.filter(({ mention }) => repeats.has(mention));
    for (const { mention, path } of twice) {
      const message = `the ${mention.kind} "${mention.ref}" is in the file before, on line ${repeats.get(mention)}`;
      faults.push(faultAt(entry, path, message));
    }
    return twice.length === 0;
  });
}

function mentionsOf({ entry, account }: Checked): { mention: Mention; path: readonly PropertyKey[] }[] {
  const of = (kind: Mention['kind'], ref: string, path: readonly PropertyKey[]) => ({
    mention: { kind, ref, line: entry.where(path).line },
    path,
  });
  return [
    of('account', account.ref, ['ref']),
    ...(account.contacts ?? []).map(({ ref }, index) => of('contact', ref, ['contacts', index, 'ref'])),
    ...(account.services ?? []).map(({ ref }, index) => of('service', ref, ['services', index, 'ref'])),
  ];
}
