/** What people write in threads, chats and channels. */
import { oneLine, tidy } from '../../core/index.ts';
import { type NameOf, readRichText } from './dialect.ts';
import { addressOf, type Heard, timeOf } from './heard.ts';
import { toMarkdown } from './markdown.ts';
import { readMrkdwn } from './mrkdwn.ts';
import { type Envelope, type Message, messageSchema } from './payloads.ts';

/** Messages that a person wrote; everything else that has a subtype is about messages, or from a machine. */
const written = new Set([undefined, 'file_share', 'thread_broadcast', 'me_message']);

export function ofEvent(envelope: Envelope, nameOf: NameOf): Heard | undefined {
  const parsed = messageSchema.safeParse(envelope.event);
  if (!parsed.success) return undefined;
  const message = parsed.data;
  const own = envelope.authorizations.some(({ user_id: user }) => user === message.user);
  const machine = Boolean(message.bot_id) || own || message.user === 'USLACKBOT';
  if (machine || message.hidden === true || !written.has(message.subtype)) return undefined;
  return {
    space: envelope.team_id,
    user: message.user,
    asIs: true,
    event: from => ({
      type: 'said',
      eventId: envelope.event_id,
      at: timeOf(message.ts, new Date(0)),
      from,
      place: addressOf(message.channel, message.thread_ts),
      direct: false,
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
