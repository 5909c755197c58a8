import { sees } from './permissions.ts';
import type { ChannelState, Json, MessageState } from './types.ts';
import { ChannelType } from './types.ts';
import {
  channelWire,
  emojiWire,
  memberWire,
  partialMemberWire,
  readableWire,
  threadMemberWire,
} from './wire.ts';
import type { World } from './world.ts';

/** The intents of API v10 that the pretender knows (gateway: list of intents). */
export const Intent = {
  guilds: 1 << 0,
  members: 1 << 1,
  messages: 1 << 9,
  reactions: 1 << 10,
  typing: 1 << 11,
  directMessages: 1 << 12,
  directReactions: 1 << 13,
  content: 1 << 15,
} as const;

function place(channel: ChannelState): Json {
  return channel.guildId === null ? {} : { guild_id: channel.guildId };
}

function messageIntent(channel: ChannelState): number {
  return channel.type === ChannelType.dm ? Intent.directMessages : Intent.messages;
}

function messageEvent(world: World, name: string, message: MessageState): void {
  const channel = world.channel(message.channelId);
  if (message.ephemeralTo !== null || !sees(world, channel, world.bot.id)) return;
  const member = channel.guildId === null ? undefined : world.members.get(message.author.id);
  const extra = {
    ...place(channel),
    channel_type: channel.type,
    ...(member ? { member: partialMemberWire(member) } : {}),
  };
  world.emit({
    name,
    intents: messageIntent(channel),
    guildId: channel.guildId,
    cause: message.author.id,
    data: intents => ({ ...readableWire(world, message, (intents & Intent.content) !== 0), ...extra }),
  });
}

export function messageCreated(world: World, message: MessageState): void {
  messageEvent(world, 'MESSAGE_CREATE', message);
}

export function messageUpdated(world: World, message: MessageState): void {
  messageEvent(world, 'MESSAGE_UPDATE', message);
}

export function messageDeleted(world: World, message: MessageState, cause: string): void {
  const channel = world.channel(message.channelId);
  if (message.ephemeralTo !== null || !sees(world, channel, world.bot.id)) return;
  const data = { id: message.id, channel_id: channel.id, ...place(channel) };
  world.emit({
    name: 'MESSAGE_DELETE',
    intents: messageIntent(channel),
    guildId: channel.guildId,
    cause,
    data: () => data,
  });
}

/** Several messages are gone at once. */
export function messagesPurged(world: World, channel: ChannelState, ids: readonly string[]): void {
  if (ids.length === 0 || !sees(world, channel, world.bot.id)) return;
  const data = { ids: [...ids], channel_id: channel.id, ...place(channel) };
  world.emit({
    name: 'MESSAGE_DELETE_BULK',
    intents: messageIntent(channel),
    guildId: channel.guildId,
    cause: '',
    data: () => data,
  });
}

/** Somebody put a reaction on a message or took it away. */
export function reactionChanged(
  world: World,
  added: boolean,
  message: MessageState,
  emoji: string,
  userId: string,
): void {
  const channel = world.channel(message.channelId);
  if (!sees(world, channel, world.bot.id)) return;
  const member = world.members.get(userId);
  const data: Json = {
    user_id: userId,
    channel_id: channel.id,
    message_id: message.id,
    emoji: emojiWire(emoji),
    burst: false,
    type: 0,
    ...place(channel),
    ...(added ? { message_author_id: message.author.id } : {}),
    ...(added && member && channel.guildId !== null ? { member: memberWire(member) } : {}),
  };
  world.emit({
    name: added ? 'MESSAGE_REACTION_ADD' : 'MESSAGE_REACTION_REMOVE',
    intents: channel.type === ChannelType.dm ? Intent.directReactions : Intent.reactions,
    guildId: channel.guildId,
    cause: userId,
    data: () => data,
  });
}

/** A channel or thread event with the whole channel as data. */
export function channelEvent(
  world: World,
  name: string,
  channel: ChannelState,
  cause: string,
  extra: Json = {},
): void {
  if (!sees(world, channel, world.bot.id)) return;
  const data = { ...channelWire(world, channel), ...extra };
  world.emit({ name, intents: Intent.guilds, guildId: channel.guildId, cause, data: () => data });
}

export function threadDeleted(world: World, channel: ChannelState, cause: string): void {
  const data = { id: channel.id, guild_id: channel.guildId, parent_id: channel.parentId, type: channel.type };
  world.emit({
    name: 'THREAD_DELETE',
    intents: Intent.guilds,
    guildId: channel.guildId,
    cause,
    data: () => data,
  });
}

/** Tells of members who came or went; without the members intent only about the bot itself (gateway: THREAD_MEMBERS_UPDATE). */
export function threadMembersChanged(
  world: World,
  channel: ChannelState,
  came: string[],
  went: string[],
  cause: string,
): void {
  const added = came.map((id): Json => {
    const member = world.members.get(id);
    return {
      ...threadMemberWire(channel, id),
      presence: null,
      ...(member ? { member: memberWire(member) } : {}),
    };
  });
  const data = (ids: readonly Json[], gone: readonly string[]): Json => ({
    id: channel.id,
    guild_id: channel.guildId,
    member_count: Math.min(channel.thread?.members.size ?? 0, 50),
    ...(ids.length ? { added_members: ids } : {}),
    ...(gone.length ? { removed_member_ids: gone } : {}),
  });
  const own = (id: unknown) => id === world.bot.id;
  world.emit({
    name: 'THREAD_MEMBERS_UPDATE',
    intents: Intent.guilds | Intent.members,
    guildId: channel.guildId,
    cause,
    data: intents => {
      if (intents & Intent.members) return data(added, went);
      const mine = added.filter(one => own(one.user_id));
      return mine.length || went.some(own) ? data(mine, went.filter(own)) : null;
    },
  });
}

export function memberUpdated(world: World, userId: string): void {
  const member = world.members.get(userId);
  if (!member) return;
  const data = { ...memberWire(member), guild_id: world.guildId };
  world.emit({
    name: 'GUILD_MEMBER_UPDATE',
    intents: Intent.members,
    guildId: world.guildId,
    cause: userId,
    data: () => data,
  });
}

export function typingStarted(world: World, channel: ChannelState, userId: string): void {
  if (!sees(world, channel, world.bot.id)) return;
  const member = world.members.get(userId);
  const data = {
    channel_id: channel.id,
    user_id: userId,
    timestamp: Math.floor(world.clock.now() / 1000),
    ...place(channel),
    // Gateway events, Typing Start: `member`, of who started typing, if this happened in a guild.
    ...(member && channel.guildId !== null ? { member: memberWire(member) } : {}),
  };
  world.emit({
    name: 'TYPING_START',
    intents: Intent.typing,
    guildId: channel.guildId,
    cause: userId,
    data: () => data,
  });
}
