import { chmodSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { ServerError } from './error.ts';

/** A held directory. Let go with `release`, or by dying. */
export interface DirectoryLock {
  release(): void;
}

const lockedByAnother = 5; // SQLITE_BUSY, https://www.sqlite.org/rescode.html#busy

/**
 * Holds `directory` for this process, or throws a `ServerError` that names the holder.
 *
 * The lock is the byte-range lock of an open SQLite transaction: the one way to an OS file lock in Node without
 * an addon or a helper process. The kernel drops it however the process ends, and since it is on the file and
 * not in a network or pid namespace, two containers that share a volume exclude each other as well.
 */
export function lockDirectory(directory: string): DirectoryLock {
  const note = join(directory, 'desk.holder.json');
  const lock = openLock(directory);
  try {
    lock.exec('PRAGMA journal_mode = OFF; BEGIN EXCLUSIVE');
  } catch (error) {
    lock.close();
    if (!isBusy(error)) throw error;
    throw new ServerError(
      `${directory} is in use by another desk (${describeHolder(note)}). ` +
        'Stop that one first, or give this one a directory of its own with DATA_DIR.',
    );
  }
  writeFileSync(
    note,
    JSON.stringify({ pid: process.pid, host: hostname(), since: new Date().toISOString() }),
  );
  chmodSync(note, 0o600);
  return {
    release: () => {
      rmSync(note, { force: true });
      lock.close();
    },
  };
}

function openLock(directory: string): DatabaseSync {
  try {
    return new DatabaseSync(join(directory, 'desk.lock'), { timeout: 0 });
  } catch (cause) {
    const remedy = 'Start the desk as its owner, or give it another directory with DATA_DIR.';
    throw new ServerError(`This user cannot write in ${directory}. ${remedy}`, { cause });
  }
}

function isBusy(error: unknown): boolean {
  return error instanceof Error && 'errcode' in error && error.errcode === lockedByAnother;
}

function describeHolder(note: string): string {
  try {
    const holder: { pid: number; host: string; since: string } = JSON.parse(readFileSync(note, 'utf8'));
    return `process ${holder.pid} on ${holder.host}, since ${holder.since}`;
  } catch {
    return 'a process that has only just begun'; // it holds the lock and has not written its note yet
  }
}
