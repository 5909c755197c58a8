import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { ServerError } from './error.ts';
import type { Identity } from './identity.ts';

type Child = ChildProcessByStdio<null, null, Readable>;

/**
 * Starts one of PostgreSQL's programs. Its environment is bare, so neither the desk's tokens nor stray `PG…`
 * variables reach it, and it leads a session of its own, so Ctrl-C reaches the desk alone, which then stops it.
 */
export function launch({ prefix }: Identity, program: string, args: string[]): Child {
  const [first = program, ...rest] = [...prefix, program, ...args];
  const { PATH, SystemRoot, TEMP } = process.env;
  return spawn(first, rest, {
    cwd: '/',
    detached: process.platform !== 'win32',
    env: { PATH, SystemRoot, TEMP, LC_ALL: 'C' },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
}

/** Runs one of PostgreSQL's programs to its end; what it complained of is in the error. */
export async function run(identity: Identity, program: string, args: string[]): Promise<void> {
  const child = launch(identity, program, args);
  const complaint = text(child.stderr);
  const [code] = await once(child, 'close');
  if (code !== 0) throw new ServerError(`${program} failed (${code}): ${(await complaint).trim()}`);
}
