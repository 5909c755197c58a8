import { DiscordAPIError } from '@discordjs/rest';
import { ChannelType, Routes } from 'discord-api-types/v10';
import { z } from 'zod';
import type { KnownPlace, Sink } from '../../core/index.ts';
import { whyOf } from './errors.ts';
import { changesIn, type Standing, standingOf } from './missed-changes.ts';
import { type Missing, patiently } from './patience.ts';
import { isSnowflake, read, snowflakeAt } from './payloads.ts';
import { edited, said } from './said.ts';

/** Get Channel Messages: 1 to 100. */
const PAGE = 100;
/** Pages of one place: what is further back than 2,000 messages is left out, with a line in the log. */
const PAGES = 20;
/**
 * Hands in what was said in a place since the desk last heard, in its order, and the edits of it; then what of the known messages was
 * deleted meanwhile, and their reactions. Presses are told by the gateway alone: they are lost. Resolves with the reason where the place
 * cannot be read.
 */
export async function catchUp(
  at: Missing,
  sink: Sink,
  { address, lastRef, since, known = [] }: KnownPlace,
): Promise<string | undefined> {
  if (!isSnowflake(address)) return 'the address is no channel id';
  let after = isSnowflake(lastRef) ? lastRef : snowflakeAt(since);
  const began = { after, at: at.now(), known };
  const standing: Standing[] = [];
  let extra: Extra | undefined;
  for (let page = 0; page < PAGES; page += 1) {
    const asked = await pageOf(at, address, after).catch(refusalOf);
    if (typeof asked === 'string') return asked;
    const last = asked.at(-1);
    if (known.length === 0 && last === undefined) return undefined;
    extra ??= await whereabouts(at, address);
    for (const { raw } of asked) await handIn(at, sink, { ...raw, ...extra });
    standing.push(...asked.flatMap(({ raw }) => standingOf(raw)));
    if (asked.length < PAGE || last === undefined) {
      const place = { address, direct: extra.guild_id === undefined };
      for (const change of await changesIn(at, place, began, standing)) await sink(change);
      return undefined;
    }
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

interface Extra {
  readonly guild_id?: string;
  readonly channel_type?: ChannelType;
}

/** What the gateway tells with each message, and REST does not. */
async function whereabouts(at: Missing, address: string): Promise<Extra> {
  const channel = read.channel(await patiently(at, () => at.api.get(Routes.channel(address))));
  return channel?.type === ChannelType.DM ? { channel_type: ChannelType.DM } : { guild_id: at.guildId };
}
