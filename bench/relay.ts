import { join } from 'node:path';
import { type Database, openDatabase } from '../drizzle/database.ts';
import { startServer } from '../drizzle/server.ts';
import { limits as discordLimits } from '../src/adapters/discord/limits.ts';
import { limits as slackLimits } from '../src/adapters/slack/limits.ts';
import { limits as telegramLimits } from '../src/adapters/telegram/limits.ts';
import type { Limits } from '../src/core/index.ts';
import { inDirectory } from './kit/cleanup.ts';
import { startDesk } from './kit/desk.ts';
import { startPlatforms } from './kit/platforms.ts';
import type { Options } from './kit/report.ts';
import { percentile, round } from './kit/stats.ts';
import { leastMs, makePlaces, meet, put, type Seen, sendReplies, type Where, watch } from './kit/traffic.ts';
import { until } from './kit/wait.ts';

/** What the bench found. */
export interface RelayResult {
  /** The slowest platform's time over the least that its limits allow. */
  readonly over_bound: number;
  /** How often a platform said that we are too fast. */
  readonly http_429: number;
  /** Replies sent meanwhile: from when they were put in to when the platform had them. */
  readonly reply_p99_ms: number;
}

/** One platform's part of the broadcast. */
interface Part {
  readonly where: Where;
  /** Messages, shared out evenly among places. */
  readonly messages: number;
  /** A reply each so many ms goes to a place of its own. */
  readonly replyEveryMs: number;
  readonly limits: Limits;
}

/** Each place gets so many messages of the broadcast. */
const EACH = 10;
/** Replies go in turn to so many places on each platform. */
const REPLY_PLACES = 20;
const BROADCAST = 'Planned work on Sunday';

/** As many for each platform as its limits let through in the same time. */
function partsOf(short: boolean): Part[] {
  const [slack, discord, telegram] = short ? [100, 900, 500] : [670, 5990, 3340];
  return [
    { where: 'slack', messages: slack, replyEveryMs: 2000, limits: slackLimits },
    { where: 'discord', messages: discord, replyEveryMs: 250, limits: discordLimits },
    { where: 'telegram', messages: telegram, replyEveryMs: 400, limits: telegramLimits },
  ];
}

/** 10,000 messages (1,500 in short) over the three pretend platforms with their real limits, and replies meanwhile. */
export function runRelay({ short, say }: Options): Promise<RelayResult> {
  const parts = partsOf(short);
  return inDirectory(async (directory, defer) => {
    const platforms = await startPlatforms(directory, { socketMode: true });
    defer(platforms.stop);
    const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };
    const server = await startServer({ dataDir: join(directory, 'data'), log: silent });
    defer(() => server.stop());
    const desk = await startDesk(directory, { ...platforms.env, DATABASE_URL: server.url });
    defer(desk.stop);
    const database = await openDatabase({ url: server.url, max: 4, name: 'bench' });
    defer(() => database.close());
    const seen = watch(platforms, BROADCAST);
    const crowd = await Promise.all(
      parts.map(async part => {
        const count = Math.ceil(part.messages / EACH);
        const people = Array.from({ length: count + REPLY_PLACES }, (_, nth) =>
          meet(platforms, part.where, `crowd${nth}`),
        );
        const ids = await makePlaces(database, part.where, people);
        return { part, told: ids.slice(0, count), replied: ids.slice(count) };
      }),
    );
    say(`${parts.map(({ where, messages }) => `${where} ${messages}`).join(', ')} messages`);

    const began = performance.now();
    await Promise.all(crowd.map(({ part, told }) => broadcast(database, part, told)));
    const over = new AbortController();
    const replies = crowd.map(({ part: { where, replyEveryMs: everyMs }, replied }) =>
      sendReplies(database, { where, places: replied, everyMs }, seen, over.signal),
    );
    const ratios = await Promise.all(
      parts.map(async part => {
        const took = (await allThere(part, seen)) - began;
        const least = leastMs(part.messages, EACH, part.limits);
        say(`${part.where}: ${round(took / 1000, 1)} s, at least ${round(least / 1000, 1)} s`);
        return took / least;
      }),
    );
    over.abort();
    const waits = (await Promise.all(replies)).flat();
    say(`${waits.length} replies meanwhile: median ${round(percentile(waits, 0.5), 0)} ms`);
    for (const asked of seen.tooFast) say(`too fast: ${asked}`);
    return {
      over_bound: round(Math.max(...ratios), 3),
      http_429: seen.tooFast.length,
      reply_p99_ms: round(percentile(waits, 0.99), 0),
    };
  });
}

/** Puts all in at once, as a notice does: each place gets its messages in a lane of its own. */
async function broadcast(database: Database, part: Part, ids: readonly number[]): Promise<void> {
  for (let turn = 0; turn < EACH; turn += 1) {
    const left = part.messages - turn * ids.length;
    if (left > 0) await put(database, ids.slice(0, left), 'maintenance', `${BROADCAST} (${turn + 1})`);
  }
}

/** When the last of a part's messages was taken. */
async function allThere({ where, messages }: Part, seen: Seen): Promise<number> {
  const patience = 60_000 + (messages / 2) * 1000;
  const times = seen.times[where];
  await until(`${where} has all`, () => (times.length >= messages ? true : undefined), patience, 50);
  return times[messages - 1] ?? Number.NaN;
}
