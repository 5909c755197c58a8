import { Permission } from '../bits.ts';
import { apiError } from '../errors.ts';
import { buckets } from '../limits.ts';
import { react, refuseArchived, unreact } from '../posts.ts';
import type { MessageState } from '../types.ts';
import { userWire } from '../wire.ts';
import type { Call, Route } from './route.ts';
import { channelOf, demand, messageOf, nothing, ok } from './route.ts';

/** One emoji of Unicode, as emoji keyboards give it. */
const unicodeEmoji = /^\p{RGI_Emoji}$/v;

/** The emoji of the path, decoded; throws 10014 for anything that is none. */
function emojiOf(call: Call): string {
  const emoji = call.params.emoji_name ?? '';
  const known = unicodeEmoji.test(emoji) || unicodeEmoji.test(`${emoji}\uFE0F`);
  if (!known) throw apiError(10014);
  return emoji;
}

function target(call: Call): { message: MessageState; emoji: string } {
  const channel = channelOf(call);
  const message = messageOf(call, channel);
  refuseArchived(channel);
  return { message, emoji: emojiOf(call) };
}

function add(call: Call) {
  const { message, emoji } = target(call);
  if (!message.reactions.has(emoji))
    demand(call, channelOf(call), Permission.addReactions | Permission.readHistory);
  react(call.world, message, emoji, call.world.bot.id);
  return nothing;
}

function removeOwn(call: Call) {
  const { message, emoji } = target(call);
  unreact(call.world, message, emoji, call.world.bot.id);
  return nothing;
}

function removeOther(call: Call) {
  const { message, emoji } = target(call);
  const userId = call.params.user_id ?? '';
  if (userId !== call.world.bot.id) demand(call, channelOf(call), Permission.manageMessages);
  unreact(call.world, message, emoji, userId);
  return nothing;
}

function list(call: Call) {
  const message = messageOf(call, channelOf(call));
  const who = message.reactions.get(emojiOf(call)) ?? [];
  const after = call.query.get('after') ?? '0';
  const limit = Number(call.query.get('limit') ?? 25);
  return ok(
    who
      .filter(id => BigInt(id) > BigInt(after))
      .slice(0, limit)
      .map(id => userWire(call.world.user(id))),
  );
}

const root = '/channels/{channel_id}/messages/{message_id}/reactions/{emoji_name}';

/** Reactions. */
export const reactionRoutes: readonly Route[] = [
  { verb: 'GET', path: root, auth: 'bot', run: list },
  { verb: 'PUT', path: `${root}/@me`, auth: 'bot', bucket: buckets.reaction, run: add },
  { verb: 'DELETE', path: `${root}/@me`, auth: 'bot', bucket: buckets.reaction, run: removeOwn },
  { verb: 'DELETE', path: `${root}/{user_id}`, auth: 'bot', bucket: buckets.reaction, run: removeOther },
];
