import { Permission } from '../bits.ts';
import type { Draft } from '../drafts.ts';
import { isEmpty, readDraft } from '../drafts.ts';
import { apiError } from '../errors.ts';
import { Form } from '../form.ts';
import { buckets } from '../limits.ts';
import { sendBit } from '../permissions.ts';
import {
  edit,
  post,
  refuseArchived,
  refuseLocked,
  rememberNonce,
  remove,
  replyReference,
  sentBefore,
} from '../posts.ts';
import type { ChannelState, MessageState } from '../types.ts';
import { ChannelType, MessageFlag } from '../types.ts';
import { messageWire, readableWire } from '../wire.ts';
import type { Call, Route } from './route.ts';
import { bodyOf, channelOf, demand, messageOf, nothing, ok } from './route.ts';

/** Throws 50006 when a new message would show nothing. */
export function refuseEmpty(draft: Draft): void {
  const { content = '', embeds = [], components = [], attachments = [] } = draft;
  if (isEmpty({ content, embeds, components, attachments })) throw apiError(50006);
}

function mayWrite(call: Call, channel: ChannelState): void {
  const { world } = call;
  if (channel.type === ChannelType.forum) throw apiError(50008);
  if (channel.type === ChannelType.dm && channel.recipients.some(id => !world.user(id).allowsDms))
    throw apiError(50007);
  if (channel.type !== ChannelType.dm) demand(call, channel, sendBit(channel));
  if (call.files.length > 0) demand(call, channel, Permission.attachFiles);
  refuseLocked(world, channel, world.bot.id);
}

function create(call: Call) {
  const { world } = call;
  const channel = channelOf(call);
  mayWrite(call, channel);
  const raw = readDraft(world, bodyOf(call), call.files);
  const draft = { ...raw, flags: (raw.flags ?? 0) & ~MessageFlag.ephemeral };
  refuseEmpty(draft);
  const earlier = sentBefore(world, world.bot, draft);
  if (earlier) return ok(messageWire(world, earlier));
  const message = post(
    world,
    { channel, author: world.bot, reference: replyReference(channel, draft) },
    draft,
  );
  rememberNonce(world, message);
  return ok(messageWire(world, message));
}

function pick(list: readonly MessageState[], query: URLSearchParams, limit: number): MessageState[] {
  const [before, after, around] = ['before', 'after', 'around'].map(key => query.get(key));
  const older = (id: string) => list.filter(one => BigInt(one.id) < BigInt(id));
  const newer = (id: string) => list.filter(one => BigInt(one.id) > BigInt(id));
  if (around) {
    const half = Math.floor(limit / 2);
    const middle = list.filter(one => one.id === around);
    return [...older(around).slice(-half), ...middle, ...newer(around).slice(0, half)].reverse();
  }
  if (after) return newer(after).slice(0, limit).reverse();
  return (before ? older(before) : list).slice(-limit).reverse();
}

function list(call: Call) {
  const channel = channelOf(call);
  if (channel.type === ChannelType.forum) throw apiError(50008);
  const form = new Form();
  const limit = call.query.get('limit');
  if (limit !== null) form.integer(['limit'], Number(limit), 1, 100);
  for (const key of ['before', 'after', 'around']) {
    const value = call.query.get(key);
    if (value !== null && !/^\d{1,20}$/.test(value)) form.snowflake([key], value);
  }
  form.check();
  if (channel.type !== ChannelType.dm) demand(call, channel, Permission.readHistory);
  const visible = channel.messages.filter(one => one.ephemeralTo === null);
  const found = pick(visible, call.query, Number(limit ?? 50));
  return ok(found.map(one => readableWire(call.world, one, call.world.messageContent)));
}

function read(call: Call) {
  const message = messageOf(call, channelOf(call));
  return ok(readableWire(call.world, message, call.world.messageContent));
}

function patch(call: Call) {
  const { world } = call;
  const channel = channelOf(call);
  const message = messageOf(call, channel);
  if (message.author.id !== world.bot.id) throw apiError(50005);
  refuseArchived(channel);
  edit(world, message, readDraft(world, bodyOf(call), call.files, message));
  return ok(messageWire(world, message));
}

function drop(call: Call) {
  const channel = channelOf(call);
  const message = messageOf(call, channel);
  if (message.author.id !== call.world.bot.id) {
    if (channel.type === ChannelType.dm) throw apiError(50003);
    demand(call, channel, Permission.manageMessages);
  }
  remove(call.world, message, call.world.bot.id);
  return nothing;
}

const root = '/channels/{channel_id}/messages';

/** Messages of channels, threads and direct chats. */
export const messageRoutes: readonly Route[] = [
  { verb: 'GET', path: root, auth: 'bot', bucket: buckets.readMessages, run: list },
  { verb: 'POST', path: root, auth: 'bot', bucket: buckets.createMessage, run: create },
  { verb: 'GET', path: `${root}/{message_id}`, auth: 'bot', bucket: buckets.readMessages, run: read },
  { verb: 'PATCH', path: `${root}/{message_id}`, auth: 'bot', bucket: buckets.editMessage, run: patch },
  { verb: 'DELETE', path: `${root}/{message_id}`, auth: 'bot', bucket: buckets.deleteMessage, run: drop },
];
