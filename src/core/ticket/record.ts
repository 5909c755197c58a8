import { handleOf } from '../actor.ts';
import type { Act } from '../context.ts';
import type { Utterance } from './model.ts';

/** The facts about a ticket. */
export type EventType = 'opened' | 'customer-wrote' | 'staff-replied' | 'note-added' | 'claimed' | 'moved';

/** Writes a fact about a ticket: it is never changed. */
export async function recordEvent(
  act: Act,
  ticketId: number,
  type: EventType,
  data: Readonly<Record<string, unknown>> = {},
): Promise<void> {
  await act.tx`
    insert into event (ticket_id, type, handle_id, data, at)
    values (${ticketId}, ${type}, ${handleOf(act.actor)}, ${JSON.stringify(data)}::jsonb, ${act.at})`;
}

/** Writes an utterance down. Returns its id; undefined when the platform's message is in the ticket already. */
export async function recordMessage(
  act: Act,
  ticketId: number,
  kind: 'request' | 'reply' | 'note',
  said: Utterance,
): Promise<number | undefined> {
  const rows = await act.tx<{ id: number }[]>`
    insert into message (ticket_id, kind, handle_id, body, place_id, ref, at)
    values (${ticketId}, ${kind}, ${handleOf(act.actor)}, ${said.text}, ${said.placeId}, ${said.ref}, ${act.at})
    on conflict (place_id, ref) where ref is not null do nothing
    returning id`;
  return rows[0]?.id;
}
