import { Permission } from './bits.ts';
import { apiError } from './errors.ts';
import { channelEvent, messageCreated, threadDeleted, threadMembersChanged } from './events.ts';
import type { Path } from './form.ts';
import { Form } from './form.ts';
import { limits } from './limits.ts';
import { may } from './permissions.ts';
import type { ChannelState, Json, MessageState } from './types.ts';
import { ChannelType } from './types.ts';
import type { World } from './world.ts';

/** A message that the platform itself writes. */
export function systemMessage(
  world: World,
  channel: ChannelState,
  type: number,
  authorId: string,
  rest: Partial<MessageState>,
): MessageState {
  const message: MessageState = {
    id: world.ids.next(),
    channelId: channel.id,
    author: world.user(authorId),
    type,
    content: '',
    embeds: [],
    components: [],
    flags: 0,
    attachments: [],
    nonce: null,
    reference: null,
    mentions: [],
    mentionRoles: [],
    mentionEveryone: false,
    at: world.clock.now(),
    editedAt: null,
    reactions: new Map(),
    ephemeralTo: null,
    interaction: null,
    threadId: null,
    ...rest,
  };
  channel.messages.push(message);
  messageCreated(world, message);
  return message;
}

/** Brings somebody into a thread; when another did it and `announce` holds, a system message of type 1 says so. */
export function joinThread(
  world: World,
  channel: ChannelState,
  userId: string,
  by: string,
  announce: boolean,
): void {
  const thread = channel.thread;
  if (!thread || thread.members.has(userId)) return;
  if (thread.members.size >= limits.threadMembers) throw apiError(30033);
  thread.members.set(userId, world.clock.now());
  threadMembersChanged(world, channel, [userId], [], by);
  if (announce && by !== userId) systemMessage(world, channel, 1, by, { mentions: [userId] });
  world.changed();
}

/** Takes somebody out of a thread. */
export function leaveThread(world: World, channel: ChannelState, userId: string, by: string): void {
  if (!channel.thread?.members.delete(userId)) return;
  threadMembersChanged(world, channel, [], [userId], by);
  if (by !== userId) systemMessage(world, channel, 2, by, { mentions: [userId] });
  world.changed();
}

/** What a new thread is made of. */
interface NewThread {
  readonly parent: ChannelState;
  readonly type: number;
  readonly name: string;
  readonly ownerId: string;
  readonly autoArchiveMinutes: number;
  readonly invitable: boolean;
  readonly appliedTags: readonly string[];
  readonly id?: string;
}

/** Opens a thread with its creator in it; throws 160006 at the guild's limit of active threads. */
export function openThread(world: World, one: NewThread): ChannelState {
  const active = [...world.channels.values()].filter(channel => channel.thread && !channel.thread.archived);
  if (active.length >= limits.activeThreads) throw apiError(160006);
  const now = world.clock.now();
  const channel = world.blankChannel({
    id: one.id ?? world.ids.next(),
    type: one.type,
    name: one.name,
    parentId: one.parent.id,
    ownerId: one.ownerId,
    thread: {
      archived: false,
      locked: false,
      autoArchiveMinutes: one.autoArchiveMinutes,
      archiveAt: now,
      createdAt: now,
      invitable: one.invitable,
      appliedTags: [...one.appliedTags],
      members: new Map([[one.ownerId, now]]),
      totalSent: 0,
    },
  });
  channelEvent(world, 'THREAD_CREATE', channel, one.ownerId, { newly_created: true });
  world.changed();
  return channel;
}

/** Durations the platform takes, in minutes (channel: thread metadata). */
export const archiveMinutes = [60, 1440, 4320, 10080];

/** Checks the tags of a post against its forum; throws nothing, adds to the form. */
export function checkTags(form: Form, path: Path, value: unknown, forum: ChannelState): string[] {
  return form.list(path, value, 0, limits.appliedTags).flatMap((raw, index) => {
    const id = form.snowflake([...path, index], raw);
    if (id === undefined) return [];
    if (forum.availableTags.some(tag => tag.id === id)) return [id];
    form.add([...path, index], 'FORUM_TAG_INVALID', 'The tag is not available in this channel');
    return [];
  });
}

function readPlain(world: World, form: Form, channel: ChannelState, body: Json): void {
  const thread = channel.thread;
  form.text(['name'], body.name, { min: 1, max: limits.channelName });
  if (body.auto_archive_duration !== undefined) {
    form.choice(['auto_archive_duration'], body.auto_archive_duration, archiveMinutes);
  }
  for (const key of ['archived', 'locked', 'invitable']) form.flag([key], body[key]);
  form.integer(['rate_limit_per_user'], body.rate_limit_per_user, 0, 21600);
  form.integer(['flags'], body.flags, 0, 2 ** 31 - 1);
  const forum = world.channels.get(channel.parentId ?? '');
  if (body.applied_tags !== undefined && forum?.type === ChannelType.forum && thread) {
    checkTags(form, ['applied_tags'], body.applied_tags, forum);
  }
  form.check();
}

/** Who may do what to a thread (threads: editing and deleting). */
function authorise(world: World, channel: ChannelState, body: Json, userId: string): void {
  const manager = may(world, channel, userId, Permission.manageThreads);
  const member = channel.thread?.members.has(userId) === true;
  if (manager) return;
  if (channel.thread?.locked) throw apiError(160005);
  const onlyManagers = ['locked', 'rate_limit_per_user', 'flags'].some(key => body[key] !== undefined);
  const opensOnly = body.archived === false && Object.keys(body).length === 1;
  if (onlyManagers) throw apiError(50013);
  if (opensOnly ? !member : channel.ownerId !== userId) throw apiError(50013);
}

/** PATCH of a thread; throws 50083 for any other change of an archived thread than opening it. */
export function editThread(world: World, channel: ChannelState, body: Json, userId: string): void {
  const thread = channel.thread;
  if (!thread) throw apiError(50024);
  readPlain(world, new Form(), channel, body);
  authorise(world, channel, body, userId);
  if (thread.archived && body.archived !== false) throw apiError(50083);
  const now = world.clock.now();
  if (typeof body.name === 'string' && body.name !== channel.name) {
    channel.name = body.name;
    systemMessage(world, channel, 4, userId, { content: channel.name });
  }
  if (Array.isArray(body.applied_tags)) thread.appliedTags = body.applied_tags.map(String);
  if (typeof body.auto_archive_duration === 'number') thread.autoArchiveMinutes = body.auto_archive_duration;
  if (typeof body.rate_limit_per_user === 'number') channel.rateLimitPerUser = body.rate_limit_per_user;
  if (typeof body.flags === 'number') channel.flags = body.flags;
  if (typeof body.invitable === 'boolean') thread.invitable = body.invitable;
  if (typeof body.locked === 'boolean') thread.locked = body.locked;
  if (typeof body.archived === 'boolean' && body.archived !== thread.archived) {
    thread.archived = body.archived;
    thread.archiveAt = now;
  }
  channelEvent(world, 'THREAD_UPDATE', channel, userId);
  world.changed();
}

/** Takes a channel or thread away, with the threads below it. */
export function removeChannel(world: World, channel: ChannelState, cause: string): void {
  if (channel.thread) threadDeleted(world, channel, cause);
  else channelEvent(world, 'CHANNEL_DELETE', channel, cause);
  for (const thread of world.threadsOf(channel.id)) world.channels.delete(thread.id);
  world.channels.delete(channel.id);
  world.changed();
}
