import type { Act } from '../context.ts';
import { Refusal } from '../errors.ts';
import type { LadderEvent } from './ladder-events.ts';
import type { TicketRow } from './model.ts';
import { happened, recordMessage } from './record.ts';

/**
 * Puts a ticket at another level of support. Who had it has it no longer: the others must see that it is free. The reason becomes a note.
 * Throws `Refusal` for a closed one.
 */
export async function putAtLevel(
  act: Act,
  ticket: TicketRow,
  event: Extract<LadderEvent, { type: 'escalated' | 'deescalated' }>,
): Promise<void> {
  if (ticket.state === 'closed') throw new Refusal('cannot-from-state');
  await act.tx`
    update ticket set level = ${event.to}, level_since = ${act.at}, assignee_id = null, updated_at = ${act.at} where id = ${ticket.id}`;
  if (event.reason !== null && act.actor.type !== 'system')
    await recordMessage(act, ticket.id, 'note', { text: event.reason, placeId: null, ref: null });
  await happened(act, { ...ticket, level: event.to, assigneeId: null }, event);
}
