/** What happens to messages afterwards: they are changed, taken back, and reacted to. */

import type { NameOf } from './dialect.ts';
import { emojiOf } from './emoji.ts';
import { type Heard, timeOf } from './heard.ts';
import { isMachine, spotOf, textOf } from './messages.ts';
import type { Change, Deletion, Envelope, Reaction } from './payloads.ts';

/** Microseconds: Slack counts them in the names of its events. Some 1.8e15, well below 2^53. */
const microsOf = (ts: string): number => Math.round(Number(ts) * 1_000_000);

/** A change of the words. Slack also tells of previews that were added, and of what we changed ourselves. */
export function ofChange(change: Change, envelope: Envelope, nameOf: NameOf): Heard | undefined {
  const { channel, message, previous_message: before } = change;
  if (message.subtype === 'tombstone') return ofTombstone(change, envelope);
  if (isMachine(message, envelope) || message.edited === undefined) return undefined;
  if (before?.edited?.ts === message.edited.ts) return undefined;
  const version = microsOf(change.event_ts ?? change.ts);
  return {
    space: envelope.team_id,
    user: message.user ?? '',
    asIs: true,
    spot: spotOf(channel, message.ts, message.thread_ts),
    event: (from, { place, direct }) => ({
      type: 'edited',
      eventId: `edit:${channel}:${message.ts}:${version}`,
      at: timeOf(change.event_ts ?? change.ts, new Date(0)),
      from,
      place,
      direct,
      ref: message.ts,
      text: textOf(message, nameOf),
      version,
    }),
    reply: { to: 'nobody' },
  };
}

/** The first message of a thread stays as a stone with its name while the thread has others. */
function ofTombstone(change: Change, envelope: Envelope): Heard | undefined {
  const { channel, message, previous_message: before, ts, event_ts } = change;
  return (
    before &&
    ofDeletion(
      {
        type: 'message',
        subtype: 'message_deleted',
        channel,
        deleted_ts: message.ts,
        ts,
        event_ts,
        previous_message: before,
      },
      envelope,
    )
  );
}

export function ofDeletion(deletion: Deletion, envelope: Envelope): Heard | undefined {
  const { channel, deleted_ts: ref, previous_message: before } = deletion;
  if (before === undefined || isMachine(before, envelope)) return undefined;
  return {
    space: envelope.team_id,
    user: before.user ?? '',
    asIs: true,
    spot: spotOf(channel, ref, before.thread_ts),
    // Slack does not say who did it: whoever wrote it, or somebody who looks after the workspace.
    event: (_from, { place, direct }) => ({
      type: 'deleted',
      eventId: `gone:${channel}:${ref}`,
      at: timeOf(deletion.event_ts ?? deletion.ts, new Date(0)),
      place,
      direct,
      ref,
    }),
    reply: { to: 'nobody' },
  };
}

export function ofReaction(reaction: Reaction, envelope: Envelope): Heard | undefined {
  const { user, item } = reaction;
  const emoji = emojiOf(reaction.reaction);
  if (emoji === undefined || isMachine({ user }, envelope)) return undefined;
  return {
    space: envelope.team_id,
    user,
    asIs: true,
    spot: { channel: item.channel, ts: item.ts },
    event: (from, { place, direct }) => ({
      type: 'reacted',
      eventId: envelope.event_id,
      at: timeOf(reaction.event_ts, new Date(0)),
      from,
      place,
      direct,
      ref: item.ts,
      emoji,
      on: reaction.type === 'reaction_added',
    }),
    reply: { to: 'nobody' },
  };
}
