import { RESTJSONErrorCodes as Code, Routes } from 'discord-api-types/v10';
import { z } from 'zod';
import type { Card, MessageRef, Receipt } from '../../core/index.ts';
import { oneLine } from '../../core/index.ts';
import type { Crowded } from './active.ts';
import { withRoom } from './active.ts';
import { cardMessage } from './controls.ts';
import { noSuchPlace, unarchiving } from './deliver.ts';
import { codeOf, whyOf } from './errors.ts';
import { discordLimits } from './limits.ts';
import { receiptOf } from './outcome.ts';
import { isSnowflake } from './payloads.ts';
import { named } from './thread.ts';

/** The desk: a forum channel. */
export interface Desk extends Crowded {
  readonly channelId: string;
}

const forum = z.object({
  available_tags: z.array(z.looseObject({ id: z.string(), name: z.string() })).default([]),
});

const tagName = (label: string): string => oneLine(label, discordLimits.tagName);
const same = (name: string): string => tagName(name).toLowerCase();

/** Opens the staff post of a ticket: one call, since a forum post carries its first message. The post's id is its message's id. */
export async function openPost(at: Desk, card: Card): Promise<Receipt> {
  let repeatable = true;
  try {
    const applied_tags = await tagsOf(at, card);
    repeatable = false;
    const message = cardMessage(card, at.write(at.channelId));
    const start = (applied_tags: readonly string[]): Promise<string> =>
      withRoom(at, () =>
        named(card.title, card.mark, name =>
          at.api.post(Routes.threads(at.channelId), { body: { applied_tags, message, name } }),
        ),
      );
    const id = await start(applied_tags).catch(async (error: unknown) => {
      // What is no ticket has no tags, and some forums want one on each post.
      if (codeOf(error) !== Code.TagRequiredToCreateAForumPostInThisChannel) throw error;
      return start(await anyTag(at));
    });
    at.memory.appliedTags.set(id, applied_tags.join());
    return { outcome: 'delivered', address: id, ref: id };
  } catch (error) {
    return receiptOf(at, error, { repeatable, opens: true, needs: 'Create Posts, Embed Links' });
  }
}

/** Shows the card anew, and sets the post's tags when they are not those that were last set. */
export async function showCard(
  at: Desk,
  card: Card,
  to: string,
  ref: MessageRef | undefined,
): Promise<Receipt> {
  const message = ref ?? to;
  if (!isSnowflake(to) || !isSnowflake(message)) return noSuchPlace;
  try {
    const applied_tags = await tagsOf(at, card);
    const route = Routes.channelMessage(to, message);
    await unarchiving(
      at,
      to,
      () => at.api.patch(route, { body: cardMessage(card, at.write(at.channelId)) }),
      { applied_tags },
    );
    if (at.memory.appliedTags.get(to) !== applied_tags.join()) {
      await unarchiving(at, to, () => at.api.patch(Routes.channel(to), { body: { applied_tags } }), {
        applied_tags,
      });
      at.memory.appliedTags.set(to, applied_tags.join());
    }
    return { outcome: 'delivered', address: to, ref: message };
  } catch (error) {
    return receiptOf(at, error, { repeatable: true, needs: 'Embed Links, Manage Threads' });
  }
}

async function anyTag(at: Desk): Promise<string[]> {
  const { available_tags } = forum.parse(await at.api.get(Routes.channel(at.channelId)));
  return available_tags.slice(0, 1).map(({ id }) => id);
}

/** The ids of the card's tags, at most five. */
async function tagsOf(at: Desk, card: Card): Promise<string[]> {
  if (card.tags.length === 0) return [];
  const ids = await forumTags(at, card.vocabulary);
  const found = card.tags.map(tag => ids.get(same(tag.label))).filter(id => id !== undefined);
  return [...new Set(found)].slice(0, discordLimits.appliedTags);
}

/** Reads the forum's tags once and makes those that are missing; again only when the vocabulary or the forum changes. */
function forumTags(at: Desk, vocabulary: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const key = vocabulary.join('\n');
  if (at.memory.tags?.vocabulary === key) return at.memory.tags.ids;
  const tags = { vocabulary: key, ids: readTags(at, vocabulary) };
  at.memory.tags = tags;
  const forget = () => {
    if (at.memory.tags === tags) at.memory.tags = undefined;
  };
  tags.ids.catch(forget);
  return tags.ids;
}

async function readTags(at: Desk, vocabulary: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const there = forum.parse(await at.api.get(Routes.channel(at.channelId))).available_tags;
  const known = new Set(there.map(tag => same(tag.name)));
  const missing = [...new Map(vocabulary.map(label => [same(label), { name: tagName(label) }]))]
    .filter(([name]) => name !== '' && !known.has(name))
    .map(([, tag]) => tag);
  const room = discordLimits.forumTags - there.length;
  if (missing.length > room) {
    at.log.warn('discord: the desk forum has no room for all tags', { missing: missing.length, room });
  }
  const all = missing.length > 0 && room > 0 ? await addTags(at, there, missing.slice(0, room)) : there;
  return tagIds(all);
}

function tagIds(tags: readonly Tag[]): ReadonlyMap<string, string> {
  return new Map(tags.map(tag => [same(tag.name), tag.id]));
}

/** The gateway says what tags the forum has now: what is remembered holds only while they are the same. */
export async function tagsChanged(at: Desk, tags: readonly Tag[]): Promise<void> {
  const remembered = at.memory.tags;
  if (!remembered) return;
  const now = tagIds(tags);
  const before = await remembered.ids.catch(() => undefined);
  const isSame = before?.size === now.size && [...now].every(([name, id]) => before.get(name) === id);
  if (!isSame && at.memory.tags === remembered) at.memory.tags = undefined;
}

type Tag = { id: string; name: string };

/** Without the permission to make tags the desk still works: its posts have those tags that are there. */
async function addTags(at: Desk, there: Tag[], missing: { name: string }[]): Promise<Tag[]> {
  try {
    const body = { available_tags: [...there, ...missing] };
    return forum.parse(await at.api.patch(Routes.channel(at.channelId), { body })).available_tags;
  } catch (error) {
    const code = codeOf(error);
    if (code !== Code.MissingPermissions && code !== Code.MissingAccess) throw error;
    at.log.warn('discord: the desk forum lacks tags and the bot may not make them (Manage Channels)', {
      why: whyOf(error),
    });
    return there;
  }
}
