import type { Act } from '../context.ts';
import { Refusal } from '../errors.ts';
import { priorityOf } from '../policy/index.ts';
import type { TicketRow } from './model.ts';
import { happened } from './record.ts';

/**
 * Gives a ticket another priority; what is promised by it is counted anew, never later than the customer was told. Throws `Refusal` for a priority the policy does not have, the same one, and a closed ticket.
 */
export async function prioritise(act: Act, ticket: TicketRow, to: string): Promise<void> {
  if (priorityOf(act.policy, to) === undefined) {
    const choices = act.policy.priorities.map(one => one.id).join(', ');
    throw new Refusal('no-such-priority', { choices });
  }
  if (ticket.state === 'closed') throw new Refusal('cannot-from-state');
  if (ticket.priority === to) throw new Refusal('already-so');
  await act.tx`update ticket set priority = ${to}, updated_at = ${act.at} where id = ${ticket.id}`;
  await happened(act, ticket, { type: 'prioritised', from: ticket.priority, to });
}
