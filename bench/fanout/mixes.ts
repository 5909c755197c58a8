import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { type Database, openDatabase } from '../../drizzle/database.ts';
import { limits as discord } from '../../src/adapters/discord/limits.ts';
import { limitsFor } from '../../src/adapters/email/limits.ts';
import { limits as slack } from '../../src/adapters/slack/limits.ts';
import { limits as telegram } from '../../src/adapters/telegram/limits.ts';
import { readPolicyFile } from '../../src/config.ts';
import { type Channel, createDesk, type Limits, type Receipt } from '../../src/core/index.ts';
import { diskStore, diskUploads } from '../../src/storage/index.ts';
import { readWords } from '../../src/words.ts';
import { makeDatabase } from '../kit/databases.ts';
import { round } from '../kit/stats.ts';
import { chats, leastMs } from '../kit/traffic.ts';
import { bringCrowd, type Told } from './crowd.ts';
import { maintenanceInput } from './notice.ts';

/** Mails a second in the mixes: with the five of a small server, mail would be the bound of every one. */
const MAILS_PER_SECOND = 20;
const limits: Readonly<Record<string, Limits>> = {
  slack,
  discord,
  telegram,
  email: limitsFor(MAILS_PER_SECOND),
};

/** Who is told where: parts of the time that the platform's limits make of it. */
interface Mix {
  readonly name: string;
  /** Of each channel, the share of the time that the whole takes. */
  readonly shares: Readonly<Partial<Record<'slack' | 'discord' | 'telegram' | 'email', number>>>;
  readonly copies?: boolean;
}

/** Each platform alone, all alike, one that is long beside others that are short, and a copy by mail of all that goes by chat. */
const mixes: readonly Mix[] = [
  { name: 'Slack', shares: { slack: 1 } },
  { name: 'Discord', shares: { discord: 1 } },
  { name: 'Telegram', shares: { telegram: 1 } },
  { name: 'mail', shares: { email: 1 } },
  { name: 'all as long', shares: { slack: 1, discord: 1, telegram: 1, email: 1 } },
  { name: 'mostly Telegram', shares: { slack: 0.2, discord: 0.2, telegram: 1, email: 0.2 } },
  { name: 'mostly Discord', shares: { slack: 0.5, discord: 1, telegram: 0.1, email: 0.3 } },
  { name: 'chats, with a copy by mail', shares: { slack: 0.5, telegram: 0.5 }, copies: true },
];

/** The clock of a mix goes in steps of so many ms: less than it takes until the next message of any platform may go, but for Discord's. */
const STEP_MS = 50;
const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };

/**
 * Sends a notice in eight mixes, with the limits of the real adapters, platforms that take everything at once, and time that is moved. Resolves with the
 * greatest of what it took over the least that the limits allow.
 *
 * @param seconds how long the limits make each mix, about
 */
export async function runMixes(
  {
    serverUrl,
    directory,
    policyFile,
  }: { readonly serverUrl: string; readonly directory: string; readonly policyFile: string },
  seconds: number,
  say: (line: string) => void,
): Promise<number> {
  let worst = 0;
  for (const [nth, mix] of mixes.entries()) {
    const url = await makeDatabase(serverUrl, `mix_${nth}`);
    const database = await openDatabase({ url, max: 8, name: 'bench' });
    const { over, told } = await runMix(database, { directory, policyFile }, mix, seconds).finally(() =>
      database.close(),
    );
    say(`${mix.name}: ${told} messages, ${round(over, 3)} of the least time`);
    worst = Math.max(worst, over);
  }
  return worst;
}

async function runMix(
  database: Database,
  { directory, policyFile }: { readonly directory: string; readonly policyFile: string },
  mix: Mix,
  seconds: number,
): Promise<{ readonly over: number; readonly told: number }> {
  const { policy } = readPolicyFile(policyFile);
  if (policy === undefined) throw new Error(`${policyFile} is no policy`);
  let at = Date.UTC(2026, 10, 22, 12);
  const now = (): Date => new Date(at);
  const counts = new Map(
    Object.entries(mix.shares).map(([channel, share]) => [
      channel,
      messagesIn(limits[channel], share * seconds),
    ]),
  );
  const people = crowdOf(counts);
  const byMail = counts.get('email') ?? 0;
  if (mix.copies) counts.set('email', people.length);
  await bringCrowd(database, people, { byMail, copies: mix.copies });
  const taken = new Map<string, number[]>();
  const channels = Object.keys(limits).map(kind =>
    taking(kind, limits[kind] as Limits, () => note(taken, kind, at)),
  );
  const desk = createDesk({
    database,
    policy,
    phrases: readWords(policy),
    log: silent,
    now,
    channels,
    files: {
      store: diskStore(join(directory, 'files')),
      spool: join(directory, 'spool'),
      uploads: diskUploads(join(directory, 'uploads')),
    },
    draw: () => Promise.reject(new Error('nothing is drawn here')),
  });
  try {
    const made = await desk.api.notices.draft('bench', maintenanceInput(now()));
    if (!('notice' in made)) throw new Error('the notice was not drafted');
    await desk.api.notices.confirm(made.notice.id, made.notice.edition);
    const began = at;
    const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
    const end = began + seconds * 4_000 + 600_000;
    while (sum(taken) < total) {
      if (at > end)
        throw new Error(`${mix.name}: ${sum(taken)} of ${total} messages in ${(at - began) / 1000} s`);
      await desk.tick();
      await atRest(database, now);
      at += STEP_MS;
    }
    const took = Math.max(...[...taken.values()].flat()) - began;
    const least = [...counts].map(([channel, count]) => leastMs(count, 1, limits[channel] as Limits));
    return { over: took / Math.max(...least), told: total };
  } finally {
    await desk.stop();
  }
}

/** So many messages take about so long. */
function messagesIn(limit: Limits | undefined, seconds: number): number {
  if (limit === undefined) throw new Error('no such channel');
  return Math.max(1, Math.round((limit.bot.perSecond * seconds + limit.bot.burst) * 0.8));
}

/** People of the chats, mixed evenly: those of a platform stand among the others as often as its share is. */
function crowdOf(counts: ReadonlyMap<string, number>): Told[] {
  const people = chats.flatMap(channel => {
    const count = counts.get(channel) ?? 0;
    return Array.from({ length: count }, (_, nth) => ({
      at: (nth + 0.5) / count,
      told: { channel, space: 's', id: `${nth}`, chat: `${channel}-${nth}` },
    }));
  });
  return people.toSorted((a, b) => a.at - b.at).map(({ told }) => told);
}

/** A platform that takes all it is given, at once. */
function taking(kind: string, own: Limits, note: () => void): Channel {
  let made = 0;
  const take = async (): Promise<Receipt> => {
    note();
    made += 1;
    return { outcome: 'delivered', ref: `${made}` };
  };
  return {
    kind,
    limits: own,
    receive: async () => ({ verified: false, response: { status: 401 }, why: 'it takes no requests' }),
    deliver: take,
    openChat: async ({ externalId }) => ({ outcome: 'delivered', address: externalId, unasked: true }),
  };
}

function note(taken: Map<string, number[]>, kind: string, at: number): void {
  const times = taken.get(kind) ?? [];
  times.push(at);
  taken.set(kind, times);
}

function sum(taken: ReadonlyMap<string, readonly number[]>): number {
  return [...taken.values()].reduce((all, times) => all + times.length, 0);
}

/** Waits until what is under way is written down: time stands still meanwhile. */
async function atRest({ sql }: Database, now: () => Date): Promise<void> {
  for (;;) {
    const [held] = await sql`select from lane where leased_until > ${now()} limit 1`;
    if (held === undefined) return;
    await delay(2);
  }
}
