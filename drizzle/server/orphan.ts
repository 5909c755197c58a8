import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { ServerError } from './error.ts';

const patience = 30_000; // ms; a fast shutdown writes one checkpoint of at most 64 MB of buffers

/**
 * Ends the PostgreSQL that a killed desk left behind, if there is one. It is stopped and not taken over: so its
 * successor is a child of this desk, with today's settings and binaries, and none of the dead desk's
 * statements and row locks live on. The caller holds the directory, so whoever runs on it is an orphan.
 */
export async function retireOrphan(data: string): Promise<'none' | 'stopped'> {
  const note = join(data, 'postmaster.pid');
  if (!existsSync(note)) return 'none';
  const pid = Number(readFileSync(note, 'utf8').split('\n')[0]);
  if (!servesData(pid, data)) {
    rmSync(note, { force: true }); // its writer is dead; PostgreSQL would refuse if the number lived on elsewhere
    return 'none';
  }
  for (const signal of ['SIGINT', 'SIGQUIT', 'SIGKILL'] as const) {
    signalIfAlive(pid, signal);
    if (await gone(pid, data)) return 'stopped';
  }
  throw new ServerError(
    `PostgreSQL (process ${pid}) still runs on ${data} and does not stop. End it by hand.`,
  );
}

async function gone(pid: number, data: string): Promise<boolean> {
  const until = performance.now() + patience;
  while (performance.now() < until) {
    if (!servesData(pid, data)) return true;
    await delay(20);
  }
  return false;
}

function signalIfAlive(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}

/** Whether the process with this number is a PostgreSQL on this directory: numbers are used again. */
function servesData(pid: number, data: string): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  const command = commandLine(pid);
  return command.includes('postgres') && command.includes(data);
}

function commandLine(pid: number): string {
  try {
    if (process.platform === 'linux') return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
    return execFileSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' });
  } catch {
    return ''; // no such process
  }
}
