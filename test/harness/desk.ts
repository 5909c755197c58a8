import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Database } from '../../drizzle/database.ts';
import {
  type Channel,
  createDesk,
  type Desk,
  type DrawChart,
  type FileHouse,
  type Log,
  loadLocales,
  type Policy,
  readPolicy,
} from '../../src/core/index.ts';
import { diskStore, diskUploads } from '../../src/storage/index.ts';
import { freshDatabase } from './database.ts';

/** Time that stands still until a test moves it. */
export interface MovedClock {
  now(): Date;
  forward(ms: number): void;
}

/** A clock that begins at a plain winter Sunday afternoon in Warsaw. */
export function movedClock(start = new Date('2026-11-22T13:30:00Z')): MovedClock {
  let at = start.getTime();
  return {
    now: () => new Date(at),
    forward: ms => {
      at += ms;
    },
  };
}

/** The role that tests give to staff. */
export const STAFF_ROLE = '900000000000000001';

/** The policy that ships, with the tests' staff role for the given channels; replies go at once and no report comes on Monday, unless a test is about that. */
export function testPolicy(kinds: readonly string[] = ['discord', 'forum']): Policy {
  const result = readPolicy(readFileSync(new URL('../../desk.yaml', import.meta.url), 'utf8'));
  if (!result.ok) throw new Error(result.faults.join('\n'));
  const roles = Object.fromEntries(kinds.map(kind => [kind, [STAFF_ROLE]]));
  const staff = { ...result.policy.staff, roles, undo: 0 };
  return { ...result.policy, staff, reports: { weekly: undefined } };
}

/** The words that ship. */
export const words = loadLocales(new URL('../../locales', import.meta.url).pathname);

/** A log that keeps its lines. */
export interface KeptLog extends Log {
  readonly lines: string[];
}

/** A log for tests: kept, not printed. */
export function keptLog(): KeptLog {
  const lines: string[] = [];
  const keep = (level: string) => (message: string, fields?: Readonly<Record<string, unknown>>) =>
    void lines.push(`${level} ${message} ${JSON.stringify(fields ?? {})}`);
  return { lines, info: keep('info'), warn: keep('warn'), error: keep('error') };
}

/** A house of files in a directory of the test's own, with links to a public address. */
export interface TestHouse extends FileHouse {
  readonly directory: string;
  scan?: FileHouse['scan'];
  links?: FileHouse['links'];
}

async function testHouse(): Promise<TestHouse> {
  const directory = await mkdtemp(join(tmpdir(), 'switchdesk-files-'));
  const links = { publicUrl: 'https://desk.example.com', secret: async () => Buffer.alloc(32, 7) };
  const uploads = diskUploads(join(directory, 'uploads'));
  return {
    directory,
    store: diskStore(join(directory, 'kept')),
    spool: join(directory, 'incoming'),
    uploads,
    links,
  };
}

/** Draws as the desk does, but here: a process for each picture is for the tests of pictures. */
export const drawHere: DrawChart = async chart => (await import('../../src/charts/paint.ts')).paint(chart);

/** A desk over a fresh database, with scripted channels and a moved clock. */
export interface TestDesk {
  readonly desk: Desk;
  readonly database: Database;
  readonly url: string;
  readonly clock: MovedClock;
  readonly log: KeptLog;
  readonly policy: Policy;
  /** Change it before the first file comes. */
  readonly files: TestHouse;
  close(): Promise<void>;
}

/** Builds one. It ticks only when told. */
export async function testDesk(
  channels: readonly Channel[],
  policy: Policy = testPolicy(),
): Promise<TestDesk> {
  const { database, url, drop } = await freshDatabase({ max: 8 });
  const clock = movedClock();
  const log = keptLog();
  const files = await testHouse();
  const desk = createDesk({
    database,
    policy,
    phrases: words,
    log,
    now: clock.now,
    channels,
    files,
    draw: drawHere,
  });
  const close = async (): Promise<void> => {
    await desk.stop();
    await drop();
    await rm(files.directory, { recursive: true, force: true });
  };
  return { desk, database, url, clock, log, policy, files, close };
}
