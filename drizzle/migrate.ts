import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Sql } from './database.ts';
import { withoutLimit } from './vigil.ts';

/** The database and the migration files do not belong together; the message says what to do. */
export class MigrationError extends Error {
  override readonly name = 'MigrationError';
}

interface Migration {
  name: string;
  text: string;
  sha256: string;
}

const shipped = fileURLToPath(new URL('./migrations', import.meta.url));
const lock = 7_164_005_113; // any number that nobody else locks

/**
 * Brings the database to the newest schema and returns the names of the files it applied, in order.
 *
 * Each file runs once, in a transaction of its own, under an advisory lock: of two desks that start together one
 * applies it and the other waits. Throws a `MigrationError` when a file was changed after it was applied,
 * and when the database has seen a file that this release does not have.
 */
export async function migrate(sql: Sql, folder = shipped): Promise<string[]> {
  const migrations = await readMigrations(folder);
  const applied: string[] = [];
  for (;;) {
    const next = await applyNext(sql, migrations);
    if (next === undefined) return applied;
    applied.push(next);
  }
}

/**
 * The files that `migrate` would apply, in order; nothing is changed. Throws a `MigrationError` as `migrate` does.
 */
export async function pendingMigrations(sql: Sql, folder = shipped): Promise<string[]> {
  const migrations = await readMigrations(folder);
  const [known] = await sql<{ there: boolean }[]>`select to_regclass('migration') is not null as there`;
  const done = known?.there
    ? await sql<{ name: string; sha256: string }[]>`select name, sha256 from migration order by name`
    : [];
  compare(migrations, done);
  return migrations.slice(done.length).map(({ name }) => name);
}

async function applyNext(sql: Sql, migrations: Migration[]): Promise<string | undefined> {
  return await sql.begin(async transaction => {
    await transaction`select pg_advisory_xact_lock(${lock})`;
    await transaction`
      create table if not exists migration (
        name text primary key,
        sha256 text not null,
        applied_at timestamptz not null default now()
      )`;
    const done = await transaction<
      { name: string; sha256: string }[]
    >`select name, sha256 from migration order by name`;
    compare(migrations, done);
    const next = migrations[done.length];
    if (!next) return undefined;
    await transaction`set local statement_timeout = 0`;
    await withoutLimit(transaction.unsafe(next.text).simple());
    await transaction`insert into migration (name, sha256) values (${next.name}, ${next.sha256})`;
    return next.name;
  });
}

/** What was applied must be the beginning of what there is, unchanged. */
function compare(migrations: Migration[], done: readonly { name: string; sha256: string }[]): void {
  for (const [index, { name, sha256 }] of done.entries()) {
    const file = migrations[index];
    if (!migrations.some(migration => migration.name === name))
      throw new MigrationError(
        `The database has had ${name}, which this release does not have: it is the database of a newer one. ` +
          'Start that release, or restore the backup made before it.',
      );
    if (file?.name !== name)
      throw new MigrationError(
        `${file?.name} comes before ${name}, which the database has already had. Give it the next free number.`,
      );
    if (file.sha256 !== sha256)
      throw new MigrationError(
        `${name} was changed after it was applied to this database. Put it back as it was and make the change ` +
          'in a new file. (A database without data worth keeping can be deleted instead.)',
      );
  }
}

async function readMigrations(folder: string): Promise<Migration[]> {
  const names = (await readdir(folder)).filter(name => name.endsWith('.sql')).sort();
  const misnamed = names.find(name => !/^\d{4}_[a-z0-9_-]+\.sql$/.test(name));
  if (misnamed) throw new MigrationError(`${misnamed} is not named like 0001_begin.sql, so it has no place.`);
  return await Promise.all(
    names.map(async name => {
      const text = (await readFile(`${folder}/${name}`, 'utf8')).replaceAll('\r\n', '\n');
      return { name, text, sha256: createHash('sha256').update(text).digest('hex') };
    }),
  );
}
