import type { Act } from '../context.ts';
import { Refusal } from '../errors.ts';
import type { Move, TicketRow } from './model.ts';
import { happened } from './record.ts';
import { next } from './rules/lifecycle.ts';

/** Moves a ticket along its life; both sides are told. Throws `Refusal` when the table has no such step. */
export async function move(act: Act, ticket: TicketRow, step: Move): Promise<void> {
  const target = next(ticket.state, step);
  if (target === 'there-already') throw new Refusal('already-in-state');
  if (target === 'impossible') throw new Refusal('cannot-from-state');
  const closedAt = target === 'closed' ? act.at : null;
  await act.tx`
    update ticket set state = ${target}, closed_at = ${closedAt}, updated_at = ${act.at} where id = ${ticket.id}`;
  await happened(act, ticket, { type: 'moved', from: ticket.state, to: target, by: step });
}
