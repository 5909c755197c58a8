import { setTimeout as delay } from 'node:timers/promises';
import type { Database } from '../../drizzle/database.ts';
import { type DeliveryClass, type Limits, rankOf } from '../../src/core/index.ts';
import type { RequestRecord } from '../../src/simulator/model.ts';
import type { Platforms } from './platforms.ts';
import { until } from './wait.ts';

/** A chat platform. */
export type Where = 'slack' | 'discord' | 'telegram';
export const chats = ['slack', 'discord', 'telegram'] as const;

/** A broadcast leaves this share of the bot's rate to pages and replies (DESIGN.md §5). */
const BROADCAST_SHARE = 0.8;

/** The least time for so many messages, `each` of them to one place, in ms: max((N − 1) / G, (n − 1) · c), with what may go at once taken off both. */
export function leastMs(
  messages: number,
  each: number,
  { bot, place }: Pick<Limits, 'bot' | 'place'>,
): number {
  const all = (messages - Math.floor(bot.burst * BROADCAST_SHARE)) / (bot.perSecond * BROADCAST_SHARE);
  const one = (each - place.burst) / place.perSecond;
  return Math.max(0, all, one) * 1000;
}

/** A person who has talked to the bot before: their id, and the address of their chat with it. */
export interface Known {
  readonly id: string;
  readonly chat: string;
}

/** Makes one on a platform. */
export function meet({ slack, discord, telegram }: Platforms, where: Where, name: string): Known {
  switch (where) {
    case 'slack': {
      const { id } = slack.addPerson({ name, role: 'customer', locale: 'en-US' });
      return { id, chat: id };
    }
    case 'telegram': {
      const { id } = telegram.addPerson({ name, locale: 'en', started: true });
      return { id, chat: id };
    }
    case 'discord': {
      const person = discord.addPerson({ name, role: 'customer', locale: 'en-US' });
      const dm = person.screen().places.find(({ kind }) => kind === 'dm');
      if (dm === undefined) throw new Error(`${name} has no chat with the bot`);
      return { id: person.id, chat: dm.id };
    }
  }
}

/** Makes places of people's chats. Resolves with their ids. */
export async function makePlaces(
  database: Database,
  where: Where,
  people: readonly Known[],
): Promise<readonly number[]> {
  const rows = await database.sql<{ id: number }[]>`
    insert into place (channel, role, address) select ${where}, 'customer', unnest(${people.map(({ chat }) => chat)}::text[]) returning id`;
  return rows.map(({ id }) => id);
}

/** As core's `enqueue` puts in one delivery; here many in one statement. */
export async function put(
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
export interface Seen {
  readonly times: Readonly<Record<Where, number[]>>;
  readonly replies: Map<string, number>;
  /** What was asked too fast. */
  readonly tooFast: string[];
}

/** Watches the platforms from now on, for messages with the broadcast's words and for replies. */
export function watch(platforms: Platforms, broadcast: string): Seen {
  const seen: Seen = { times: { slack: [], discord: [], telegram: [] }, replies: new Map(), tooFast: [] };
  for (const where of chats) platforms[where].onRequest(record => note(seen, where, record, broadcast));
  return seen;
}

function note(
  seen: Seen,
  where: Where,
  { status, method, path, body }: RequestRecord,
  broadcast: string,
): void {
  if (status === 429) seen.tooFast.push(`${where} ${method} ${path}`);
  if (status !== 200) return;
  const said = JSON.stringify(body) ?? '';
  if (said.includes(broadcast)) seen.times[where].push(performance.now());
  const [reply] = /A reply \w+/.exec(said) ?? [];
  if (reply !== undefined) seen.replies.set(reply, performance.now());
}

/** Puts in replies, one after the other, until told to stop. Resolves with how long each took, in ms, when all are there. */
export async function sendReplies(
  database: Database,
  {
    where,
    places,
    everyMs,
  }: { readonly where: Where; readonly places: readonly number[]; readonly everyMs: number },
  seen: Seen,
  stop: AbortSignal,
): Promise<number[]> {
  const sent = new Map<string, number>();
  while (!stop.aborted) {
    const text = `A reply ${where}${sent.size}`;
    sent.set(text, performance.now());
    await put(database, places.slice(sent.size % places.length).slice(0, 1), 'reply', text);
    await delay(everyMs, undefined, { signal: stop }).catch(() => undefined);
  }
  const texts = [...sent.keys()];
  await until(
    'all replies are there',
    () => (texts.every(text => seen.replies.has(text)) ? true : undefined),
    30_000,
  );
  return texts.map(text => (seen.replies.get(text) ?? Number.NaN) - (sent.get(text) ?? Number.NaN));
}
