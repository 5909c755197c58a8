import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { ServerError } from './error.ts';
import type { Identity } from './identity.ts';
import { launch } from './run.ts';

/** Where the server's own words go; pino and `console` both fit. */
export interface ServerLog {
  info(message: string): void;
  warn(message: string): void;
  error(message: string): void;
}

/** A server that accepts connections. */
export interface Postmaster {
  child: ChildProcess;
  port: number;
}

/** For a small machine and one desk: durable first, then modest. */
const settings: Record<string, string> = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '50',
  shared_buffers: '64MB',
  fsync: 'on',
  synchronous_commit: 'on',
  full_page_writes: 'on',
  wal_compression: 'on',
  wal_level: 'minimal', // nobody replicates from the desk's own server
  max_wal_senders: '0',
  max_wal_size: '512MB',
  autovacuum: 'on',
  // One worker, at a fifth of its usual speed: on two cores it would take what people wait for. Each table is small.
  autovacuum_max_workers: '1',
  autovacuum_vacuum_cost_delay: '10ms',
  jit: 'off',
  io_method: 'sync', // the default, three more processes, gains nothing at this size
  max_parallel_workers_per_gather: '0', // and so /dev/shm, 64 MB in a container, is not needed
  max_logical_replication_workers: '0',
  password_encryption: 'scram-sha-256',
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_checkpoints: 'off',
  log_line_prefix: '',
  log_min_messages: 'log', // the client is told of failed statements; the log is not, for they quote customers
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
};

/** For data that nobody needs when the machine has stopped. */
const forgetful = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' };

const ready = 'database system is ready to accept connections';
const portTaken = /could not bind|Address already in use|could not create any TCP\/IP sockets/;
const predecessorLives = /pre-existing shared memory block/;

/** What a start needs to know. */
export interface Start {
  identity: Identity;
  data: string;
  log: ServerLog;
  /** On 127.0.0.1; a free one when absent. */
  port?: number;
  /** False: nothing waits for the disk. */
  durable?: boolean;
}

const patience = 60_000; // ms, for the last backends of a killed predecessor and for the recovery of its data

/** Starts the server and waits until it accepts connections. */
export async function startPostmaster(start: Start): Promise<Postmaster> {
  const until = performance.now() + patience;
  for (;;) {
    const port = start.port ?? (await freePort());
    const outcome = await attempt(start, port, until - performance.now());
    if (typeof outcome !== 'string') return { child: outcome, port };
    const again = predecessorLives.test(outcome) || (portTaken.test(outcome) && start.port === undefined);
    if (!again || performance.now() > until)
      throw new ServerError(`PostgreSQL did not start on ${start.data}, port ${port}: ${outcome}`);
    await delay(50);
  }
}

/** One try: the running server, or what it said when it gave up. */
async function attempt(start: Start, port: number, time: number): Promise<ChildProcess | string> {
  const { identity, data, log } = start;
  const options = Object.entries({
    ...settings,
    ...(start.durable === false && forgetful),
    port: String(port),
  });
  const args = ['-D', data, ...options.flatMap(([name, value]) => ['-c', `${name}=${value}`])];
  const child = launch(identity, identity.binaries.postgres, args);
  child.on('error', error => log.error(`postgres: ${error.message}`));
  const said: string[] = [];
  const over = new AbortController();
  const isReady = new Promise<ChildProcess>(resolve => {
    createInterface({ input: child.stderr }).on('line', line => {
      if (said.length < 20) said.push(line);
      report(log, line);
      if (line.includes(ready)) resolve(child);
    });
  });
  const ended = once(child, 'close', { signal: over.signal }).then(
    () => said.join('\n') || 'it said nothing',
  );
  const late = delay(Math.max(time, 0), 'no answer in time', { signal: over.signal });
  const outcome = await Promise.race([isReady, ended, late]).catch((error: Error) => error.message);
  for (const other of [ended, late]) other.catch(() => undefined); // aborted below, and nobody waits for them
  over.abort();
  if (typeof outcome === 'string') child.kill('SIGQUIT');
  return outcome;
}

function report(log: ServerLog, line: string): void {
  if (/^(FATAL|PANIC):/.test(line)) log.error(`postgres: ${line}`);
  else if (/was terminated by signal|reinitializing|recovery|not properly shut down/.test(line))
    log.warn(`postgres: ${line}`);
}

const stopPatience = 30_000; // ms

/** Stops the server: politely to connections it tells goodbye, then less so. Returns when it has ended. */
export async function stopPostmaster(child: ChildProcess): Promise<void> {
  for (const signal of ['SIGINT', 'SIGQUIT', 'SIGKILL'] as const) {
    if (hasEnded(child)) return;
    const ended = once(child, 'exit').then(() => true);
    child.kill(signal);
    const waiting = new AbortController();
    const late = delay(stopPatience, false, { signal: waiting.signal }).catch(() => false);
    if (await Promise.race([ended, late])) {
      waiting.abort();
      return;
    }
  }
}

/** Whether the process is over. */
export function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  if (address === null || typeof address === 'string') throw new ServerError('No free port on 127.0.0.1.');
  return address.port;
}
