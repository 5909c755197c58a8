import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Takes something that has to be done when the bench is over. */
export type Defer = (close: () => unknown) => void;

/** Runs `work` in a directory of its own; afterwards does what was deferred, the last first, and deletes the directory. */
export async function inDirectory<T>(work: (directory: string, defer: Defer) => Promise<T>): Promise<T> {
  const directory = await mkdtemp(join(tmpdir(), 'switchdesk-bench-'));
  const closing: (() => unknown)[] = [() => rm(directory, { recursive: true, force: true })];
  try {
    return await work(directory, close => closing.push(close));
  } finally {
    for (const close of closing.toReversed())
      await Promise.resolve(close()).catch(error => process.stderr.write(`while cleaning up: ${error}\n`));
  }
}
