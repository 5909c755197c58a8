import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { openDatabase } from '../../drizzle/database.ts';
import { migrate } from '../../drizzle/migrate.ts';
import { startServer } from '../../drizzle/server.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The server that all tests share, as its superuser. */
    serverUrl: string;
    /** A migrated, empty database that nobody connects to. */
    template: string;
  }
}

const template = 'desk_template';

/** One real PostgreSQL for the whole run, in a directory that goes with it; every test clones the template. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const dataDir = await mkdtemp(join(tmpdir(), 'switchdesk-test-'));
  const log = { info: () => undefined, warn: console.warn, error: console.error };
  const server = await startServer({ dataDir, log, durable: false });
  const teardown = async (): Promise<void> => {
    await server.stop();
    await rm(dataDir, { recursive: true, force: true });
  };
  try {
    await migrateTemplate(server.url);
  } catch (error) {
    await teardown();
    throw error;
  }
  project.provide('serverUrl', server.url);
  project.provide('template', template);
  return teardown;
}

async function migrateTemplate(serverUrl: string): Promise<void> {
  const admin = await openDatabase({ url: serverUrl, max: 1 });
  await admin.sql.unsafe(`create database ${template}`);
  await admin.close();
  const url = new URL(serverUrl);
  url.pathname = template;
  const database = await openDatabase({ url: url.href, max: 1 });
  try {
    await migrate(database.sql);
  } finally {
    await database.close();
  }
}
