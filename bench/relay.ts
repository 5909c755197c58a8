import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { type Database, openDatabase } from '../drizzle/database.ts';
import { startServer } from '../drizzle/server.ts';
import { limits as discordLimits } from '../src/adapters/discord/limits.ts';
import { limits as slackLimits } from '../src/adapters/slack/limits.ts';
import { limits as telegramLimits } from '../src/adapters/telegram/limits.ts';
import { type DeliveryClass, type Limits, rankOf } from '../src/core/index.ts';
import type { RequestRecord } from '../src/simulator/model.ts';
import { inDirectory } from './kit/cleanup.ts';
import { startDesk } from './kit/desk.ts';
import { type Platforms, startPlatforms } from './kit/platforms.ts';
import type { Options } from './kit/report.ts';
import { percentile, round } from './kit/stats.ts';
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

type Where = 'slack' | 'discord' | 'telegram';

/** One platform's part of the broadcast. */
interface Part {
  readonly where: Where;
  /** Messages, shared out evenly among places. */
  readonly messages: number;
  readonly each: number;
  /** A reply each so many ms goes to a place of its own. */
  readonly replyEveryMs: number;
  readonly limits: Limits;
}

/** A broadcast leaves this share of the bot's rate to pages and replies (DESIGN.md §5). */
const BROADCAST_SHARE = 0.8;
/** Each place gets so many messages of the broadcast. */
const EACH = 10;
/** Replies go in turn to so many places on each platform. */
const REPLY_PLACES = 20;
const words = { broadcast: 'Planned work on Sunday', reply: 'A reply' } as const;

/** As many for each platform as its limits let through in the same time. */
function partsOf(short: boolean): Part[] {
  const [slack, discord, telegram] = short ? [100, 900, 500] : [670, 5990, 3340];
  return [
    { where: 'slack', messages: slack, each: EACH, replyEveryMs: 2000, limits: slackLimits },
    { where: 'discord', messages: discord, each: EACH, replyEveryMs: 250, limits: discordLimits },
    { where: 'telegram', messages: telegram, each: EACH, replyEveryMs: 400, limits: telegramLimits },
  ];
}

/** The least time for a part, in ms: max((N − 1) / G, (n − 1) · c), with what may go at once taken off both. */
export function leastMs({
  messages,
  each,
  limits: { bot, place },
}: Pick<Part, 'messages' | 'each' | 'limits'>): number {
  const all = (messages - Math.floor(bot.burst * BROADCAST_SHARE)) / (bot.perSecond * BROADCAST_SHARE);
  const one = (each - place.burst) / place.perSecond;
  return Math.max(all, one) * 1000;
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
    const seen = watch(platforms);
    const places = new Map<Where, Places>();
    for (const part of parts) places.set(part.where, await makePlaces(database, platforms, part));
    say(`${parts.map(({ where, messages }) => `${where} ${messages}`).join(', ')} messages`);

    const began = performance.now();
    await Promise.all(parts.map(part => broadcast(database, part, placesOf(places, part))));
    const over = new AbortController();
    const replies = parts.map(part => reply(database, part, placesOf(places, part), seen, over.signal));
    const ratios = await Promise.all(
      parts.map(async part => {
        const last = await allThere(part, seen);
        const [took, least] = [last - began, leastMs(part)];
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

interface Places {
  readonly broadcast: readonly number[];
  readonly replies: readonly number[];
}

function placesOf(all: ReadonlyMap<Where, Places>, { where }: Part): Places {
  const found = all.get(where);
  if (found === undefined) throw new Error(`no places on ${where}`);
  return found;
}

/** Direct chats of people who have talked to the bot before. */
async function makePlaces(database: Database, platforms: Platforms, part: Part): Promise<Places> {
  const count = Math.ceil(part.messages / part.each);
  const addresses = Array.from({ length: count + REPLY_PLACES }, (_, nth) =>
    addressOf(platforms, part.where, nth),
  );
  const rows = await database.sql<{ id: number }[]>`
    insert into place (channel, role, address) select ${part.where}, 'customer', unnest(${addresses}::text[]) returning id`;
  const ids = rows.map(({ id }) => id);
  return { broadcast: ids.slice(0, count), replies: ids.slice(count) };
}

function addressOf({ slack, discord, telegram }: Platforms, where: Where, nth: number): string {
  const name = `crowd${nth}`;
  switch (where) {
    case 'slack':
      return slack.addPerson({ name, role: 'customer', locale: 'en-US' }).id;
    case 'telegram':
      return telegram.addPerson({ name, locale: 'en', started: true }).id;
    case 'discord': {
      const dm = discord
        .addPerson({ name, role: 'customer', locale: 'en-US' })
        .screen()
        .places.find(({ kind }) => kind === 'dm');
      if (dm === undefined) throw new Error(`${name} has no chat with the bot`);
      return dm.id;
    }
  }
}

/** Puts all in at once, as a notice does: each place gets its messages in a lane of its own. */
async function broadcast(database: Database, part: Part, { broadcast: ids }: Places): Promise<void> {
  for (let turn = 0; turn < part.each; turn += 1) {
    const left = part.messages - turn * ids.length;
    if (left > 0) await put(database, ids.slice(0, left), 'maintenance', `${words.broadcast} (${turn + 1})`);
  }
}

/** As core's `enqueue` puts in one delivery; here many in one statement. */
async function put(
  database: Database,
  places: readonly number[],
  kind: DeliveryClass,
  text: string,
): Promise<void> {
  const rank = rankOf(kind);
  await database.sql`
    with put as (
      insert into lane (place_id, channel, tail, backlog, rank, wake_at)
      select p.id, p.channel, 1, 1, ${rank}, now() from place p where p.id = any(${places as number[]}) order by p.id
      on conflict (place_id) do update set tail = lane.tail + 1, backlog = lane.backlog + 1
      returning place_id, tail
    )
    insert into delivery (place_id, place_role, seq, rank, kind, content, state, created_at)
    select place_id, 'customer', tail, ${rank}, 'post', ${JSON.stringify({ text })}::jsonb, 'pending', now() from put`;
}

/** What the platforms took: the broadcast by platform, and each reply by its words. */
interface Seen {
  readonly times: Readonly<Record<Where, number[]>>;
  readonly replies: Map<string, number>;
  /** What was asked too fast. */
  readonly tooFast: string[];
}

function watch(platforms: Platforms): Seen {
  const seen: Seen = { times: { slack: [], discord: [], telegram: [] }, replies: new Map(), tooFast: [] };
  for (const where of ['slack', 'discord', 'telegram'] as const)
    platforms[where].onRequest(record => note(seen, where, record));
  return seen;
}

function note(seen: Seen, where: Where, { status, method, path, body }: RequestRecord): void {
  if (status === 429) seen.tooFast.push(`${where} ${method} ${path}`);
  if (status !== 200) return;
  const said = JSON.stringify(body) ?? '';
  if (said.includes(words.broadcast)) seen.times[where].push(performance.now());
  const [reply] = /A reply \w+/.exec(said) ?? [];
  if (reply !== undefined) seen.replies.set(reply, performance.now());
}

/** When the last of a part's messages was taken. */
async function allThere({ where, messages }: Part, seen: Seen): Promise<number> {
  const patience = 60_000 + (messages / 2) * 1000;
  const times = seen.times[where];
  await until(`${where} has all`, () => (times.length >= messages ? true : undefined), patience, 50);
  return times[messages - 1] ?? Number.NaN;
}

/** Puts in replies, one after the other, until told to stop. Resolves with how long each took, when all are there. */
async function reply(
  database: Database,
  part: Part,
  { replies: ids }: Places,
  seen: Seen,
  stop: AbortSignal,
): Promise<number[]> {
  const sent = new Map<string, number>();
  while (!stop.aborted) {
    const text = `${words.reply} ${part.where}${sent.size}`;
    sent.set(text, performance.now());
    await put(database, ids.slice(sent.size % ids.length).slice(0, 1), 'reply', text);
    await delay(part.replyEveryMs, undefined, { signal: stop }).catch(() => undefined);
  }
  const texts = [...sent.keys()];
  await until(
    'all replies are there',
    () => (texts.every(text => seen.replies.has(text)) ? true : undefined),
    30_000,
  );
  return texts.map(text => (seen.replies.get(text) ?? Number.NaN) - (sent.get(text) ?? Number.NaN));
}
