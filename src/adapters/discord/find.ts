import { RESTJSONErrorCodes as Code, Routes } from 'discord-api-types/v10';
import { z } from 'zod';
import type { Found, Lookup } from '../../core/index.ts';
import { chatOf } from './chat.ts';
import type { Outlet } from './deliver.ts';
import { nonceOf } from './deliver.ts';
import { codeOf, whyOf } from './errors.ts';
import { isSnowflake, snowflakeAt, timeOf } from './payloads.ts';
import { threadKey } from './thread.ts';

/** Where the look-up happens. */
export interface Finder extends Outlet {
  readonly guildId: string;
  readonly deskChannelId: string;
}

/** How far clocks may differ, ms: what was made this long before the first attempt is looked at too. */
const SKEW_MS = 60_000;
/** Most messages and archived threads that are read at once, and pages of messages. */
const PAGE = 100;
const PAGES = 10;
/** Message types: the default is 0. */
const REPLY = 19;

const threads = z.object({
  threads: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      owner_id: z.string().nullish(),
      parent_id: z.string().nullish(),
    }),
  ),
});
const messages = z.array(
  z.object({
    id: z.string(),
    type: z.number().default(0),
    content: z.string().default(''),
    author: z.object({ id: z.string() }),
    interaction_metadata: z.unknown().optional(),
  }),
);

type Message = z.infer<typeof messages>[number];

const unsure: Found = { outcome: 'unsure' };
const absent: Found = { outcome: 'absent' };

/**
 * Looks whether an attempt was done after all; `unsure` also when Discord cannot be asked. Discord keeps no nonces: a message is
 * recognised when its echo came over the gateway, and else by what it is not. One delivery is under way in a place at a time, so what the
 * bot has said there since, and no other delivery did, is this one; when there is nothing of the kind, it was not done.
 */
export async function find(at: Finder, lookup: Lookup): Promise<Found> {
  try {
    if (lookup.kind === 'post') return await findMessage(at, lookup, () => true);
    return await findPlace(at, lookup);
  } catch (error) {
    // Deleted, and with it whatever stood there.
    if (codeOf(error) === Code.UnknownChannel) return absent;
    at.log.warn('discord: a look-up failed', { why: whyOf(error) });
    return unsure;
  }
}

async function findMessage(
  at: Finder,
  { id, to, since, others }: Lookup,
  fits: (message: Message) => boolean,
): Promise<Found> {
  if (!isSnowflake(to)) return unsure;
  const nonce = nonceOf(id, to);
  const echo = at.memory.echoOf(nonce);
  if (echo) return { outcome: 'delivered', ...echo };
  const self = await selfOf(at);
  let after = snowflakeAt(new Date(since.getTime() - SKEW_MS));
  for (let pages = 0; pages < PAGES; pages += 1) {
    const page = await messagesAfter(at, to, after);
    const hit = page.find(
      one => isSaidBy(self, one) && !others.includes(one.id) && !at.memory.isEcho(one.id) && fits(one),
    );
    if (hit) return { outcome: 'delivered', address: to, ref: hit.id };
    if (page.length < PAGE) return absent;
    after = page.reduce((newest, { id }) => (BigInt(id) > BigInt(newest) ? id : newest), after);
  }
  return unsure;
}

/** A message of the bot; answers to interactions and notices are no deliveries. */
function isSaidBy(self: string, { author, type, interaction_metadata }: Message): boolean {
  return author.id === self && (type === 0 || type === REPLY) && interaction_metadata === undefined;
}

async function findPlace(at: Finder, lookup: Lookup): Promise<Found> {
  if (lookup.kind === 'thread' && lookup.near === undefined && lookup.person !== undefined)
    return findFirstWords(at, { ...lookup, to: await chatOf(at, lookup.person.externalId) });
  const parent = lookup.kind === 'thread' ? lookup.near : at.deskChannelId;
  if (!isSnowflake(parent)) return absent;
  const self = await selfOf(at);
  const oldest = lookup.since.getTime() - SKEW_MS;
  const place = (await threadsOf(at, parent, lookup.kind)).find(
    thread =>
      thread.owner_id === self &&
      thread.parent_id === parent &&
      (thread.name === lookup.mark || thread.name.startsWith(`${lookup.mark} `)) &&
      (timeOf(thread.id)?.getTime() ?? 0) >= oldest,
  );
  if (!place) return absent;
  if (lookup.kind === 'desk-post') return { outcome: 'delivered', address: place.id, ref: place.id };
  const first = (await messagesAfter(at, place.id, place.id)).find(
    one => one.author.id === self && one.type === 0,
  );
  if (first) return { outcome: 'delivered', address: place.id, ref: first.id };
  // The next attempt uses this thread instead of making another.
  at.memory.emptyThreads.set(threadKey(parent, lookup.mark), place.id);
  return absent;
}

/** Several tickets of a person can be in their chat: the first words of one name it. */
function findFirstWords(at: Finder, lookup: Lookup): Promise<Found> {
  const named = new RegExp(`${lookup.mark}(?!\\d)`);
  return findMessage(at, lookup, ({ content }) => named.test(content));
}

async function threadsOf(at: Finder, parent: string, kind: Lookup['kind']) {
  const archive =
    kind === 'thread' ? Routes.channelThreads(parent, 'private') : Routes.channelThreads(parent, 'public');
  const active = threads.parse(await at.api.get(Routes.guildActiveThreads(at.guildId))).threads;
  const archived = threads.parse(await at.api.get(archive, { limit: '50' })).threads;
  return [...active, ...archived];
}

async function messagesAfter(at: Finder, place: string, after: string) {
  return messages.parse(await at.api.get(Routes.channelMessages(place), { after, limit: String(PAGE) }));
}

/** The bot's own id: the gateway tells it, else it is asked for once. */
async function selfOf(at: Finder): Promise<string> {
  at.memory.self ??= z.object({ id: z.string() }).parse(await at.api.get(Routes.user())).id;
  return at.memory.self;
}
