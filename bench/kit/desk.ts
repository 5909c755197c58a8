import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { until } from './wait.ts';

/** A desk in a process of its own, as `npm start` runs it. */
export interface DeskProcess {
  readonly pid: number;
  readonly url: string;
  /** From the start of the process to the first 200 of `/readyz`, in ms. */
  readonly readyMs: number;
  /** Stops and continues the process, as the terminal does: nothing of it runs in between. */
  pause(): void;
  resume(): void;
  /** Asks it to stop and waits until it has. */
  stop(): Promise<void>;
}

const root = new URL('../../', import.meta.url).pathname;
/** A desk that takes longer than this to start, or to stop, in ms, will not do it any more. */
const PATIENCE_MS = 30_000;

/** Starts one with the variables and flags of `npm start` and nothing but `env` in its environment; its log goes to `desk.log` in `directory`. */
export async function startDesk(
  directory: string,
  env: Readonly<Record<string, string>>,
): Promise<DeskProcess> {
  const { args, settings } = await startCommand();
  const port = await freePort();
  const logFile = join(directory, 'desk.log');
  const began = performance.now();
  const child = spawn(process.execPath, args, {
    cwd: root,
    env: {
      PATH: process.env.PATH ?? '',
      HOME: process.env.HOME ?? '/',
      PORT: String(port),
      ...settings,
      ...env,
    },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  child.stderr.pipe(createWriteStream(logFile, { flags: 'a' }));
  const url = `http://127.0.0.1:${port}`;
  try {
    await until('the desk is ready', () => isReady(child, url), PATIENCE_MS, 10);
  } catch (error) {
    child.kill('SIGKILL');
    throw new Error(`${String(error)}\n${(await readFile(logFile, 'utf8')).slice(-2000)}`);
  }
  const readyMs = performance.now() - began;
  return {
    pid: child.pid ?? 0,
    url,
    readyMs,
    pause: () => void child.kill('SIGSTOP'),
    resume: () => void child.kill('SIGCONT'),
    stop: () => stop(child),
  };
}

/** What stands in package.json's `start`: variables before `node`, and its arguments behind it. */
async function startCommand(): Promise<{
  readonly args: string[];
  readonly settings: Record<string, string>;
}> {
  const { scripts } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as {
    scripts: { start: string };
  };
  const words = scripts.start.split(' ');
  const node = words.indexOf('node');
  const settings = words.slice(0, node).map(word => word.split('=') as [string, string]);
  return { args: words.slice(node + 1), settings: Object.fromEntries(settings) };
}

async function isReady(child: ChildProcess, url: string): Promise<true | undefined> {
  if (child.exitCode !== null) throw new Error('the desk ended');
  const status = await fetch(`${url}/readyz`).then(
    answer => answer.status,
    () => 0,
  );
  return status === 200 ? true : undefined;
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGCONT');
  child.kill('SIGTERM');
  const late = setTimeout(() => child.kill('SIGKILL'), PATIENCE_MS);
  await ended;
  clearTimeout(late);
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  if (address === null || typeof address === 'string') throw new Error('there is no free port');
  return address.port;
}
