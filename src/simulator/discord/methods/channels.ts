import { Permission } from '../bits.ts';
import { apiError } from '../errors.ts';
import { channelEvent, typingStarted } from '../events.ts';
import { Form, isObject } from '../form.ts';
import { buckets, limits } from '../limits.ts';
import { sendBit } from '../permissions.ts';
import { editThread, removeChannel } from '../threads.ts';
import type { ChannelState, Json, TagState } from '../types.ts';
import { ChannelType } from '../types.ts';
import { channelWire } from '../wire.ts';
import type { Call, Route } from './route.ts';
import { bodyOf, channelOf, demand, nothing, ok } from './route.ts';

function readTags(call: Call, form: Form, channel: ChannelState, body: Json): TagState[] | undefined {
  if (body.available_tags === undefined) return undefined;
  const raw = body.available_tags;
  if (Array.isArray(raw) && raw.length > limits.forumTags) throw apiError(30048);
  const names = new Set<string>();
  return form.list(['available_tags'], raw, 0, limits.forumTags).flatMap((one, index) => {
    const at = ['available_tags', index];
    const tag = form.object(at, one);
    if (!tag) return [];
    const old = channel.availableTags.find(known => known.id === tag.id);
    const name =
      form.text([...at, 'name'], tag.name, { min: 1, max: limits.tagName, required: !old }) ??
      old?.name ??
      '';
    if (names.has(name)) throw apiError(40061);
    names.add(name);
    const emoji =
      tag.emoji_name === undefined
        ? (old?.emojiName ?? null)
        : (form.text([...at, 'emoji_name'], tag.emoji_name, { max: 100 }) ?? null);
    return [
      {
        id: old?.id ?? call.world.ids.next(),
        name,
        emojiName: emoji,
        moderated: form.flag([...at, 'moderated'], tag.moderated) ?? old?.moderated ?? false,
      },
    ];
  });
}

function readOverwrites(form: Form, body: Json): ChannelState['overwrites'] | undefined {
  if (body.permission_overwrites === undefined) return undefined;
  const list = form.list(['permission_overwrites'], body.permission_overwrites, 0, 500);
  return list.filter(isObject).map((one, index) => ({
    id: form.snowflake(['permission_overwrites', index, 'id'], one.id) ?? '0',
    type: one.type === 1 ? 1 : 0,
    allow: BigInt(String(one.allow ?? 0)),
    deny: BigInt(String(one.deny ?? 0)),
  }));
}

/** PATCH of a text or forum channel. Tags that are named by id keep it, tags without one are new, and those left out go from their posts too. */
function editPlain(call: Call, channel: ChannelState): void {
  demand(call, channel, Permission.manageChannels);
  const body = bodyOf(call);
  const form = new Form();
  const forum = channel.type === ChannelType.forum;
  const name = form.text(['name'], body.name, { min: 1, max: limits.channelName });
  const topic = form.text(['topic'], body.topic, { max: forum ? limits.forumTopic : limits.topic });
  const tags = forum ? readTags(call, form, channel, body) : undefined;
  const overwrites = readOverwrites(form, body);
  const slow = form.integer(['rate_limit_per_user'], body.rate_limit_per_user, 0, 21600);
  const flags = form.integer(['flags'], body.flags, 0, 2 ** 31 - 1);
  form.check();
  if (name !== undefined)
    channel.name =
      forum || channel.type === ChannelType.text ? name.toLowerCase().replace(/\s+/g, '-') : name;
  if (body.topic !== undefined) channel.topic = topic ?? null;
  if (overwrites) channel.overwrites = overwrites;
  if (slow !== undefined) channel.rateLimitPerUser = slow;
  if (flags !== undefined) channel.flags = flags;
  if (tags) {
    channel.availableTags = tags;
    const left = new Set(tags.map(tag => tag.id));
    for (const post of call.world.threadsOf(channel.id)) {
      if (post.thread) post.thread.appliedTags = post.thread.appliedTags.filter(id => left.has(id));
    }
  }
  channelEvent(call.world, 'CHANNEL_UPDATE', channel, call.world.bot.id);
  call.world.changed();
}

function patch(call: Call) {
  const channel = channelOf(call);
  if (channel.type === ChannelType.dm) throw apiError(50003);
  if (channel.thread) editThread(call.world, channel, bodyOf(call), call.world.bot.id);
  else editPlain(call, channel);
  return ok(channelWire(call.world, channel));
}

function remove(call: Call) {
  const channel = channelOf(call);
  if (channel.type === ChannelType.dm) return ok(channelWire(call.world, channel));
  demand(call, channel, channel.thread ? Permission.manageThreads : Permission.manageChannels);
  const wire = channelWire(call.world, channel);
  removeChannel(call.world, channel, call.world.bot.id);
  return ok(wire);
}

function typing(call: Call) {
  const channel = channelOf(call);
  if (channel.type === ChannelType.forum) throw apiError(50008);
  demand(call, channel, sendBit(channel));
  typingStarted(call.world, channel, call.world.bot.id);
  return nothing;
}

/** Names and topics have a bucket of their own: twice in ten minutes. */
function nameBucket(call: Call) {
  const body = bodyOf(call);
  const channel = call.world.channels.get(call.params.channel_id ?? '');
  const name = body.name !== undefined && body.name !== channel?.name;
  const topic = body.topic !== undefined && body.topic !== channel?.topic;
  return name || topic ? buckets.channelName : undefined;
}

/** Channels and threads as such. */
export const channelRoutes: readonly Route[] = [
  {
    verb: 'GET',
    path: '/channels/{channel_id}',
    auth: 'bot',
    bucket: buckets.channel,
    run: call => ok(channelWire(call.world, channelOf(call))),
  },
  {
    verb: 'PATCH',
    path: '/channels/{channel_id}',
    auth: 'bot',
    bucket: buckets.channel,
    sub: nameBucket,
    run: patch,
  },
  { verb: 'DELETE', path: '/channels/{channel_id}', auth: 'bot', bucket: buckets.channel, run: remove },
  {
    verb: 'POST',
    path: '/channels/{channel_id}/typing',
    auth: 'bot',
    bucket: buckets.createMessage,
    run: typing,
  },
];
