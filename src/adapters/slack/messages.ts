/** What people write in threads, chats and channels. */
import { type Ask, oneLine, tidy } from '../../core/index.ts';
import { readDeskWord } from './command.ts';
import { type NameOf, readRichText } from './dialect.ts';
import { type Heard, isDirectChat, timeOf } from './heard.ts';
import { filesOf } from './inbound-files.ts';
import { toMarkdown } from './markdown.ts';
import { readMrkdwn } from './mrkdwn.ts';
import type { Envelope, HomeOpened, Message, Words } from './payloads.ts';
import type { Spot } from './whereabouts.ts';

/** Messages that a person wrote; everything else that has a subtype is about messages, or from a machine. */
const written: ReadonlySet<unknown> = new Set([undefined, 'file_share', 'thread_broadcast', 'me_message']);

/** Whether an event is a message that somebody wrote. */
export function isWritten({ event }: Envelope): boolean {
  return event.type === 'message' && written.has(event.subtype);
}

/** Whether we, another app or Slack itself wrote it. */
export function isMachine(
  { user, bot_id: bot }: { readonly user?: string | null; readonly bot_id?: string | null },
  { authorizations }: Pick<Envelope, 'authorizations'>,
): boolean {
  const own = authorizations.some(one => one.is_bot && one.user_id === user);
  return Boolean(bot) || own || !user || user === 'USLACKBOT';
}

/** Where a message stands by what its own event says: the first message of a thread is in the channel. */
export function spotOf(channel: string, ts: string, thread: string | undefined): Spot {
  return thread === undefined || thread === ts ? { channel, ts, lone: true } : { channel, ts, thread };
}

export function ofMessage(
  message: Message,
  envelope: Envelope,
  nameOf: NameOf,
  deskChannel?: string,
): Heard | undefined {
  if (isMachine(message, envelope) || message.hidden === true) return undefined;
  const spot = spotOf(message.channel, message.ts, message.thread_ts);
  const ask = message.channel === deskChannel && spot.thread && readDeskWord(message.text ?? '', nameOf);
  if (ask) return ofWord(message, envelope, spot, ask);
  const files = filesOf(message.files);
  return {
    space: envelope.team_id,
    user: message.user,
    // Who writes in a ticket's thread is known; in the chat it may be somebody new, who is answered in their language.
    asIs: !(isDirectChat(message.channel) && spot.lone),
    spot,
    event: (from, { place, direct, replyTo }) => ({
      type: 'said',
      // Not the event's own id: what is read later, where an event was missed, is the same message.
      eventId: `msg:${message.channel}:${message.ts}`,
      at: timeOf(message.ts, new Date(0)),
      from,
      place,
      direct,
      ref: message.ts,
      ...(replyTo && { replyTo }),
      text: textOf(message, nameOf),
      ...(files.length > 0 && { files }),
    }),
    reply: { to: 'nobody' },
  };
}

/** A command of staff, written in the thread of a ticket. */
function ofWord(message: Message, envelope: Envelope, spot: Spot, ask: Ask): Heard {
  const { channel, user, ts } = message;
  return {
    space: envelope.team_id,
    user,
    asIs: false,
    spot,
    event: (from, { place }) => ({
      type: 'asked',
      eventId: `msg:${channel}:${ts}`,
      at: timeOf(ts, new Date(0)),
      from,
      ask,
      place,
      direct: false,
    }),
    reply: { to: 'thread', channel, thread: spot.thread ?? ts, user },
  };
}

/** The app's pages are opened: one of them is the person's own. */
export function ofHome({ user, tab, event_ts: ts }: HomeOpened, envelope: Envelope): Heard | undefined {
  if (tab !== 'home') return undefined;
  const at = timeOf(ts, new Date(0));
  return {
    space: envelope.team_id,
    user,
    asIs: false,
    event: from => ({ type: 'visited', eventId: envelope.event_id, at, from }),
    reply: { to: 'nobody' },
  };
}

/** The words as CommonMark, and a line with the name of each file that lies outside of Slack. */
export function textOf(message: Words, nameOf: NameOf): string {
  const parts = readRichText(message.blocks, nameOf) ?? readMrkdwn(message.text ?? '', nameOf);
  const runs = (message.files ?? []).flatMap(({ is_external: outside, name, title, permalink }) => {
    const called = oneLine(name || title || '', 200);
    if (outside !== true || called === '') return [];
    return [{ text: called, ...(permalink && { url: permalink }) }, { text: '\n' }];
  });
  if (runs.length > 0) parts.push({ kind: 'text', runs: runs.slice(0, -1) });
  return tidy(toMarkdown(parts));
}
