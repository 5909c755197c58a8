import type { Args } from '../args.ts';
import { badRequest } from '../errors.ts';
import { checkMarkup, readMarkup } from '../keyboard.ts';
import { DELETE_WITHIN_MS } from '../limits.ts';
import type { Chat, Entity, Formatted, Markup, Message } from '../types.ts';
import { wireMessage } from '../wire.ts';
import type { Context, Method } from './context.ts';
import { readCaption, readText } from './sending.ts';
import { readChat, readMessage, writableChat } from './target.ts';

const editMessageText: Method = (context, args) => {
  const content = readText(args);
  return edit(context, args, message => {
    if (message.media) throw badRequest('there is no text in the message to edit');
    return content;
  });
};

const editMessageCaption: Method = (context, args) => {
  const content = readCaption(args);
  return edit(context, args, message => {
    if (!message.media) throw badRequest('there is no caption in the message to edit');
    return content;
  });
};

const editMessageReplyMarkup: Method = (context, args) =>
  edit(context, args, ({ text, entities }) => ({ text, entities }), false);

const deleteMessage: Method = (context, args) => {
  const chat = readChat(context, args);
  const message = readMessage(context, chat, args, 'delete');
  checkDeletable(context, chat, message);
  context.world.remove(chat, message.id);
  return true;
};

const deleteMessages: Method = (context, args) => {
  const chat = readChat(context, args);
  const ids = args.json('message_ids', 'message identifiers');
  if (!Array.isArray(ids) || ids.length === 0) throw badRequest('message identifiers are not specified');
  if (ids.length > 100) throw badRequest('too many message identifiers specified');
  for (const id of ids) {
    const message = context.world.message(chat, Number(id));
    if (message && context.world.now() - message.at <= DELETE_WITHIN_MS)
      context.world.remove(chat, message.id);
  }
  return true;
};

/** Edits content and keyboard; without `reply_markup` the keyboard goes away, as on the platform. */
function edit(
  context: Context,
  args: Args,
  content: (message: Message) => Formatted,
  isText = true,
): unknown {
  const { world } = context;
  const markup = readMarkup(args);
  if (args.has('inline_message_id')) throw badRequest('MESSAGE_ID_INVALID');
  const chat = writableChat(context, args);
  checkMarkup(markup, chat);
  const message = readMessage(context, chat, args, 'edit');
  if (message.from !== world.bot.id || message.service) throw badRequest("message can't be edited");
  const { text, entities } = content(message);
  if (
    text === message.text &&
    sameEntities(entities, message.entities) &&
    sameMarkup(markup, message.markup)
  ) {
    throw badRequest(
      'message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message',
    );
  }
  message.text = text;
  message.entities = entities;
  message.markup = markup;
  if (isText) message.editedAt = world.now();
  world.changed();
  return wireMessage(world, message);
}

function sameEntities(a: readonly Entity[], b: readonly Entity[]): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

function sameMarkup(a: Markup | undefined, b: Markup | undefined): boolean {
  return (
    JSON.stringify(a?.kind === 'inline' ? a.rows : []) === JSON.stringify(b?.kind === 'inline' ? b.rows : [])
  );
}

function checkDeletable({ world }: Context, chat: Chat, message: Message): void {
  const tooOld = world.now() - message.at > DELETE_WITHIN_MS;
  const others = message.from !== world.bot.id && chat.type !== 'private' && chat.botRole !== 'administrator';
  if (tooOld || others) throw badRequest("message can't be deleted for everyone");
}

export const editing = {
  editMessageText,
  editMessageCaption,
  editMessageReplyMarkup,
  deleteMessage,
  deleteMessages,
} as const;
