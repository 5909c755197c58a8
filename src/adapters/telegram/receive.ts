import type { Inbound, InboundBase, Log, MessageRef, Phrasebook } from '../../core/index.ts';
import { attached, filesOf } from './attachments.ts';
import { askOf } from './commands.ts';
import { senderOf } from './identify.ts';
import { MAX_CALLBACK_DATA } from './limits.ts';
import { toMarkdown } from './marks.ts';
import { type Memory, messageKey } from './memory.ts';
import { addressOf } from './place.ts';
import { reactionsOf } from './reactions.ts';
import { type CallbackQuery, isService, type Message, readUpdate, type Update, type User } from './shape.ts';

/** An update as the desk understands it. */
export interface Understood {
  readonly id: number;
  /** What happened, if it is anything to the desk: other groups, channels, bots and service messages are not. */
  readonly inbound: readonly Inbound[];
  /** The press that waits for an answer, whoever made it. */
  readonly press?: { readonly id: string; readonly chatId?: number; readonly messageId?: number };
  /** Where a command was given whose answer the adapter has to show by itself. */
  readonly asked?: { readonly place: string; readonly ref: MessageRef };
  /** A message of staff that cannot count, since nobody knows who wrote it: where it is. */
  readonly anonymous?: { readonly place: string; readonly ref: MessageRef };
  /** Where the update is not of Telegram's shape, so that nothing could be made of it: a path, for the log. */
  readonly fault?: string;
}

/** What the reading of updates depends on. */
export interface Reading {
  readonly memory: Memory;
  /** The group that is a desk. */
  readonly deskChatId?: number;
  readonly phrases: Phrasebook;
  /** A press carries no time of its own. */
  readonly now: Date;
}

type Said = Extract<Inbound, { type: 'said' | 'edited' | 'asked' }>;
type At = InboundBase & { readonly place: string; readonly direct: boolean };

/** Reads one update; `undefined` when it is none. Never throws, whatever it is given. */
export function understand(raw: unknown, reading: Reading): Understood | undefined {
  const update = readUpdate(raw);
  if (!update) return undefined;
  const { id, fault } = update;
  if (fault !== undefined) return { id, inbound: [], fault };
  if (update.message) return heard(id, update.message, reading);
  if (update.edited) return { id, inbound: listOf(editOf(id, update.edited, reading)) };
  if (update.press) return pressed(id, update.press, reading);
  return { id, inbound: reactionsIn(update, reading) };
}

/** An update that was dropped is worth a line: maybe Telegram has changed. */
export function noteFault({ id, fault }: Understood, log: Log): void {
  if (fault !== undefined) log.warn('telegram: an update was not understood', { update: id, at: fault });
}

function listOf<T>(one: T | undefined): T[] {
  return one === undefined ? [] : [one];
}

/** Whether something in this chat is for the desk: private chats with the bot, and the group that is a desk. */
function isOurs({ id, type }: Message['chat'], { deskChatId, memory }: Reading): boolean {
  return type === 'private' || id === deskChatId || id === memory.movedTo;
}

/** Who, when and where. What is said in a topic of a private chat is about its ticket, and no longer in the chat of all tickets. */
function at(
  eventId: string,
  when: Date,
  from: User,
  chat: Message['chat'],
  threadId: number | undefined,
): At {
  const isPrivate = chat.type === 'private';
  return {
    eventId,
    at: when,
    from: senderOf(from),
    place: addressOf({ chatId: chat.id, ...(threadId === undefined ? {} : { threadId }) }),
    direct: isPrivate && threadId === undefined,
  };
}

/** The topic that is a place; in a private chat where tickets have none, all of it is one place. */
function threadOf(
  {
    chat,
    is_topic_message,
    message_thread_id,
  }: Pick<Message, 'chat' | 'is_topic_message' | 'message_thread_id'>,
  { memory }: Reading,
): number | undefined {
  const counts = chat.type !== 'private' || memory.privateTopics !== false;
  return is_topic_message && counts ? message_thread_id : undefined;
}

function heard(id: number, message: Message, reading: Reading): Understood {
  const { chat, from, memory } = { ...message, ...reading };
  noteMove(message, reading);
  const threadId = threadOf(message, reading);
  if (threadId !== undefined) memory.threads.set(messageKey(chat.id, message.message_id), threadId);
  if (isAnonymous(message, reading) && threadId !== undefined) {
    const place = addressOf({ chatId: chat.id, threadId });
    return { id, inbound: [], anonymous: { place, ref: String(message.message_id) } };
  }
  if (!isOurs(chat, reading) || !from || from.is_bot) return { id, inbound: [] };
  const where = at(`upd:${id}`, new Date(message.date * 1000), from, chat, threadId);
  const ask = commandOf(message, reading);
  if (ask === undefined) return { id, inbound: listOf(saidOf(message, where, reading)) };
  // The questions of a new request belong into the chat of all tickets; every other answer stands where it was asked.
  const opens = ask.what === 'open' && chat.type === 'private';
  const inbound = {
    type: 'asked',
    ...where,
    ...(opens ? { place: String(chat.id), direct: true } : {}),
    ask,
  } as const;
  if (inbound.direct) return { id, inbound: [inbound] };
  return { id, inbound: [inbound], asked: { place: where.place, ref: String(message.message_id) } };
}

/** An administrator of the desk's group who writes in its name. */
function isAnonymous(message: Message, reading: Reading): boolean {
  const { chat, sender_chat: as } = message;
  return chat.type !== 'private' && isOurs(chat, reading) && as?.id === chat.id && !isService(message);
}

/** The desk's group says where it went. */
function noteMove({ chat, migrate_to_chat_id: to }: Message, { deskChatId, memory }: Reading): void {
  if (to !== undefined && chat.id === (memory.movedTo ?? deskChatId)) memory.movedTo = to;
}

function commandOf({ text, entities, from, reply_to_message: answers }: Message, { memory }: Reading) {
  const isCommand = entities?.some(({ type, offset }) => type === 'bot_command' && offset === 0);
  if (text === undefined || !isCommand || !from) return undefined;
  return askOf({ text, entities, from: from.id, answers: answers?.from?.id }, memory.username);
}

function saidOf(message: Message, where: At, reading: Reading): Said | undefined {
  // Outside of a topic the desk's group is nobody's conversation.
  if (!where.direct && threadOf(message, reading) === undefined) return undefined;
  const text = words(message, reading.phrases);
  if (text === undefined) return undefined;
  const replyTo = repliedTo(message);
  const files = filesOf(message);
  return {
    type: 'said',
    ...where,
    ref: String(message.message_id),
    ...(replyTo === undefined ? {} : { replyTo }),
    text,
    ...(files.length === 0 ? {} : { files }),
    ...(message.media_group_id === undefined ? {} : { album: message.media_group_id }),
  };
}

/** In a topic every message that answers nothing answers the one that made the topic. */
function repliedTo({
  reply_to_message: replied,
  message_thread_id: threadId,
}: Message): MessageRef | undefined {
  if (replied === undefined || replied.message_id === threadId) return undefined;
  return String(replied.message_id);
}

function editOf(id: number, message: Message, reading: Reading): Said | undefined {
  const { chat, from, date, edit_date: edited = date } = message;
  if (!isOurs(chat, reading) || !from || from.is_bot) return undefined;
  const text = words(message, reading.phrases);
  if (text === undefined) return undefined;
  const where = at(`upd:${id}`, new Date(edited * 1000), from, chat, threadOf(message, reading));
  // Telegram tells the second of an edit; of two in one second the later update is the newer.
  return {
    type: 'edited',
    ...where,
    ref: String(message.message_id),
    text,
    version: edited * 1e6 + (id % 1e6),
  };
}

/** The text; of a file its caption; of what is neither, a line that names it. `undefined` for a service message. */
function words(message: Message, phrases: Phrasebook): string | undefined {
  if (message.text !== undefined) return toMarkdown(message.text, message.entities);
  const caption = toMarkdown(message.caption ?? '', message.caption_entities);
  if (filesOf(message).length > 0) return caption;
  const attachment = attached(message, phrases);
  if (attachment === '') return undefined;
  return caption === '' ? attachment : `${attachment}\n\n${caption}`;
}

function pressed(id: number, press: CallbackQuery, reading: Reading): Understood {
  const { message, data, from } = press;
  const waiting = { press: { id: press.id, chatId: message?.chat.id, messageId: message?.message_id } };
  // A client may send any data: what is not printable ASCII, or longer than a button can carry, never was on one of ours.
  const ours = data !== undefined && data.length <= MAX_CALLBACK_DATA && /^[\x21-\x7e]+$/.test(data);
  if (!message || !ours || from.is_bot || !isOurs(message.chat, reading))
    return { id, inbound: [], ...waiting };
  const threadId = threadOf(message, reading);
  const where = at(`upd:${id}`, reading.now, from, message.chat, threadId);
  const inbound = { type: 'pressed', ...where, action: data, ref: String(message.message_id) } as const;
  return { id, inbound: [inbound], ...waiting };
}

function reactionsIn({ id, reaction }: Update, reading: Reading): Inbound[] {
  const { chat, user, message_id: messageId, date } = reaction ?? {};
  if (!reaction || !chat || !user || user.is_bot || !isOurs(chat, reading)) return [];
  // Telegram does not say in which topic; where that is not remembered, the message is nobody's.
  const threadId = reading.memory.threads.get(messageKey(chat.id, messageId ?? 0));
  if (threadId === undefined && chat.type !== 'private') return [];
  const where = at(`upd:${id}`, new Date((date ?? 0) * 1000), user, chat, threadId);
  return reactionsOf(reaction).map((change, index) => ({
    type: 'reacted',
    ...where,
    eventId: index === 0 ? where.eventId : `${where.eventId}:${index}`,
    ref: String(messageId),
    ...change,
  }));
}
