import { mkdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { findBinaries } from './server/binaries.ts';
import { beforeExit } from './server/exit.ts';
import { chooseIdentity } from './server/identity.ts';
import { checkVersion, initialiseOnce, readPassword } from './server/initialise.ts';
import { type DirectoryLock, lockDirectory } from './server/lock.ts';
import { retireOrphan } from './server/orphan.ts';
import {
  hasEnded,
  type Postmaster,
  type ServerLog,
  type Start,
  startPostmaster,
  stopPostmaster,
} from './server/postmaster.ts';

export { ServerError } from './server/error.ts';
export type { ServerLog } from './server/postmaster.ts';

/** The desk's own PostgreSQL, running. */
export interface Server {
  /** For `openDatabase`; holds the password. It stays the same while this object lives. */
  readonly url: string;
  /** The server's process number; another one after it was killed and started again. */
  readonly pid: number;
  /** Ends connections, shuts down cleanly, and returns when the process has ended. A second call is harmless. */
  stop(): Promise<void>;
}

/** What `startServer` needs to know. */
export interface ServerOptions {
  /** The cluster lies in `<dataDir>/postgres`; the directory is made when absent. */
  dataDir: string;
  log: ServerLog;
  /** On 127.0.0.1. Without it a free one is taken at each start. */
  port?: number;
  /** False for data that nobody needs when the machine has stopped: then nothing waits for the disk. True when not said. */
  durable?: boolean;
}

/**
 * Starts the desk's own PostgreSQL 18 on a directory, for this process alone.
 *
 * - A first start makes the cluster, with a password of its own (some 2 s); later ones take under half a second.
 * - A directory that another desk holds is refused with a `ServerError` naming that desk.
 * - What a killed desk or a killed server left behind is found, ended and recovered.
 * - A server that dies while the desk lives is started again at the same address.
 * - SIGINT and SIGTERM stop it before the process ends, unless somebody else listens for them; who does so calls
 *   `stop` as the last step. A desk that dies in another way takes its server along.
 */
export async function startServer({ dataDir, log, port, durable }: ServerOptions): Promise<Server> {
  const directory = resolve(dataDir);
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const lock = lockDirectory(directory);
  try {
    const data = join(directory, 'postgres');
    const identity = chooseIdentity(findBinaries(), directory, data);
    await initialiseOnce(identity, directory);
    checkVersion(identity, data);
    if ((await retireOrphan(data)) === 'stopped')
      log.warn('Stopped the PostgreSQL that an earlier desk left.');
    const start = { identity, data, log, port, durable };
    return supervise(start, await startPostmaster(start), lock);
  } catch (error) {
    lock.release();
    throw error;
  }
}

/** The address of the server that another process runs on this directory; undefined when none does. For a command beside a desk that runs. */
export function urlOfRunning(dataDir: string): string | undefined {
  const data = join(resolve(dataDir), 'postgres');
  try {
    // postmaster.pid: its fourth line is the port (miscadmin.h, LOCK_FILE_LINE_PORT).
    const port = Number(readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n')[3]);
    return Number.isInteger(port) && port > 0 ? addressOf(data, port) : undefined;
  } catch {
    return undefined;
  }
}

function addressOf(data: string, port: number): string {
  return `postgres://desk:${readPassword(data)}@127.0.0.1:${port}/postgres`;
}

function supervise(start: Start, first: Postmaster, lock: DirectoryLock): Server {
  const { data, log } = start;
  const { port } = first;
  let postmaster = first;
  let stopping: Promise<void> | undefined;
  let restarting: Promise<void> | undefined;

  const stop = async (): Promise<void> => {
    await restarting;
    await stopPostmaster(postmaster.child);
    detach();
    lock.release();
  };
  const watch = (): void => {
    postmaster.child.once('exit', (code, signal) => {
      if (stopping) return;
      log.error(`PostgreSQL ended by itself (${signal ?? code}); starting it again.`);
      restarting = restart().catch(error =>
        log.error(`PostgreSQL could not be started again: ${error.message}`),
      );
    });
  };
  const restart = async (): Promise<void> => {
    await retireOrphan(data);
    postmaster = await startPostmaster({ ...start, port });
    watch();
    log.info('PostgreSQL runs again.');
  };
  const server: Server = {
    url: addressOf(data, port),
    get pid() {
      return postmaster.child.pid ?? 0;
    },
    stop: () => {
      stopping ??= stop();
      return stopping;
    },
  };
  const detach = beforeExit({
    gently: server.stop,
    atOnce: () => {
      if (!hasEnded(postmaster.child)) postmaster.child.kill('SIGINT');
    },
  });
  watch();
  return server;
}
