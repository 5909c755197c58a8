import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { openSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import type { StormClock } from './clock.ts';

/** The desk's process, which dies and is started again. */
export interface Mortal {
  /** Starts it until it is ready: what ends before that, because the database was away, is started again as a supervisor does. */
  start(): Promise<void>;
  /** `kill -9`. Resolves when it is dead. */
  kill(): Promise<void>;
  /** Dead for good. */
  close(): Promise<void>;
  readonly isUp: boolean;
  /** What it says of itself, one line. */
  says(): Promise<string>;
  /** Ends that nobody asked for, while it was ready. */
  readonly deaths: number;
}

const program = new URL('./desk.ts', import.meta.url).pathname;
const flags = ['--max-semi-space-size=4', '--max-old-space-size=512', '--import', './src/compile-cache.mjs'];
const root = new URL('../../', import.meta.url).pathname;
/** A desk that is not ready after this, in ms, will not be. */
const PATIENCE_MS = 60_000;

/** How it is doing, it says within this, in ms. */
const ANSWER_MS = 5000;

/** Makes one; its log goes to `logFile`. */
export function mortalDesk(
  logFile: string,
  clock: StormClock,
  env: Readonly<Record<string, string>>,
): Mortal {
  const log = openSync(logFile, 'a');
  let child: ChildProcess | undefined;
  /** Loaded, and waits to be told to begin. */
  let next: ChildProcess | undefined;
  let up = false;
  let deaths = 0;
  clock.onChange(state => void (child?.connected && child.send(state)));

  const load = (): ChildProcess =>
    spawn(process.execPath, [...flags, program], {
      cwd: root,
      env: { PATH: process.env.PATH ?? '', HOME: process.env.HOME ?? '/', ...env },
      stdio: ['ignore', log, log, 'ipc'],
    });

  function launch(): Promise<boolean> {
    const { promise, resolve } = Promise.withResolvers<boolean>();
    const made = next ?? load();
    next = undefined;
    child = made;
    made.once('message', () => {
      up = true;
      made.send(clock.state);
      next ??= load();
      resolve(true);
    });
    made.once('exit', () => {
      if (up && child === made) deaths += 1;
      if (child === made) up = false;
      resolve(false);
    });
    made.send(clock.state, () => undefined);
    return promise;
  }

  const mortal: Mortal = {
    async start() {
      const end = performance.now() + PATIENCE_MS;
      while (!(await launch())) {
        if (performance.now() > end) throw new Error(`the desk does not start: see ${logFile}`);
        await delay(100);
      }
    },
    async kill() {
      const dying = child;
      child = undefined;
      up = false;
      await end(dying);
    },
    async close() {
      await Promise.all([mortal.kill(), end(next)]);
    },
    get isUp() {
      return up;
    },
    says: async () => {
      const asked = fetch(`http://127.0.0.1:${env.PORT}/readyz`, { signal: AbortSignal.timeout(ANSWER_MS) });
      const told = await asked.then(answer => answer.text()).catch((error: unknown) => String(error));
      return `inside: the desk, ${up ? 'up' : 'down'}, says ${told}`;
    },
    get deaths() {
      return deaths;
    },
  };
  return mortal;
}

async function end(child: ChildProcess | undefined): Promise<void> {
  if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
}
