import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  closeSync,
  existsSync,
  fsyncSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ServerError } from './error.ts';
import type { Identity } from './identity.ts';
import { run } from './run.ts';

const passwordFile = 'desk.password';

/**
 * Makes the database cluster in `<directory>/postgres` unless it is there. It is built beside its place and
 * renamed into it, so what an interrupted start leaves is never taken for a cluster.
 */
export async function initialiseOnce(identity: Identity, directory: string): Promise<void> {
  const data = join(directory, 'postgres');
  const unfinished = `${data}.unfinished`;
  const secret = `${unfinished}.password`;
  rmSync(unfinished, { recursive: true, force: true });
  rmSync(secret, { force: true });
  if (existsSync(data)) {
    chmodSync(data, 0o700); // PostgreSQL demands it, and a backup that was copied back may have lost it
    return;
  }
  await writeFile(secret, randomBytes(24).toString('base64url'), { mode: 0o600 });
  await run(identity, identity.binaries.initdb, [
    `--pgdata=${unfinished}`,
    '--username=desk',
    `--pwfile=${secret}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale-provider=builtin', // the same order of words on every machine, and after an upgrade of its libc
    '--builtin-locale=C.UTF-8',
    '--locale=C',
    '--no-instructions',
  ]);
  renameSync(secret, join(unfinished, passwordFile));
  renameSync(unfinished, data);
  sync(directory);
}

/** The superuser's password, from the cluster's own directory; it never leaves this machine. */
export function readPassword(data: string): string {
  try {
    return readFileSync(join(data, passwordFile), 'utf8').trim();
  } catch (cause) {
    const remedy = 'Restore it from a backup of the directory: without it the desk cannot log in.';
    throw new ServerError(`${join(data, passwordFile)} cannot be read. ${remedy}`, { cause });
  }
}

/** Refuses data of another major version, which this PostgreSQL could not read. */
export function checkVersion(identity: Identity, data: string): void {
  const has = readFileSync(join(data, 'PG_VERSION'), 'utf8').trim();
  const needs = identity.binaries.version.split('.')[0];
  if (has === needs) return;
  throw new ServerError(
    `${data} was written by PostgreSQL ${has}, and this is PostgreSQL ${needs}. Dump it with the release of the ` +
      'desk that wrote it and restore it into a new directory, or name a server with DATABASE_URL.',
  );
}

function sync(directory: string): void {
  const handle = openSync(directory, 'r');
  fsyncSync(handle);
  closeSync(handle);
}
