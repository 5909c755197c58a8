import { Permission } from '../bits.ts';
import { readDraft } from '../drafts.ts';
import { apiError } from '../errors.ts';
import { messageUpdated } from '../events.ts';
import { Form } from '../form.ts';
import { buckets, limits } from '../limits.ts';
import { may, sees } from '../permissions.ts';
import { post, refuseArchived, refuseLocked } from '../posts.ts';
import { archiveMinutes, checkTags, joinThread, leaveThread, openThread, systemMessage } from '../threads.ts';
import type { ChannelState, Json } from '../types.ts';
import { ChannelType } from '../types.ts';
import { channelWire, memberWire, messageWire, threadMemberWire } from '../wire.ts';
import { threadList } from './guilds.ts';
import { refuseEmpty } from './messages.ts';
import type { Call, Route } from './route.ts';
import { bodyOf, channelOf, created, demand, messageOf, nothing, ok } from './route.ts';

/** A forum wants a tag on each post (channel flags: REQUIRE_TAG). */
const requireTag = 1 << 4;

function readHead(form: Form, body: Json): { name: string; minutes: number } {
  const name = form.text(['name'], body.name, { min: 1, max: limits.channelName, required: true }) ?? '';
  const raw = body.auto_archive_duration;
  const minutes =
    raw === undefined || raw === null ? 4320 : form.choice(['auto_archive_duration'], raw, archiveMinutes);
  form.integer(['rate_limit_per_user'], body.rate_limit_per_user, 0, 21600);
  return { name, minutes: minutes ?? 4320 };
}

function openPost(call: Call, forum: ChannelState) {
  const { world } = call;
  demand(call, forum, Permission.sendMessages);
  const body = bodyOf(call);
  const form = new Form();
  const { name, minutes } = readHead(form, body);
  const tags = checkTags(form, ['applied_tags'], body.applied_tags, forum);
  const first = body.message === undefined ? undefined : form.object(['message'], body.message);
  if (body.message === undefined) form.required(['message']);
  form.check();
  if (!tags.length && forum.flags & requireTag) throw apiError(40067);
  if (forum.availableTags.some(tag => tag.moderated && tags.includes(tag.id)))
    demand(call, forum, Permission.manageThreads);
  const draft = readDraft(world, first ?? {}, call.files);
  refuseEmpty(draft);
  const thread = openThread(world, {
    parent: forum,
    type: ChannelType.publicThread,
    name,
    ownerId: world.bot.id,
    autoArchiveMinutes: minutes,
    invitable: true,
    appliedTags: tags,
  });
  const message = post(world, { channel: thread, author: world.bot, id: thread.id }, draft);
  return created({ ...channelWire(world, thread), message: messageWire(world, message) });
}

function openWithoutMessage(call: Call) {
  const { world } = call;
  const parent = channelOf(call);
  if (parent.type === ChannelType.forum) return openPost(call, parent);
  if (parent.type !== ChannelType.text) throw apiError(50024);
  const body = bodyOf(call);
  const form = new Form();
  const { name, minutes } = readHead(form, body);
  const type = form.choice(['type'], body.type ?? ChannelType.privateThread, [
    ChannelType.publicThread,
    ChannelType.privateThread,
  ]);
  const invitable = form.flag(['invitable'], body.invitable) ?? true;
  form.check();
  const hidden = type === ChannelType.privateThread;
  demand(call, parent, hidden ? Permission.createPrivateThreads : Permission.createPublicThreads);
  const thread = openThread(world, {
    parent,
    type: type ?? ChannelType.privateThread,
    name,
    ownerId: world.bot.id,
    autoArchiveMinutes: minutes,
    invitable,
    appliedTags: [],
  });
  if (!hidden)
    systemMessage(world, parent, 18, world.bot.id, {
      content: name,
      reference: { messageId: null, channelId: thread.id },
    });
  return created(channelWire(world, thread));
}

function openFromMessage(call: Call) {
  const { world } = call;
  const parent = channelOf(call);
  const message = messageOf(call, parent);
  if (parent.type !== ChannelType.text) throw apiError(50024);
  demand(call, parent, Permission.createPublicThreads);
  const form = new Form();
  const { name, minutes } = readHead(form, bodyOf(call));
  form.check();
  if (message.threadId !== null) throw apiError(160004);
  const thread = openThread(world, {
    parent,
    type: ChannelType.publicThread,
    name,
    ownerId: world.bot.id,
    autoArchiveMinutes: minutes,
    invitable: true,
    appliedTags: [],
    id: message.id,
  });
  message.threadId = thread.id;
  message.flags |= 1 << 5;
  systemMessage(world, thread, 21, message.author.id, {
    reference: { messageId: message.id, channelId: parent.id },
  });
  messageUpdated(world, message);
  return created(channelWire(world, thread));
}

function archived(call: Call, type: number) {
  const parent = channelOf(call);
  const found = call.world
    .threadsOf(parent.id)
    .filter(one => one.type === type && one.thread?.archived && sees(call.world, one, call.world.bot.id))
    .sort((a, b) => (b.thread?.archiveAt ?? 0) - (a.thread?.archiveAt ?? 0));
  const before = call.query.get('before');
  const earlier = before ? found.filter(one => (one.thread?.archiveAt ?? 0) < Date.parse(before)) : found;
  const limit = Number(call.query.get('limit') ?? 50);
  return ok({ ...threadList(call, earlier.slice(0, limit)), has_more: earlier.length > limit });
}

function threadOf(call: Call): ChannelState {
  const channel = channelOf(call);
  if (!channel.thread) throw apiError(50024);
  return channel;
}

function addMember(call: Call) {
  const { world } = call;
  const channel = threadOf(call);
  const userId = call.params.user_id ?? world.bot.id;
  refuseArchived(channel);
  refuseLocked(world, channel, world.bot.id);
  demand(call, channel, Permission.sendInThreads);
  if (!world.users.has(userId)) throw apiError(10013);
  if (!world.members.has(userId)) throw apiError(10007);
  const parent = world.channel(channel.parentId ?? '');
  if (!may(world, parent, userId, Permission.viewChannel)) throw apiError(50001);
  joinThread(world, channel, userId, world.bot.id, true);
  return nothing;
}

function removeMember(call: Call) {
  const channel = threadOf(call);
  const userId = call.params.user_id ?? call.world.bot.id;
  refuseArchived(channel);
  const owns = channel.type === ChannelType.privateThread && channel.ownerId === call.world.bot.id;
  if (userId !== call.world.bot.id && !owns) demand(call, channel, Permission.manageThreads);
  leaveThread(call.world, channel, userId, call.world.bot.id);
  return nothing;
}

function withMember(call: Call, channel: ChannelState, userId: string): Json {
  const member = call.world.members.get(userId);
  const wanted = call.query.get('with_member') === 'true' && member;
  return { ...threadMemberWire(channel, userId), ...(wanted ? { member: memberWire(member) } : {}) };
}

function readMember(call: Call) {
  const channel = threadOf(call);
  const userId = call.params.user_id === '@me' ? call.world.bot.id : (call.params.user_id ?? '');
  if (!channel.thread?.members.has(userId)) throw apiError(10007);
  return ok(withMember(call, channel, userId));
}

function listMembers(call: Call) {
  const channel = threadOf(call);
  return ok([...(channel.thread?.members.keys() ?? [])].map(id => withMember(call, channel, id)));
}

const root = '/channels/{channel_id}';
const bucket = buckets.threadMembers;

/** Threads: opening, listing, members. */
export const threadRoutes: readonly Route[] = [
  { verb: 'POST', path: `${root}/threads`, auth: 'bot', bucket: buckets.thread, run: openWithoutMessage },
  {
    verb: 'POST',
    path: `${root}/messages/{message_id}/threads`,
    auth: 'bot',
    bucket: buckets.thread,
    run: openFromMessage,
  },
  {
    verb: 'GET',
    path: `${root}/threads/archived/public`,
    auth: 'bot',
    run: call => archived(call, ChannelType.publicThread),
  },
  {
    verb: 'GET',
    path: `${root}/threads/archived/private`,
    auth: 'bot',
    run: call => archived(call, ChannelType.privateThread),
  },
  { verb: 'GET', path: `${root}/thread-members`, auth: 'bot', run: listMembers },
  { verb: 'PUT', path: `${root}/thread-members/@me`, auth: 'bot', bucket, run: addMember },
  { verb: 'DELETE', path: `${root}/thread-members/@me`, auth: 'bot', bucket, run: removeMember },
  { verb: 'GET', path: `${root}/thread-members/{user_id}`, auth: 'bot', run: readMember },
  { verb: 'PUT', path: `${root}/thread-members/{user_id}`, auth: 'bot', bucket, run: addMember },
  { verb: 'DELETE', path: `${root}/thread-members/{user_id}`, auth: 'bot', bucket, run: removeMember },
];
