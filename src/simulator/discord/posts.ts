import { Permission } from './bits.ts';
import type { AllowedMentions, Draft } from './drafts.ts';
import { isEmpty } from './drafts.ts';
import { apiError } from './errors.ts';
import {
  channelEvent,
  messageCreated,
  messageDeleted,
  messagesPurged,
  messageUpdated,
  reactionChanged,
} from './events.ts';
import { Form } from './form.ts';
import { limits } from './limits.ts';
import { may, sees } from './permissions.ts';
import { joinThread } from './threads.ts';
import type { ChannelState, MessageState, UserState } from './types.ts';
import { ChannelType, MessageFlag } from './types.ts';
import type { World } from './world.ts';

/** What is known about a new message besides its body. */
interface PostContext {
  readonly channel: ChannelState;
  readonly author: UserState;
  readonly type?: number;
  readonly id?: string;
  readonly ephemeralTo?: string | null;
  readonly extraFlags?: number;
  readonly interaction?: MessageState['interaction'];
  readonly reference?: MessageState['reference'];
}

const allows = (set: 'all' | ReadonlySet<string>, id: string) => set === 'all' || set.has(id);

/** Who a text mentions for real, under what the sender allowed and may do. */
function resolveMentions(
  world: World,
  message: MessageState,
  allowed: AllowedMentions,
): { everyone: string | null } {
  const texts = [message.content, ...textsOf(message.components)]
    .join('\n')
    .replace(/```[\s\S]*?```|`[^`\n]*`/g, '');
  const users = [...texts.matchAll(/<@!?(\d+)>/g)].map(hit => hit[1] ?? '');
  const roles = [...texts.matchAll(/<@&(\d+)>/g)].map(hit => hit[1] ?? '');
  const channel = world.channel(message.channelId);
  const wide = may(world, channel, message.author.id, Permission.mentionEveryone);
  const hit = /@(everyone|here)\b/.exec(texts)?.[1] ?? null;
  message.mentions = [...new Set(users)].filter(id => world.users.has(id) && allows(allowed.users, id));
  message.mentionRoles = [...new Set(roles)].filter(id => {
    const role = world.roles.get(id);
    return role !== undefined && allows(allowed.roles, id) && (wide || role.mentionable);
  });
  message.mentionEveryone = hit !== null && wide && allowed.everyone && channel.type !== ChannelType.dm;
  return { everyone: message.mentionEveryone ? hit : null };
}

function textsOf(components: readonly unknown[]): string[] {
  return components.flatMap(one => {
    if (typeof one !== 'object' || one === null) return [];
    const own = 'content' in one && typeof one.content === 'string' ? [one.content] : [];
    return 'components' in one && Array.isArray(one.components) ? [...own, ...textsOf(one.components)] : own;
  });
}

function notePings(world: World, message: MessageState, everyone: string | null): void {
  if (message.flags & MessageFlag.silent || message.ephemeralTo !== null) return;
  const note = (whom: string) => world.pings.push({ place: message.channelId, message: message.id, whom });
  if (everyone) note(everyone);
  for (const id of message.mentionRoles) note(world.roles.get(id)?.name ?? id);
  for (const id of message.mentions) if (id !== message.author.id) note(world.nameOf(id));
}

/**
 * In a thread, a mention brings the mentioned person in when they may view the parent channel. The documentation does not say
 * so; clients behave so, and bots use it (an edit that adds a mention brings in silently; see discord-api-docs#5038).
 */
function bringIn(world: World, channel: ChannelState, message: MessageState): void {
  if (!channel.thread || message.ephemeralTo !== null) return;
  const parent = world.channels.get(channel.parentId ?? '');
  for (const id of message.mentions) {
    if (parent && sees(world, parent, id)) joinThread(world, channel, id, message.author.id, false);
  }
}

/** Puts a checked message into a channel, with everything that follows from it. */
export function post(world: World, context: PostContext, draft: Draft): MessageState {
  const { channel, author } = context;
  const message: MessageState = {
    id: context.id ?? world.ids.next(),
    channelId: channel.id,
    author,
    type: context.type ?? (context.reference ? 19 : 0),
    content: draft.content ?? '',
    embeds: draft.embeds ?? [],
    components: draft.components ?? [],
    flags: (draft.flags ?? 0) | (context.extraFlags ?? 0),
    attachments: draft.attachments ?? [],
    nonce: draft.nonce,
    reference: context.reference ?? null,
    mentions: [],
    mentionRoles: [],
    mentionEveryone: false,
    at: world.clock.now(),
    editedAt: null,
    reactions: new Map(),
    ephemeralTo: context.ephemeralTo ?? null,
    interaction: context.interaction ?? null,
    threadId: null,
  };
  const { everyone } = resolveMentions(world, message, draft.allowed);
  if (context.reference) addReplied(world, message, draft.allowed);
  if (message.ephemeralTo === null) wake(world, channel, author.id);
  channel.messages.push(message);
  if (channel.thread) {
    channel.thread.totalSent += 1;
    if (message.ephemeralTo === null && !author.bot) joinThread(world, channel, author.id, author.id, false);
  }
  notePings(world, message, everyone);
  bringIn(world, channel, message);
  messageCreated(world, message);
  world.changed();
  return message;
}

function addReplied(world: World, message: MessageState, allowed: AllowedMentions): void {
  const source = world
    .channel(message.channelId)
    .messages.find(one => one.id === message.reference?.messageId);
  if (!source || !allowed.replied || message.mentions.includes(source.author.id)) return;
  message.mentions.push(source.author.id);
}

/** A new message unarchives its thread (threads: active and archived). */
function wake(world: World, channel: ChannelState, cause: string): void {
  if (!channel.thread?.archived) return;
  channel.thread.archived = false;
  channel.thread.archiveAt = world.clock.now();
  channelEvent(world, 'THREAD_UPDATE', channel, cause);
}

/** Throws 160005 when the thread is locked and the writer may not manage threads. */
export function refuseLocked(world: World, channel: ChannelState, userId: string): void {
  if (channel.thread?.locked && !may(world, channel, userId, Permission.manageThreads))
    throw apiError(160005);
}

/** Throws 50083 when the thread is archived: nothing but deleting and sending is done there. */
export function refuseArchived(channel: ChannelState): void {
  if (channel.thread?.archived) throw apiError(50083);
}

/** The message a reply points at; throws 50035 when it is not there and must be. */
export function replyReference(channel: ChannelState, draft: Draft): MessageState['reference'] {
  if (draft.replyTo === null) return null;
  const found = channel.messages.some(one => one.id === draft.replyTo && one.ephemeralTo === null);
  if (found) return { messageId: draft.replyTo, channelId: channel.id };
  if (!draft.replyMustExist) return null;
  const form = new Form();
  form.add(['message_reference'], 'REPLIES_UNKNOWN_MESSAGE', 'Unknown message');
  form.check();
  return null;
}

/** The message that this author sent with the same nonce within the last minutes. */
export function sentBefore(world: World, author: UserState, draft: Draft): MessageState | undefined {
  if (draft.nonce === null || !draft.enforceNonce) return undefined;
  const earlier = world.nonces.get(`${author.id}:${draft.nonce}`);
  return earlier && world.clock.now() - earlier.at < limits.nonceMs ? earlier.message : undefined;
}

/** Remembers the nonce of a message. */
export function rememberNonce(world: World, message: MessageState): void {
  if (message.nonce !== null)
    world.nonces.set(`${message.author.id}:${message.nonce}`, { at: world.clock.now(), message });
}

/** Changes a message; throws 50006 when nothing would be left. */
export function edit(world: World, message: MessageState, draft: Draft): void {
  const next = {
    content: draft.content ?? message.content,
    embeds: draft.embeds ?? message.embeds,
    components: draft.components ?? message.components,
    attachments: draft.attachments ?? message.attachments,
  };
  if (isEmpty(next)) throw apiError(50006);
  Object.assign(message, next);
  const keep = message.flags & ~MessageFlag.loading & ~MessageFlag.suppressEmbeds;
  message.flags =
    keep | ((draft.flags ?? message.flags) & (MessageFlag.suppressEmbeds | MessageFlag.componentsV2));
  resolveMentions(world, message, draft.allowed);
  message.editedAt = world.clock.now();
  bringIn(world, world.channel(message.channelId), message);
  messageUpdated(world, message);
  world.changed();
}

/** Takes a message out of its channel. */
export function remove(world: World, message: MessageState, cause: string): void {
  const list = world.channel(message.channelId).messages;
  const index = list.indexOf(message);
  if (index >= 0) list.splice(index, 1);
  for (const file of message.attachments) world.files.delete(file.id);
  messageDeleted(world, message, cause);
  world.changed();
}

/** Takes several messages out of a channel at once. */
export function purge(world: World, channel: ChannelState, ids: readonly string[]): void {
  const gone = channel.messages.filter(one => ids.includes(one.id));
  for (const one of gone) {
    channel.messages.splice(channel.messages.indexOf(one), 1);
    for (const file of one.attachments) world.files.delete(file.id);
  }
  messagesPurged(
    world,
    channel,
    gone.map(one => one.id),
  );
  world.changed();
}

/** Adds a reaction; throws 30010 at the twenty-first emoji. */
export function react(world: World, message: MessageState, emoji: string, userId: string): void {
  const who = message.reactions.get(emoji) ?? [];
  if (who.includes(userId)) return;
  if (who.length === 0 && message.reactions.size >= limits.reactions) throw apiError(30010);
  message.reactions.set(emoji, [...who, userId]);
  reactionChanged(world, true, message, emoji, userId);
  world.changed();
}

/** Takes a reaction away; without effect when it is not there. */
export function unreact(world: World, message: MessageState, emoji: string, userId: string): void {
  const who = message.reactions.get(emoji);
  if (!who?.includes(userId)) return;
  const left = who.filter(id => id !== userId);
  if (left.length) message.reactions.set(emoji, left);
  else message.reactions.delete(emoji);
  reactionChanged(world, false, message, emoji, userId);
  world.changed();
}
