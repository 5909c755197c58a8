import type { Edited, Said } from '../../core/index.ts';
import { contentOf } from './content.ts';
import { filesOf } from './files.ts';
import { authorOf } from './identify.ts';
import type { Memory } from './memory.ts';
import type { ContentPayload, MessagePayload } from './payloads.ts';
import { threadTypes, timeOf } from './payloads.ts';

/** Message types that a person writes: default and reply; all others are the platform's own notices. */
const SPOKEN: ReadonlySet<number> = new Set([0, 19]);
/** Message reference types: a forward carries the text in a snapshot (Message reference types). */
const FORWARD = 1;
/** Channel types: a chat of two. */
const DM = 1;
/** Discord takes no message without anything in it: this one holds what the desk cannot show. */
const UNSHOWN = '…';

/**
 * A message as core hears it; `undefined` for what is not a person speaking in a thread of the served guild: bots (the desk itself
 * among them), or in their chat with the bot: webhooks, notices, other guilds, and channels that are known to be no threads.
 */
export function said(message: MessagePayload, guildId: string, memory: Memory, now: Date): Said | undefined {
  if (!isSpoken(message, guildId, memory)) return undefined;
  const direct = message.guild_id === undefined;
  const files = filesOf([message, ...snapshotsOf(message)].flatMap(one => one.attachments));
  const isBare = files.length === 0 && message.content === '';
  // Without the intent all content in a server is empty, but for what mentions the bot.
  const unshown = isBare && (direct || memory.readsContent) ? UNSHOWN : '';
  const text = textOf(message, memory) || unshown;
  if (text === '' && files.length === 0) return undefined;
  const replyTo =
    message.message_reference?.type === FORWARD ? undefined : message.message_reference?.message_id;
  return {
    type: 'said',
    eventId: `msg:${message.id}`,
    at: timeOf(message.id) ?? now,
    from: authorOf(message, guildId),
    place: message.channel_id,
    direct,
    ref: message.id,
    ...(replyTo ? { replyTo } : {}),
    text,
    ...(files.length === 0 ? {} : { files }),
  };
}

/** A changed message; `undefined` also where its author did not change it: link previews and pins come as updates too. */
export function edited(message: MessagePayload, guildId: string, memory: Memory): Edited | undefined {
  const at = new Date(message.edited_timestamp ?? Number.NaN);
  if (!isSpoken(message, guildId, memory) || Number.isNaN(at.getTime())) return undefined;
  if (message.content === '' && message.guild_id !== undefined && !memory.readsContent) return undefined;
  return {
    type: 'edited',
    eventId: `edit:${message.id}:${at.getTime()}`,
    at,
    from: authorOf(message, guildId),
    place: message.channel_id,
    direct: message.guild_id === undefined,
    ref: message.id,
    text: textOf(message, memory),
    version: at.getTime(),
  };
}

function isSpoken(message: MessagePayload, guildId: string, memory: Memory): boolean {
  if (message.author.bot || message.webhook_id || !SPOKEN.has(message.type)) return false;
  if (message.guild_id === undefined) return message.channel_type === DM;
  return message.guild_id === guildId && mayBeThread(message, memory);
}

/** Spares core a look-up for every message of a busy server: tickets live in threads only. */
function mayBeThread(message: MessagePayload, memory: Memory): boolean {
  if (message.channel_type !== undefined) return threadTypes.has(message.channel_type);
  return !memory.channels.has(message.channel_id);
}

function textOf(message: MessagePayload, memory: Memory): string {
  const forwarded = snapshotsOf(message).map(inner => contentOf(inner, memory).replace(/^/gm, '> '));
  return [contentOf(message, memory), ...forwarded]
    .filter(part => part.replaceAll('> ', '') !== '')
    .join('\n\n');
}

function snapshotsOf(message: MessagePayload): ContentPayload[] {
  return message.message_snapshots.map(one => one.message);
}
