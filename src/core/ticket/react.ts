import type { Handle } from '../actor.ts';
import type { Act } from '../context.ts';
import { type Echo, echoReaction } from '../outbox/index.ts';

/** A reaction on a message of a place, as a platform tells of it. */
export interface Reaction extends Echo {
  readonly on: boolean;
  readonly at: Date;
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
  await echoReaction(act, reaction);
}
