import type { Act } from '../context.ts';
import { Refusal } from '../errors.ts';
import { priorityOf } from '../policy/index.ts';
import type { TicketRow } from './model.ts';
import { happened } from './record.ts';
import { firstReplyDue } from './rules/promise.ts';

/**
 * Gives a ticket another priority. While nobody has answered, the first reply is due as the new priority promises from now on, but
 * never later than the customer was told. Throws `Refusal` for a priority the policy does not have, the same one, and a closed ticket.
 */
export async function prioritise(act: Act, ticket: TicketRow, to: string): Promise<void> {
  const priority = priorityOf(act.policy, to);
  if (priority === undefined) {
    const choices = act.policy.priorities.map(one => one.id).join(', ');
    throw new Refusal('no-such-priority', { choices });
  }
  if (ticket.state === 'closed') throw new Refusal('cannot-from-state');
  if (ticket.priority === to) throw new Refusal('already-so');
  const dueAt = firstReplyDue(ticket.firstReplyDueAt, act.at, priority.first_reply);
  await act.tx`
    update ticket set priority = ${to}, updated_at = ${act.at},
      first_reply_due_at = case when first_reply_at is null then ${dueAt} else first_reply_due_at end
    where id = ${ticket.id}`;
  const open = ticket.firstReplyAt === null;
  await happened(act, ticket, { type: 'prioritised', from: ticket.priority, to, dueAt: open ? dueAt : null });
}
