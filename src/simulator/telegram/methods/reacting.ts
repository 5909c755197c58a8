import { isObject } from '../args.ts';
import { REACTIONS } from '../emoji.ts';
import { badRequest } from '../errors.ts';
import { CALLBACK_LIFE_MS, MAX_CALLBACK_ANSWER } from '../limits.ts';
import type { Method } from './context.ts';
import { readMessage, writableChat } from './target.ts';

const answerCallbackQuery: Method = ({ world }, args) => {
  const text = args.text('text');
  if (text.length > MAX_CALLBACK_ANSWER) throw badRequest('MESSAGE_TOO_LONG');
  const query = world.callbacks.get(args.text('callback_query_id'));
  if (!query || query.answered || world.now() - query.at > CALLBACK_LIFE_MS) {
    throw badRequest('query is too old and response timeout expired or query ID is invalid');
  }
  if (args.text('url') !== '') throw badRequest('URL_INVALID');
  query.answered = true;
  if (text !== '') world.alert(query.from, text);
  return true;
};

const setMessageReaction: Method = (context, args) => {
  const { world } = context;
  const reactions = readReactions(args.json('reaction', 'reaction types'));
  const chat = writableChat(context, args);
  const message = readMessage(context, chat, args, 'react');
  if (reactions.length > 1) throw badRequest('REACTIONS_TOO_MANY');
  if (message.service || reactions.some(emoji => !REACTIONS.has(emoji))) throw badRequest('REACTION_INVALID');
  if (reactions.length === 0) message.reactions.delete(world.bot.id);
  else message.reactions.set(world.bot.id, reactions);
  world.changed();
  return true;
};

function readReactions(raw: unknown): string[] {
  if (raw === undefined) return [];
  if (!Array.isArray(raw)) throw badRequest('expected an Array of ReactionType');
  return raw.map((reaction: unknown) => {
    if (!isObject(reaction)) throw badRequest("can't parse reaction type: expected an Object");
    if (reaction.type === 'custom_emoji' || reaction.type === 'paid') throw badRequest('REACTION_INVALID');
    if (reaction.type !== 'emoji' || typeof reaction.emoji !== 'string') {
      throw badRequest("can't parse reaction type: invalid reaction type specified");
    }
    return reaction.emoji.replaceAll('\ufe0f', '');
  });
}

export const reacting = { answerCallbackQuery, setMessageReaction } as const;
