import { setTimeout as wait } from 'node:timers/promises';
import { ChannelType, DiscordAPIError, RateLimitError, Routes } from 'discord.js';
import { z } from 'zod';
import type { KnownPlace, Sink } from '../../core/index.ts';
import type { Api } from './api.ts';
import { whyOf } from './errors.ts';
import type { Memory } from './memory.ts';
import { isSnowflake, read, snowflakeAt } from './payloads.ts';
import { edited, said } from './said.ts';

/** What looking for missed messages needs. */
export interface Missing {
  readonly api: Api;
  readonly memory: Memory;
  readonly guildId: string;
  readonly now: () => Date;
  /** Ends the look early. */
  readonly signal: AbortSignal;
}

/** Get Channel Messages: 1 to 100. */
const PAGE = 100;
/** Pages of one place: what is further back than 2,000 messages is left out, with a line in the log. */
const PAGES = 20;
/** How often a page is asked for, and the longest wait before another try, ms. */
const TRIES = 4;
const WAIT_MS = 30_000;

/**
 * Hands in what was said in a place since the desk last heard, in its order, and the edits of it. What was deleted meanwhile, reactions
 * and presses are told by the gateway alone: they are lost. Resolves with the reason where the place cannot be read.
 */
export async function catchUp(
  at: Missing,
  sink: Sink,
  { address, lastRef, since }: KnownPlace,
): Promise<string | undefined> {
  if (!isSnowflake(address)) return 'the address is no channel id';
  let after = isSnowflake(lastRef) ? lastRef : snowflakeAt(since);
  let extra: object | undefined;
  for (let page = 0; page < PAGES; page += 1) {
    const asked = await pageOf(at, address, after).catch(refusalOf);
    if (typeof asked === 'string') return asked;
    const last = asked.at(-1);
    if (last === undefined) return undefined;
    extra ??= await whereabouts(at, address);
    for (const { raw } of asked) await handIn(at, sink, { ...raw, ...extra });
    if (asked.length < PAGE) return undefined;
    after = last.id;
  }
  return 'too much was said to look through it all';
}

/** Why Discord will not show a place; throws what may be otherwise soon. */
function refusalOf(error: unknown): string {
  const isFinal = error instanceof DiscordAPIError && [400, 403, 404].includes(error.status);
  if (!isFinal) throw new Error(whyOf(error), { cause: error });
  return whyOf(error);
}

/** One message and its change. Rejects when the database does: then the place is looked through again. */
async function handIn({ memory, guildId, now }: Missing, sink: Sink, raw: unknown): Promise<void> {
  const message = read.message(raw);
  const heard = message && said(message, guildId, memory, now());
  if (!message || !heard) return;
  await sink(heard);
  const change = edited(message, guildId, memory);
  if (change) await sink(change);
}

const page = z.array(z.looseObject({ id: z.string().refine(isSnowflake) }));

/** The next messages after one, oldest first. */
async function pageOf(at: Missing, address: string, after: string) {
  const query = { after, limit: String(PAGE) };
  const messages = page.parse(await patiently(at, () => at.api.get(Routes.channelMessages(address), query)));
  return messages.map(raw => ({ id: raw.id, raw })).sort((a, b) => (BigInt(a.id) < BigInt(b.id) ? -1 : 1));
}

/** What the gateway tells with each message, and REST does not. */
async function whereabouts(at: Missing, address: string): Promise<object> {
  const channel = read.channel(await patiently(at, () => at.api.get(Routes.channel(address))));
  return channel?.type === ChannelType.DM ? { channel_type: ChannelType.DM } : { guild_id: at.guildId };
}

/** Does it again after the time that Discord asks for; throws what it threw last. */
async function patiently<T>(at: Missing, act: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await act();
    } catch (error) {
      if (!(error instanceof RateLimitError) || tries >= TRIES) throw error;
      const ms = Math.max(error.timeToReset, error.retryAfter, error.sublimitTimeout, 50);
      await wait(Math.min(ms, WAIT_MS), undefined, { signal: at.signal });
    }
  }
}
