import type { Act } from '../context.ts';
import { Refusal } from '../errors.ts';
import type { TicketRow } from './model.ts';
import { happened } from './record.ts';

/**
 * Hands a ticket on to another department. Who had it has it no longer: the other department must see that it is free.
 * Throws `Refusal` for a department the policy does not have, the same one, and a closed ticket.
 */
export async function transfer(act: Act, ticket: TicketRow, to: string): Promise<void> {
  const known = act.policy.departments.map(one => one.id);
  if (!known.includes(to)) throw new Refusal('no-such-department', { choices: known.join(', ') });
  if (ticket.state === 'closed') throw new Refusal('cannot-from-state');
  if (ticket.department === to) throw new Refusal('already-so');
  await act.tx`
    update ticket set department = ${to}, assignee_id = null, updated_at = ${act.at} where id = ${ticket.id}`;
  await happened(act, ticket, { type: 'transferred', from: ticket.department, to });
}
