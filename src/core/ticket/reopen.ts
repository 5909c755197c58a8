import type { Act } from '../context.ts';
import { Refusal } from '../errors.ts';
import type { TicketRow } from './model.ts';
import { move } from './move.ts';
import { afterCustomerMessage } from './rules/lifecycle.ts';
import { tellDesk } from './say.ts';

/** A customer opens a solved or closed ticket again, as a message to it would. Throws `Refusal` when it was closed too long ago. */
export async function reopen(act: Act, ticket: TicketRow): Promise<void> {
  const closedAgo = act.at.getTime() - (ticket.closedAt?.getTime() ?? 0);
  const effect = afterCustomerMessage(ticket.state, closedAgo, act.policy.tickets.reopen_within * 1000);
  if (effect === 'too-late') throw new Refusal('reopen-too-late', { number: ticket.id });
  await move(act, ticket, 'reopen');
  await tellDesk(act, ticket.id, { say: 'customer-reopened', args: {}, locale: act.policy.staff.language });
}
