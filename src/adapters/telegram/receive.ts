import type { Asked, Inbound, Log, Phrasebook, Pressed, Said } from '../../core/index.ts';
import { attached } from './attachments.ts';
import { askOf } from './commands.ts';
import { senderOf } from './identify.ts';
import { MAX_CALLBACK_DATA } from './limits.ts';
import { toMarkdown } from './marks.ts';
import { type CallbackQuery, type Message, readUpdate } from './shape.ts';

/** An update as the desk understands it. */
export interface Understood {
  readonly id: number;
  /** What happened, if it is anything to the desk: groups, channels, bots, edits and service messages are not. */
  readonly inbound?: Inbound;
  /** The press that waits for an answer, whoever made it. */
  readonly callbackId?: string;
  /** Where the update is not of Telegram's shape, so that nothing could be made of it: a path, for the log. */
  readonly fault?: string;
}

/** What the reading of updates depends on. */
export interface Reading {
  /** The bot's own name, when it is known. */
  readonly username?: string;
  readonly phrases: Phrasebook;
  /** A press carries no time of its own. */
  readonly now: Date;
}

/** Reads one update; `undefined` when it is none. Never throws, whatever it is given. */
export function understand(raw: unknown, reading: Reading): Understood | undefined {
  const update = readUpdate(raw);
  if (!update) return undefined;
  const { id, message, press, fault } = update;
  const eventId = `upd:${id}`;
  if (message) return { id, inbound: messageOf(message, eventId, reading) };
  if (press) return { id, inbound: pressOf(press, eventId, reading.now), callbackId: press.id };
  return fault === undefined ? { id } : { id, fault };
}

/** An update that was dropped is worth a line: maybe Telegram has changed. */
export function noteFault({ id, fault }: Understood, log: Log): void {
  if (fault !== undefined) log.warn('telegram: an update was not understood', { update: id, at: fault });
}

function messageOf(message: Message, eventId: string, reading: Reading): Asked | Said | undefined {
  const { chat, from, text } = message;
  if (chat.type !== 'private' || !from || from.is_bot) return undefined;
  const base = {
    eventId,
    at: new Date(message.date * 1000),
    from: senderOf(from),
    place: String(chat.id),
    direct: true,
  };
  const isCommand = message.entities?.some(({ type, offset }) => type === 'bot_command' && offset === 0);
  if (text !== undefined && isCommand) return { type: 'asked', ...base, ask: askOf(text, reading.username) };
  const said = words(message, reading.phrases);
  if (said === undefined) return undefined;
  const replyTo = message.reply_to_message?.message_id;
  return {
    type: 'said',
    ...base,
    ref: String(message.message_id),
    ...(replyTo === undefined ? {} : { replyTo: String(replyTo) }),
    text: said,
  };
}

/** The text, or what is attached with its caption; `undefined` for a service message. */
function words(message: Message, phrases: Phrasebook): string | undefined {
  if (message.text !== undefined) return toMarkdown(message.text, message.entities);
  const attachment = attached(message, phrases);
  if (attachment === '') return undefined;
  const caption = toMarkdown(message.caption ?? '', message.caption_entities);
  return caption === '' ? attachment : `${attachment}\n\n${caption}`;
}

/** A client may send any data: what is not printable ASCII, or longer than a button can carry, never was on one of ours. */
function pressOf(press: CallbackQuery, eventId: string, now: Date): Pressed | undefined {
  const { from, message, data } = press;
  if (message?.chat.type !== 'private' || from.is_bot || !data) return undefined;
  if (data.length > MAX_CALLBACK_DATA || !/^[\x21-\x7e]+$/.test(data)) return undefined;
  return {
    type: 'pressed',
    eventId,
    at: now,
    from: senderOf(from),
    action: data,
    place: String(message.chat.id),
    direct: true,
    ref: String(message.message_id),
  };
}
