import { randomBytes } from 'node:crypto';
import { inject } from 'vitest';
import { type Database, openDatabase } from '../../drizzle/database.ts';

/** A database of a test's own: migrated, empty, and shared with nobody. */
export interface FreshDatabase {
  /** For a second pool, or a desk in another process. */
  url: string;
  database: Database;
  /** Closes the pool and deletes the database, whoever is still connected to it. */
  drop(): Promise<void>;
}

/** Clones the migrated template on the run's shared PostgreSQL (some 30 ms). `max`: connections of its pool. */
export function freshDatabase({ max = 4 }: { max?: number } = {}): Promise<FreshDatabase> {
  return create(`template ${inject('template')} strategy file_copy`, max);
}

/** An empty, unmigrated database, for tests of the migrations themselves. */
export function emptyDatabase(): Promise<FreshDatabase> {
  return create('', 4);
}

async function create(from: string, max: number): Promise<FreshDatabase> {
  const name = `test_${randomBytes(6).toString('hex')}`;
  await asAdmin(`create database ${name} ${from}`);
  const url = new URL(inject('serverUrl'));
  url.pathname = name;
  const database = await openDatabase({ url: url.href, max, name });
  const drop = async (): Promise<void> => {
    await database.close();
    await asAdmin(`drop database if exists ${name} with (force)`);
  };
  return { url: url.href, database, drop };
}

async function asAdmin(statement: string): Promise<void> {
  const admin = await openDatabase({ url: inject('serverUrl'), max: 1 });
  try {
    await admin.sql.unsafe(statement);
  } finally {
    await admin.close();
  }
}
