import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { inDirectory } from './kit/cleanup.ts';
import { type DeskProcess, startDesk } from './kit/desk.ts';
import { familyMb, residentMb } from './kit/memory.ts';
import { type Platforms, startPlatforms } from './kit/platforms.ts';
import type { Options } from './kit/report.ts';
import { median, round } from './kit/stats.ts';
import { until } from './kit/wait.ts';
import { runWeek, type WeekResult } from './week/run.ts';

/** What the bench found. */
export interface FootprintResult extends WeekResult {
  /** From the start of the process to `/readyz` 200, with a database that was initialised before; the median of some starts. */
  readonly ready_ms: number;
  /** Resident memory of the Node process, connected to three platforms and idle. */
  readonly rss_mb: number;
  /** PSS of the PostgreSQL that the desk started. */
  readonly db_rss_mb: number;
}

/** Tickets a day in the week of moved time: in the run that counts, and in short. */
const TICKETS = { long: 120, short: 15 } as const;

/** The desk as `npm start` runs it, with its own database: how soon it is ready and what it holds. Linux only. */
export function runFootprint({ short, say }: Options): Promise<FootprintResult> {
  const [starts, idleSeconds] = short ? [2, 5] : [5, 20];
  return inDirectory(async (directory, defer) => {
    const platforms = await startPlatforms(directory, { socketMode: true });
    defer(platforms.stop);
    const env = { ...platforms.env, DATA_DIR: join(directory, 'data') };
    const first = await startDesk(directory, env);
    await first.stop();
    say(`first start, which makes the database: ${Math.round(first.readyMs)} ms`);
    const times: number[] = [];
    let desk: DeskProcess | undefined;
    for (let start = 0; start < starts; start++) {
      await desk?.stop();
      desk = await startDesk(directory, env);
      const { stop } = desk;
      defer(stop);
      times.push(desk.readyMs);
    }
    say(`later starts: ${times.map(Math.round).join(', ')} ms`);
    const memory = await idleMemory(platforms, desk?.pid ?? 0, idleSeconds, say);
    await desk?.stop();
    const week = await runWeek({ directory, defer, tickets: short ? TICKETS.short : TICKETS.long, say });
    return { ready_ms: Math.round(median(times)), ...memory, ...week };
  });
}

async function idleMemory(
  { slack, discord, telegram }: Platforms,
  pid: number,
  seconds: number,
  say: Options['say'],
): Promise<Pick<FootprintResult, 'rss_mb' | 'db_rss_mb'>> {
  const before = telegram.requests.length;
  await until(
    'three platforms are connected',
    () =>
      slack.sockets > 0 && discord.gatewayConnected && telegram.requests.length >= before ? true : undefined,
    15_000,
  );
  say(`three platforms connected: ${round(residentMb(pid), 1)} MB; idle for ${seconds} s`);
  await delay(seconds * 1000);
  const database = familyMb(pid);
  say(`PostgreSQL: ${database.processes} processes`);
  return { rss_mb: round(residentMb(pid), 1), db_rss_mb: round(database.mb, 1) };
}
