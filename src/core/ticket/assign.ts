import type { Handle } from '../actor.ts';
import type { Act } from '../context.ts';
import { Refusal } from '../errors.ts';
import type { TicketRow } from './model.ts';
import { happened } from './record.ts';

/** Gives a ticket to somebody of the staff, whoever had it before. Throws `Refusal` when it is closed, or theirs already. */
export async function assign(act: Act, ticket: TicketRow, to: Handle): Promise<void> {
  if (ticket.state === 'closed') throw new Refusal('cannot-from-state');
  if (ticket.assigneeId === to.id) throw new Refusal('already-so');
  await act.tx`update ticket set assignee_id = ${to.id}, updated_at = ${act.at} where id = ${ticket.id}`;
  await happened(act, ticket, { type: 'assigned', to });
}
