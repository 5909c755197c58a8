import { setTimeout as wait } from 'node:timers/promises';
import { ChannelType, Routes } from 'discord.js';
import { z } from 'zod';
import type { KnownPlace, KnownPlaces, Log, Sink } from '../../core/index.ts';
import type { Api } from './api.ts';
import { whyOf } from './errors.ts';
import type { Memory } from './memory.ts';
import { receiptOf } from './outcome.ts';
import { isSnowflake, read, snowflakeAt } from './payloads.ts';
import { edited, said } from './said.ts';

/** What looking for missed messages needs. */
export interface Missing {
  readonly api: Api;
  readonly memory: Memory;
  readonly log: Log;
  readonly guildId: string;
  readonly now: () => Date;
  /** Ends the look between two requests. */
  readonly signal?: AbortSignal;
}

/** Get Channel Messages: 1 to 100. */
const PAGE = 100;
/** Pages of one place: what is further back than 2,000 messages is left out, with a line in the log. */
const PAGES = 20;
/** How often a page is asked for, and the longest wait before another try, ms. */
const TRIES = 4;
const WAIT_MS = 30_000;

/**
 * Hands in what was said in the places since the desk last heard, one place at a time, each in its order, and the edits of it. What was
 * deleted meanwhile, reactions and presses are told by the gateway alone: they are lost.
 */
export async function catchUp(at: Missing, sink: Sink, places: KnownPlaces): Promise<void> {
  let found = 0;
  for (const place of await places()) {
    if (at.signal?.aborted) return;
    if (!isSnowflake(place.address)) continue;
    try {
      found += await catchUpIn(at, sink, place);
    } catch (error) {
      at.log.warn('discord: a place could not be looked through', {
        place: place.address,
        why: whyOf(error),
      });
    }
  }
  if (found > 0) at.log.info('discord: looked at what was said meanwhile', { messages: found });
}

async function catchUpIn(at: Missing, sink: Sink, { address, lastRef, since }: KnownPlace): Promise<number> {
  let after = isSnowflake(lastRef) ? lastRef : snowflakeAt(since);
  let found = 0;
  let extra: object | undefined;
  for (let page = 0; page < PAGES; page += 1) {
    const messages = await pageOf(at, address, after);
    const last = messages.at(-1);
    if (last === undefined) return found;
    extra ??= await whereabouts(at, address);
    for (const { raw } of messages) found += await handIn(at, sink, { ...raw, ...extra });
    if (messages.length < PAGE) return found;
    after = last.id;
  }
  at.log.warn('discord: too much was said to look through it all', { place: address });
  return found;
}

/** One message and its change. Rejects when the database does: the place is looked through again after the next start. */
async function handIn({ memory, guildId, now }: Missing, sink: Sink, raw: unknown): Promise<number> {
  const message = read.message(raw);
  const heard = message && said(message, guildId, memory, now());
  if (!message || !heard) return 0;
  await sink(heard);
  const change = edited(message, guildId, memory);
  if (change) await sink(change);
  return 1;
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
      const receipt = receiptOf(at, error, { repeatable: true, needs: 'Read Message History' });
      if (receipt.outcome !== 'retry' || tries >= TRIES) throw error;
      await wait(Math.min(receipt.afterMs, WAIT_MS), undefined, at.signal ? { signal: at.signal } : {});
    }
  }
}
