import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { type Database, openDatabase } from '../../drizzle/database.ts';
import { type Server, ServerError, startServer } from '../../drizzle/server.ts';

let pristine: string; // a first start takes seconds, so the tests begin with copies of one that was stopped
let dataDir: string;
const log = { info: vi.fn(), warn: vi.fn(), error: vi.fn() };
const running: { stop(): Promise<void> }[] = [];

beforeAll(async () => {
  pristine = mkdtempSync(join(tmpdir(), 'switchdesk-server-'));
  await (await startServer({ dataDir: pristine, log })).stop();
});

afterAll(() => rmSync(pristine, { recursive: true, force: true }));

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'switchdesk-server-'));
  cpSync(pristine, dataDir, { recursive: true });
});

afterEach(async () => {
  for (const server of running.splice(0)) await server.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

async function start(): Promise<Server> {
  const server = await startServer({ dataDir, log });
  running.push(server);
  return server;
}

/** Which cluster of files it is: initdb gives each its own number. */
async function cluster(sql: Database['sql']): Promise<unknown> {
  return (await sql`select system_identifier from pg_control_system()`)[0]?.system_identifier;
}

async function notes(url: string): Promise<string[]> {
  const { sql, close } = await openDatabase({ url, max: 1 });
  try {
    return (await sql<{ said: string }[]>`select said from note order by id`).map(note => note.said);
  } finally {
    await close();
  }
}

/** A desk in another process. */
interface Desk {
  process: ChildProcessWithoutNullStreams;
  pid: number;
  url: string;
  keep(said: string): Promise<void>;
}

async function desk(): Promise<Desk> {
  const fixture = new URL('./server.fixture.ts', import.meta.url).pathname;
  const child = spawn(process.execPath, [fixture, dataDir]);
  const stop = async (): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGTERM');
    await once(child, 'exit');
  };
  running.push({ stop });
  const lines: AsyncIterator<string> = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const first = await lines.next();
  const { url, pid } = JSON.parse(first.value ?? '{}');
  const keep = async (said: string): Promise<void> => {
    child.stdin.write(`${said}\n`);
    expect((await lines.next()).value).toBe('kept');
  };
  return { process: child, pid, url, keep };
}

async function ended(pid: number): Promise<void> {
  await vi.waitFor(() => expect(existsSync(`/proc/${pid}`)).toBe(false), { timeout: 10_000 });
}

test('data outlive a stop, and the second start makes nothing anew', async () => {
  const first = await start();
  const { sql, close } = await openDatabase({ url: first.url, max: 1 });
  await sql`create table note (id int, said text)`;
  await sql`insert into note values (1, 'zażółć')`;
  const [how] = await sql`
    select current_setting('fsync') as fsync, current_setting('synchronous_commit') as commit,
      current_setting('listen_addresses') as host, pg_encoding_to_char(encoding) as encoding
    from pg_database where datname = current_database()`;
  expect(how).toEqual({ fsync: 'on', commit: 'on', host: '127.0.0.1', encoding: 'UTF8' });
  const made = await cluster(sql);
  await close();
  await first.stop();
  const second = await start();
  const again = await openDatabase({ url: second.url, max: 1 });
  expect(await cluster(again.sql), 'the cluster that initdb made the first time').toEqual(made);
  await again.close();
  expect(await notes(second.url)).toEqual(['zażółć']);
  expect(log.error).not.toHaveBeenCalled();
});

test('nobody logs in without the password, which only its owner can read', async () => {
  const { url } = await start();
  const stranger = new URL(url);
  stranger.password = 'guess';
  await expect(openDatabase({ url: stranger.href })).rejects.toMatchObject({ code: '28P01' });
  expect(statSync(join(dataDir, 'postgres', 'desk.password')).mode & 0o777).toBe(0o600);
  expect(statSync(join(dataDir, 'postgres')).mode & 0o777).toBe(0o700);
});

test('a second desk on the same directory is refused, and told who has it', async () => {
  const other = await desk();
  const holder = new RegExp(`${dataDir} is in use .*process ${other.process.pid} on .* DATA_DIR`);
  await expect(startServer({ dataDir, log })).rejects.toThrow(holder);
  await other.keep('still here');
  expect(await notes(other.url)).toEqual(['still here']);
});

test('within one process, too, a directory has one desk', async () => {
  await start();
  const second = startServer({ dataDir, log });
  await expect(second).rejects.toBeInstanceOf(ServerError);
  await expect(second).rejects.toThrow(/in use by another desk/);
});

test('after kill -9 of the desk the next one starts, and what was committed is there', async () => {
  const victim = await desk();
  await victim.keep('committed');
  victim.process.kill('SIGKILL');
  await once(victim.process, 'exit');
  const next = await start();
  expect(next.pid).not.toBe(victim.pid);
  expect(await notes(next.url)).toEqual(['committed']);
  await ended(victim.pid);
});

test('after kill -9 of desk and server together the next one recovers', async () => {
  const victim = await desk();
  await victim.keep('committed');
  victim.process.kill('SIGSTOP'); // so that it does not start its server again
  process.kill(victim.pid, 'SIGKILL');
  victim.process.kill('SIGKILL');
  await once(victim.process, 'exit');
  expect(existsSync(join(dataDir, 'postgres', 'postmaster.pid'))).toBe(true);
  const next = await start();
  expect(await notes(next.url)).toEqual(['committed']);
});

test('a server that is killed under a living desk comes back at the same address', async () => {
  const other = await desk();
  await other.keep('before');
  process.kill(other.pid, 'SIGKILL');
  await ended(other.pid);
  await vi.waitFor(() => other.keep('after'), { timeout: 15_000, interval: 200 });
  expect(await notes(other.url)).toEqual(['before', 'after']);
});

test('SIGTERM stops the server cleanly before the desk ends', async () => {
  const other = await desk();
  await other.keep('committed');
  other.process.kill('SIGTERM');
  const [, signal] = await once(other.process, 'exit');
  expect(signal).toBe('SIGTERM');
  expect(existsSync(`/proc/${other.pid}`)).toBe(false);
  expect(existsSync(join(dataDir, 'postgres', 'postmaster.pid'))).toBe(false);
});

test('an interrupted first start is begun again', async () => {
  rmSync(join(dataDir, 'postgres'), { recursive: true });
  mkdirSync(join(dataDir, 'postgres.unfinished', 'base'), { recursive: true });
  writeFileSync(join(dataDir, 'postgres.unfinished', 'PG_VERSION'), '18\n');
  const server = await start();
  const { sql, close } = await openDatabase({ url: server.url, max: 1 });
  expect([...(await sql`select 1 as one`)]).toEqual([{ one: 1 }]);
  await close();
  expect(existsSync(join(dataDir, 'postgres.unfinished'))).toBe(false);
});

test('a stale postmaster.pid whose number lives on in another program is no obstacle', async () => {
  await (await start()).stop();
  const note = join(dataDir, 'postgres', 'postmaster.pid');
  writeFileSync(note, `${process.pid}\n${join(dataDir, 'postgres')}\n0\n1\n\n127.0.0.1\n`, { mode: 0o600 });
  const server = await start();
  expect(server.pid).not.toBe(process.pid);
});

test('data of another major version are refused and left alone', async () => {
  await (await start()).stop();
  writeFileSync(join(dataDir, 'postgres', 'PG_VERSION'), '17\n');
  await expect(startServer({ dataDir, log })).rejects.toThrow(/written by PostgreSQL 17.*PostgreSQL 18/);
});

test('a port that is taken is named in the error', async () => {
  const { url } = await start();
  const port = Number(new URL(url).port);
  const elsewhere = mkdtempSync(join(tmpdir(), 'switchdesk-server-'));
  try {
    await expect(startServer({ dataDir: elsewhere, log, port })).rejects.toThrow(`port ${port}`);
  } finally {
    rmSync(elsewhere, { recursive: true, force: true });
  }
});
