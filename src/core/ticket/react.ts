import type { Handle } from '../actor.ts';
import type { MessageRef } from '../channel/index.ts';
import type { Act } from '../context.ts';
import { type PlaceRole, showReaction } from '../outbox/index.ts';

/** A reaction on a message of a place, as a platform tells of it. */
export interface Reaction {
  readonly placeId: number;
  readonly role: PlaceRole;
  readonly ref: MessageRef;
  /** One Unicode emoji. */
  readonly emoji: string;
  readonly on: boolean;
  readonly at: Date;
}

interface Meant {
  readonly id: number;
  readonly kind: 'request' | 'reply' | 'note';
  readonly ticketId: number;
}

interface Target {
  readonly placeId: number;
  readonly role: PlaceRole;
  readonly channel: string;
  readonly ref: MessageRef;
}

/**
 * Somebody's reaction is shown on the other side: staff's on what the customer wrote, the customer's on what staff replied. Nothing else
 * crosses: what staff think of each other's messages is theirs. Of two words about one reaction the later counts.
 */
export async function react(act: Act, by: Handle, reaction: Reaction): Promise<void> {
  const { placeId, ref, emoji, on, at } = reaction;
  await act.tx`
    insert into reaction (place_id, ref, handle_id, emoji, is_on, at) values (${placeId}, ${ref}, ${by.id}, ${emoji}, ${on}, ${at})
    on conflict (place_id, ref, emoji, handle_id) do update set is_on = excluded.is_on, at = excluded.at where excluded.at >= reaction.at`;
  const message = await messageAt(act, reaction);
  if (message === undefined || message.kind !== (reaction.role === 'desk' ? 'request' : 'reply')) return;
  for (const target of await otherSide(act, message, reaction.role)) {
    if (act.channels.get(target.channel)?.echo === undefined) continue;
    const { id, kind, ticketId } = message;
    showReaction(act, { ...target, ticketId, message: { id, kind }, emoji });
  }
}

/** The message that was meant, by its own id or by that of a copy of ours. */
async function messageAt(act: Act, { placeId, ref }: Reaction): Promise<Meant | undefined> {
  const rows = await act.tx<Meant[]>`
    select m.id, m.kind, m.ticket_id as "ticketId" from message m
    where m.deleted_at is null and not m.noted and m.id in (
      select id from message where place_id = ${placeId} and ref = ${ref}
      union all select message_id from delivery where place_id = ${placeId} and ref = ${ref} and kind = 'post' and message_id is not null)
    limit 1`;
  return rows[0];
}

/** Where the message stands on the other side: itself, and the first part of each copy. */
async function otherSide(act: Act, message: Meant, role: PlaceRole): Promise<Target[]> {
  return act.tx<Target[]>`
    select p.id as "placeId", p.role, p.channel, known.ref from (
      select place_id, ref from message where id = ${message.id} and ref is not null
      union all (select distinct on (place_id) place_id, ref from delivery
        where message_id = ${message.id} and kind = 'post' and ref is not null and state <> 'cancelled' order by place_id, seq)
    ) known join place p on p.id = known.place_id where p.role <> ${role}`;
}
