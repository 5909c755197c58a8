import { type Args, isObject } from '../args.ts';
import { ApiError, badRequest, forbidden } from '../errors.ts';
import type { Chat, Message } from '../types.ts';
import type { Context } from './context.ts';

/** The chat named by `chat_id`, when the bot may see it. */
export function readChat({ world }: Context, args: Args): Chat {
  const chat = world.chatFor(args.text('chat_id'));
  if (chat.migratedTo !== undefined) {
    throw new ApiError(400, 'Bad Request: group chat was upgraded to a supergroup chat', {
      migrate_to_chat_id: chat.migratedTo,
    });
  }
  if (chat.type !== 'private' && chat.botRole === 'left') {
    throw forbidden(`bot was kicked from the ${chat.type} chat`);
  }
  return chat;
}

/** The chat named by `chat_id`, when the bot may write into it. */
export function writableChat(context: Context, args: Args): Chat {
  const chat = readChat(context, args);
  if (chat.type === 'private') {
    if (chat.blocked) throw forbidden('bot was blocked by the user');
    if (!chat.started) throw forbidden("bot can't initiate conversation with a user");
  }
  return chat;
}

/** The open topic named by `message_thread_id`, or undefined for the chat itself. */
export function readThread(chat: Chat, args: Args): number | undefined {
  const id = args.int('message_thread_id', 0);
  if (id === 0) return undefined;
  const topic = chat.topics.get(id);
  if (!topic) throw badRequest('message thread not found');
  if (topic.closed && chat.botRole !== 'administrator') throw badRequest('TOPIC_CLOSED');
  return id;
}

/** The message to reply to, from `reply_parameters`. */
export function readReply({ world }: Context, chat: Chat, args: Args): number | undefined {
  const raw = args.json('reply_parameters', 'reply parameters');
  if (raw === undefined) return undefined;
  if (!isObject(raw) || !Number.isInteger(Number(raw.message_id))) {
    throw badRequest('can\'t parse reply parameters: Can\'t find field "message_id"');
  }
  const id = Number(raw.message_id);
  if (world.message(chat, id)) return id;
  if (raw.allow_sending_without_reply === true) return undefined;
  throw badRequest('message to be replied not found');
}

/** The message named by `message_id`; `verb` goes into the platform's error. */
export function readMessage({ world }: Context, chat: Chat, args: Args, verb: string): Message {
  if (!args.has('message_id')) throw badRequest('message identifier is not specified');
  const message = world.message(chat, args.int('message_id', 0));
  if (!message) throw badRequest(`message to ${verb} not found`);
  return message;
}
