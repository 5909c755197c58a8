/** What people write in threads, chats and channels. */
import { oneLine, tidy } from '../../core/index.ts';
import { type NameOf, readRichText } from './dialect.ts';
import { addressOf, type Heard, isDirectChat, timeOf } from './heard.ts';
import { toMarkdown } from './markdown.ts';
import { readMrkdwn } from './mrkdwn.ts';
import type { Envelope, Message } from './payloads.ts';

/** Messages that a person wrote; everything else that has a subtype is about messages, or from a machine. */
const written: ReadonlySet<unknown> = new Set([undefined, 'file_share', 'thread_broadcast', 'me_message']);

/** Whether an event is a message that somebody wrote. */
export function isWritten({ event }: Envelope): boolean {
  return event.type === 'message' && written.has(event.subtype);
}

export function ofMessage(message: Message, envelope: Envelope, nameOf: NameOf): Heard | undefined {
  const own = envelope.authorizations.some(({ user_id: user, is_bot: bot }) => bot && user === message.user);
  const machine = Boolean(message.bot_id) || own || message.user === 'USLACKBOT';
  if (machine || message.hidden === true) return undefined;
  // In the chat with the app, but in no thread: in answer to no ticket.
  const direct = isDirectChat(message.channel) && message.thread_ts === undefined;
  return {
    space: envelope.team_id,
    user: message.user,
    // Who writes in a ticket's thread is known; in the chat it may be somebody new, who is answered in their language.
    asIs: !direct,
    event: from => ({
      type: 'said',
      eventId: envelope.event_id,
      at: timeOf(message.ts, new Date(0)),
      from,
      place: addressOf(message.channel, message.thread_ts),
      direct,
      ref: message.ts,
      text: textOf(message, nameOf),
    }),
    reply: { to: 'nobody' },
  };
}

/** The words as CommonMark, and a line with the name of each file. */
function textOf(message: Message, nameOf: NameOf): string {
  const parts = readRichText(message.blocks, nameOf) ?? readMrkdwn(message.text ?? '', nameOf);
  const files = (message.files ?? [])
    .map(file => oneLine(file.name ?? file.title ?? '', 200))
    .filter(Boolean);
  if (files.length > 0) parts.push({ kind: 'text', runs: [{ text: files.join('\n') }] });
  return tidy(toMarkdown(parts));
}
