import { attachmentWire } from './files.ts';
import { stamp } from './ids.ts';
import { permissionsIn } from './permissions.ts';
import type { ChannelState, Json, MemberState, MessageState, RoleState, UserState } from './types.ts';
import { ChannelType, isPrivate } from './types.ts';
import type { World } from './world.ts';

/** A user as the API writes it. */
export function userWire(user: UserState): Json {
  return {
    id: user.id,
    username: user.username,
    discriminator: user.bot ? '6184' : '0',
    global_name: user.globalName,
    avatar: null,
    avatar_decoration_data: null,
    banner: null,
    clan: null,
    collectibles: null,
    display_name_styles: null,
    primary_guild: null,
    public_flags: user.bot ? 524288 : 0,
    ...(user.bot ? { bot: true } : {}),
  };
}

/** A member without its user, as it hangs on messages. */
export function partialMemberWire(member: MemberState): Json {
  return {
    avatar: null,
    banner: null,
    communication_disabled_until: null,
    deaf: false,
    flags: 0,
    joined_at: stamp(member.joinedAt),
    mute: false,
    nick: member.nick,
    pending: false,
    premium_since: null,
    roles: [...member.roles],
  };
}

/** A whole member. */
export function memberWire(member: MemberState): Json {
  return { ...partialMemberWire(member), user: userWire(member.user) };
}

export function roleWire(role: RoleState): Json {
  return {
    id: role.id,
    name: role.name,
    color: 0,
    colors: { primary_color: 0, secondary_color: null, tertiary_color: null },
    hoist: false,
    icon: null,
    unicode_emoji: null,
    position: role.position,
    permissions: role.permissions.toString(),
    managed: role.managed,
    mentionable: role.mentionable,
    flags: 0,
  };
}

/** One membership of a thread. */
export function threadMemberWire(channel: ChannelState, userId: string): Json {
  const joined = channel.thread?.members.get(userId) ?? 0;
  return {
    id: channel.id,
    user_id: userId,
    join_timestamp: stamp(joined),
    flags: 0,
    muted: false,
    mute_config: null,
  };
}

function threadWire(world: World, channel: ChannelState): Json {
  const thread = channel.thread;
  if (!thread) return {};
  const visible = channel.messages.filter(one => one.ephemeralTo === null);
  return {
    owner_id: channel.ownerId,
    rate_limit_per_user: channel.rateLimitPerUser,
    message_count: visible.filter(one => one.id !== channel.id).length,
    total_message_sent: thread.totalSent,
    member_count: Math.min(thread.members.size, 50),
    member_ids_preview: [...thread.members.keys()].slice(0, 10),
    thread_metadata: {
      archived: thread.archived,
      archive_timestamp: stamp(thread.archiveAt),
      auto_archive_duration: thread.autoArchiveMinutes,
      locked: thread.locked,
      create_timestamp: stamp(thread.createdAt),
      ...(channel.type === ChannelType.privateThread ? { invitable: thread.invitable } : {}),
    },
    ...(world.channels.get(channel.parentId ?? '')?.type === ChannelType.forum
      ? { applied_tags: [...thread.appliedTags] }
      : {}),
    ...(thread.members.has(world.bot.id) ? { member: threadMemberWire(channel, world.bot.id) } : {}),
  };
}

function plainChannelWire(channel: ChannelState): Json {
  const base: Json = {
    position: channel.position,
    topic: channel.topic,
    nsfw: false,
    rate_limit_per_user: channel.rateLimitPerUser,
    permission_overwrites: channel.overwrites.map(one => ({
      id: one.id,
      type: one.type,
      allow: one.allow.toString(),
      deny: one.deny.toString(),
    })),
  };
  if (channel.type !== ChannelType.forum) return base;
  return {
    ...base,
    available_tags: channel.availableTags.map(tag => ({
      id: tag.id,
      name: tag.name,
      moderated: tag.moderated,
      emoji_id: null,
      emoji_name: tag.emojiName,
    })),
    default_reaction_emoji: null,
    default_sort_order: null,
    default_forum_layout: 0,
    template: '',
  };
}

/** A channel or thread as the bot gets it. */
export function channelWire(world: World, channel: ChannelState): Json {
  const last = channel.messages.findLast(one => one.ephemeralTo === null);
  if (isPrivate(channel)) {
    const recipients = channel.recipients.map(id => userWire(world.user(id)));
    return { id: channel.id, type: channel.type, flags: 0, last_message_id: last?.id ?? null, recipients };
  }
  return {
    id: channel.id,
    type: channel.type,
    guild_id: channel.guildId,
    name: channel.name,
    parent_id: channel.parentId,
    flags: channel.flags,
    last_message_id: last?.id ?? null,
    ...(channel.thread ? threadWire(world, channel) : plainChannelWire(channel)),
  };
}

/** The channel as it stands in an interaction, with what the person may do there. */
export function interactionChannelWire(world: World, channel: ChannelState, userId: string): Json {
  const wire = channelWire(world, channel);
  if (!isPrivate(channel)) wire.permissions = permissionsIn(world, channel, userId).toString();
  return wire;
}

function reactionsWire(world: World, message: MessageState): Json[] {
  return [...message.reactions].map(([emoji, who]) => ({
    emoji: emojiWire(emoji),
    count: who.length,
    count_details: { burst: 0, normal: who.length },
    burst_colors: [],
    me: who.includes(world.bot.id),
    me_burst: false,
    burst_me: false,
    burst_count: 0,
  }));
}

/** An emoji of the form `✅` or `name:id` as the API writes it. */
export function emojiWire(emoji: string): Json {
  const custom = /^(\w+):(\d+)$/.exec(emoji);
  return custom ? { id: custom[2], name: custom[1] } : { id: null, name: emoji };
}

function referenceWire(world: World, message: MessageState, nested: boolean): Json {
  const reference = message.reference;
  if (!reference) return {};
  const wire: Json = {
    message_reference: {
      type: 0,
      channel_id: reference.channelId,
      guild_id: world.channels.get(reference.channelId)?.guildId ?? undefined,
      ...(reference.messageId === null ? {} : { message_id: reference.messageId }),
    },
  };
  if (nested || (message.type !== 19 && message.type !== 21)) return wire;
  const source = world.channels
    .get(reference.channelId)
    ?.messages.find(one => one.id === reference.messageId);
  return { ...wire, referenced_message: source ? messageWire(world, source, true) : null };
}

function interactionWire(world: World, message: MessageState): Json {
  const cause = message.interaction;
  if (!cause) return {};
  const user = userWire(world.user(cause.userId));
  return {
    interaction: { id: cause.id, type: cause.type, name: cause.name, user },
    interaction_metadata: {
      id: cause.id,
      type: cause.type,
      user,
      authorizing_integration_owners: { 0: world.guildId },
      ...(cause.type === 2 ? { name: cause.name, command_type: 1 } : {}),
    },
    webhook_id: world.applicationId,
    application_id: world.applicationId,
  };
}

/** A message as REST answers it. */
export function messageWire(world: World, message: MessageState, nested = false): Json {
  const thread = message.threadId ? world.channels.get(message.threadId) : undefined;
  return {
    id: message.id,
    channel_id: message.channelId,
    type: message.type,
    author: userWire(message.author),
    content: message.content,
    timestamp: stamp(message.at),
    edited_timestamp: message.editedAt === null ? null : stamp(message.editedAt),
    tts: false,
    pinned: false,
    mention_everyone: message.mentionEveryone,
    mentions: message.mentions.map(id => userWire(world.user(id))),
    mention_roles: [...message.mentionRoles],
    attachments: message.attachments.map(one => attachmentWire(world, one)),
    embeds: message.embeds,
    components: message.components,
    flags: message.flags,
    ...(message.nonce === null ? {} : { nonce: message.nonce }),
    ...(message.reactions.size === 0 ? {} : { reactions: reactionsWire(world, message) }),
    ...(thread && !nested ? { thread: channelWire(world, thread) } : {}),
    ...referenceWire(world, message, nested),
    ...interactionWire(world, message),
  };
}

/** The same with everything that needs the Message Content intent taken out, where that intent is missing. */
export function readableWire(world: World, message: MessageState, hasContent: boolean): Json {
  const wire = messageWire(world, message);
  const exempt =
    message.author.id === world.bot.id ||
    message.mentions.includes(world.bot.id) ||
    world.channels.get(message.channelId)?.type === ChannelType.dm;
  if (hasContent || exempt) return wire;
  return { ...wire, content: '', embeds: [], attachments: [], components: [] };
}

/** The guild as REST answers it. */
export function guildWire(world: World): Json {
  return {
    id: world.guildId,
    name: world.guildName,
    icon: null,
    splash: null,
    discovery_splash: null,
    description: null,
    banner: null,
    owner_id: world.ownerId,
    features: [],
    preferred_locale: world.guildLocale,
    region: 'deprecated',
    afk_channel_id: null,
    afk_timeout: 300,
    verification_level: 0,
    default_message_notifications: 1,
    explicit_content_filter: 0,
    mfa_level: 0,
    nsfw_level: 0,
    nsfw: false,
    premium_tier: 0,
    premium_subscription_count: 0,
    premium_progress_bar_enabled: false,
    system_channel_id: null,
    system_channel_flags: 0,
    rules_channel_id: null,
    public_updates_channel_id: null,
    safety_alerts_channel_id: null,
    application_id: null,
    vanity_url_code: null,
    widget_enabled: false,
    widget_channel_id: null,
    max_members: 500_000,
    max_presences: null,
    max_video_channel_users: 25,
    roles: [...world.roles.values()].map(roleWire),
    emojis: [],
    stickers: [],
  };
}
