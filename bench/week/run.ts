import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { type Database, openDatabase } from '../../drizzle/database.ts';
import { startServer } from '../../drizzle/server.ts';
import { type StormClock, stormClock } from '../faults/clock.ts';
import { type Platforms, startPlatforms } from '../kit/platforms.ts';
import type { Options } from '../kit/report.ts';
import { round } from '../kit/stats.ts';
import { until } from '../kit/wait.ts';
import { livesADay } from './day.ts';
import type { Held } from './model.ts';
import { startMovedDesk } from './process.ts';

/** What the week found: the last day over the second, by which all that is loaded once is loaded. */
export interface WeekResult {
  /** What is alive after a collection. */
  readonly week_live: number;
  /** What is resident. */
  readonly week_rss: number;
}

/** How the week goes. */
export interface Week extends Pick<Options, 'say'> {
  readonly directory: string;
  readonly defer: (end: () => unknown) => void;
  /** Tickets a day, some of each platform. */
  readonly tickets: number;
  /** The desk leaks so many MB each day: shows that this is noticed. Default none. */
  readonly leakMb?: number;
  /** Default 7. */
  readonly days?: number;
}

const DAY_MS = 24 * 3_600_000;
/** A night passes in hours, each of which the desk sees for so long, in ms of real time. */
const HOUR_MS = 3_600_000;
const GLANCE_MS = 40;
/** What was said is where it belongs within this, in ms of real time; and how often is looked, and how far time goes meanwhile. */
const PATIENCE_MS = 60_000;
const LOOK_MS = 20;
const STEP_MS = 1_000;

/** The last over the second. */
export function flatOver(days: readonly Held[]): WeekResult {
  const [second, last] = [days[1], days.at(-1)];
  if (second === undefined || last === undefined) throw new Error('a week has more days');
  return { week_live: round(last.live / second.live, 3), week_rss: round(last.rss / second.rss, 3) };
}

/** A week of people on three platforms, in moved time; the desk is a process of its own, as `npm start` runs it. */
export async function runWeek(week: Week): Promise<WeekResult> {
  const { directory, defer, tickets, leakMb = 0, days: length = 7, say } = week;
  const clock = stormClock();
  const platforms = await startPlatforms(directory, { socketMode: true, clock });
  defer(platforms.stop);
  const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };
  const server = await startServer({ dataDir: join(directory, 'week'), log: silent });
  defer(() => server.stop());
  const env = {
    ...platforms.env,
    DATABASE_URL: server.url,
    DATA_DIR: join(directory, 'files'),
    PORT: '0',
    LOG_LEVEL: 'warn',
  };
  const desk = await startMovedDesk(join(directory, 'week.log'), clock, env);
  defer(desk.stop);
  const database = await openDatabase({ url: server.url, max: 1, name: 'bench' });
  defer(() => database.close());
  await until('the commands', () => hasCommands(platforms) || undefined, 15_000);

  const town = { platforms, posts: postsOf(platforms), quiet: () => quiet(database, clock) };
  const days: Held[] = [];
  for (let day = 1; day <= length; day += 1) {
    const began = clock.now();
    await livesADay(town, day, tickets);
    while (clock.now() < began + DAY_MS) {
      clock.forward(HOUR_MS);
      await delay(GLANCE_MS);
    }
    await town.quiet();
    const held = await desk.held(leakMb);
    days.push(held);
    say(
      `day ${day}: ${town.posts.size} tickets so far, ${round(held.live, 1)} MB alive, ${round(held.rss, 1)} MB resident`,
    );
  }
  return flatOver(days);
}

const hasCommands = ({ discord }: Platforms): boolean =>
  discord
    .person('ana')
    .screen()
    .commands.some(({ name }) => name.includes('ticket'));

/** The staff's posts, as Discord makes them. */
function postsOf({ discord }: Platforms): ReadonlyMap<number, string> {
  const posts = new Map<number, string>();
  discord.onRequest(({ method, path, status, answer }) => {
    if (method !== 'POST' || path !== `/channels/${discord.deskChannelId}/threads` || status >= 300) return;
    const { id, name } = answer as { readonly id: string; readonly name: string };
    const number = Number(/^#(\d+)/.exec(name)?.[1]);
    if (number > 0) posts.set(number, id);
  });
  return posts;
}

/** Time passes until nothing stored waits to be worked, and nothing waits to be sent: also what waits for the seconds of a reply. */
async function quiet(database: Database, clock: StormClock): Promise<void> {
  await until(
    'all is where it belongs',
    async () => {
      // What people did is on its way to the desk for some milliseconds.
      await delay(LOOK_MS);
      const [left] = await database.sql<{ n: number }[]>`
        select (select count(*) from receipt where state = 'stored')::int + (select count(*) from lane where backlog > 0)::int as n`;
      if (left?.n === 0) return true;
      clock.forward(STEP_MS);
      return undefined;
    },
    PATIENCE_MS,
    LOOK_MS,
  );
}
