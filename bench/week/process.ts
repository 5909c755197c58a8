import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { openSync } from 'node:fs';
import type { StormClock } from '../faults/clock.ts';
import type { Held, ToDesk } from './model.ts';

/** The desk's process. */
export interface MovedDesk {
  /** What it holds, after a collection. */
  held(leakMb: number): Promise<Held>;
  stop(): Promise<void>;
}

const program = new URL('./desk.ts', import.meta.url).pathname;
const root = new URL('../../', import.meta.url).pathname;
/** As `npm start`, and a collection may be asked for. */
const flags = ['--expose-gc', '--max-semi-space-size=4', '--max-old-space-size=512'];
const BYTES_PER_MB = 1024 * 1024;

/** Starts one with this clock; its log goes to `logFile`. Resolves when it is ready. */
export async function startMovedDesk(
  logFile: string,
  clock: StormClock,
  env: Readonly<Record<string, string>>,
): Promise<MovedDesk> {
  const log = openSync(logFile, 'a');
  const child = spawn(process.execPath, [...flags, '--import', './src/compile-cache.mjs', program], {
    cwd: root,
    env: {
      PATH: process.env.PATH ?? '',
      HOME: process.env.HOME ?? '/',
      WEEK_CLOCK: JSON.stringify(clock.state),
      ...env,
    },
    stdio: ['ignore', log, log, 'ipc'],
  });
  const ended = once(child, 'exit');
  const say = (said: ToDesk): void => void (child.connected && child.send(said));
  const early = ended.then(() => Promise.reject(new Error(`the desk ended: see ${logFile}`)));
  await Promise.race([once(child, 'message'), early]);
  early.catch(() => undefined);
  say({ what: 'clock', state: clock.state });
  clock.onChange(state => say({ what: 'clock', state }));
  return {
    async held(leakMb) {
      say({ what: 'memory', leakMb });
      const [memory] = (await Promise.race([once(child, 'message'), early])) as [NodeJS.MemoryUsage];
      return {
        live: (memory.heapUsed + memory.external) / BYTES_PER_MB,
        rss: memory.rss / BYTES_PER_MB,
      };
    },
    async stop() {
      child.kill('SIGKILL');
      await ended;
    },
  };
}
