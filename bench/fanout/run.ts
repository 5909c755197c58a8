import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { type Database, openDatabase } from '../../drizzle/database.ts';
import { startServer } from '../../drizzle/server.ts';
import { createKeys } from '../../src/core/key/index.ts';
import { startMail } from '../../src/simulator/mail/index.ts';
import { inDirectory } from '../kit/cleanup.ts';
import { type DeskProcess, startDesk } from '../kit/desk.ts';
import { type Platforms, startPlatforms } from '../kit/platforms.ts';
import type { Options } from '../kit/report.ts';
import { percentile, round } from '../kit/stats.ts';
import { chats, makePlaces, meet, sendReplies, type Where, watch } from '../kit/traffic.ts';
import { bringCrowd, type Told } from './crowd.ts';
import { runMixes } from './mixes.ts';
import { maintenanceBody, TITLE } from './notice.ts';

/** What the bench found. */
export interface FanoutResult {
  /** From the confirmation of a notice to 50,000 to its answer: the recipients are written down, in one transaction. */
  readonly expand_ms: number;
  /** Over eight mixes, the greatest time over the least that the platforms' limits allow. */
  readonly over_bound: number;
  /** How often a platform said that we are too fast while it went out. */
  readonly http_429: number;
  /** Replies sent meanwhile: from when they were put in to when the platform had them. */
  readonly reply_p99_ms: number;
}

const RECIPIENTS = 50_000;
/** People with a chat in the real part, for each second that it goes out: more than each platform's limits let through. */
const PER_SECOND: Readonly<Record<Where, number>> = { slack: 6, discord: 36, telegram: 22 };
/** A burst at the beginning lets more through. */
const AT_FIRST = 60;
const REPLY_PLACES = 20;
const REPLY_EVERY_MS: Readonly<Record<Where, number>> = { slack: 2000, discord: 250, telegram: 400 };

/** A notice to 50,000 over three platforms and mail, with replies meanwhile; then eight mixes in moved time. */
export function runFanout({ short, say }: Options): Promise<FanoutResult> {
  return inDirectory(async (directory, defer) => {
    const platforms = await startPlatforms(directory, { socketMode: true });
    defer(platforms.stop);
    const mail = await startMail({});
    defer(() => mail.stop());
    const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
    const server = await startServer({ dataDir: join(directory, 'data'), log });
    defer(() => server.stop());
    const env = {
      ...platforms.env,
      SMTP_URL: mail.url,
      SMTP_TLS: 'off',
      MAIL_FROM: 'support@desk.example',
      DATABASE_URL: server.url,
    };
    const desk = await startDesk(directory, env);
    const database = await openDatabase({ url: server.url, max: 4, name: 'bench', statementTimeout: 0 });
    defer(() => database.close());
    const real = await sendFor(short ? 10 : 60, { desk, database, platforms }, say).finally(() =>
      desk.stop(),
    );
    const policyFile = platforms.env.DESK_POLICY ?? '';
    const over = await runMixes({ serverUrl: server.url, directory, policyFile }, short ? 10 : 40, say);
    return { ...real, over_bound: round(over, 3) };
  });
}

interface Real {
  readonly desk: DeskProcess;
  readonly database: Database;
  readonly platforms: Platforms;
}

/** Confirms it, and watches for so many seconds how it goes out through the real SDKs. */
async function sendFor(
  seconds: number,
  { desk, database, platforms }: Real,
  say: (line: string) => void,
): Promise<Omit<FanoutResult, 'over_bound'>> {
  const people = mixed(platforms, seconds);
  await bringCrowd(database, people, { byMail: RECIPIENTS - people.length });
  const seen = watch(platforms, TITLE);
  const places = await Promise.all(
    chats.map(async where => {
      const met = Array.from({ length: REPLY_PLACES }, (_, nth) => meet(platforms, where, `reader${nth}`));
      return { where, places: await makePlaces(database, where, met), everyMs: REPLY_EVERY_MS[where] };
    }),
  );
  const expand = await confirm(desk, database);
  say(`${RECIPIENTS} recipients written down in ${round(expand, 0)} ms`);
  const [planned] = await database.sql<{ count: number }[]>`select count(*)::int as count from dispatch`;
  if (planned?.count !== RECIPIENTS) throw new Error(`${planned?.count} of ${RECIPIENTS} are told`);
  const over = new AbortController();
  const replies = places.map(one => sendReplies(database, one, seen, over.signal));
  await delay(seconds * 1000);
  over.abort();
  for (const where of chats) say(`${where}: ${seen.times[where].length} messages in ${seconds} s`);
  const waits = (await Promise.all(replies)).flat();
  say(`${waits.length} replies meanwhile: median ${round(percentile(waits, 0.5), 0)} ms`);
  for (const asked of seen.tooFast) say(`too fast: ${asked}`);
  return {
    expand_ms: round(expand, 0),
    http_429: seen.tooFast.length,
    reply_p99_ms: round(percentile(waits, 0.99), 0),
  };
}

/** Those with a chat stand first, each platform's as often among them as its rate is. */
function mixed(platforms: Platforms, seconds: number): Told[] {
  const spaces: Readonly<Record<Where, string>> = {
    slack: platforms.slack.teamId,
    discord: '',
    telegram: '',
  };
  const people = chats.flatMap(where => {
    const count = PER_SECOND[where] * seconds + AT_FIRST;
    return Array.from({ length: count }, (_, nth) => ({
      at: (nth + 0.5) / count,
      told: { ...meet(platforms, where, `crowd${nth}`), channel: where, space: spaces[where] },
    }));
  });
  return people.toSorted((a, b) => a.at - b.at).map(({ told }) => told);
}

/** Drafts and confirms it as the provider's program does. Resolves with how long the confirmation took, in ms. */
async function confirm(desk: DeskProcess, database: Database): Promise<number> {
  const keys = createKeys({ database, now: () => new Date() });
  const { secret } = await keys.create('bench', ['notices:write']);
  const post = async (path: string, body: object): Promise<{ id: number; edition: number }> => {
    const answer = await fetch(`${desk.url}${path}`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${secret}`,
        'content-type': 'application/json',
        'idempotency-key': 'bench',
      },
      body: JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    return (await answer.json()) as { id: number; edition: number };
  };
  const { id, edition } = await post('/api/v1/notices', maintenanceBody(new Date()));
  const began = performance.now();
  await post(`/api/v1/notices/${id}/confirm`, { edition });
  return performance.now() - began;
}
