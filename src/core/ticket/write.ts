import type { Handle } from '../actor.ts';
import type { Act } from '../context.ts';
import { Refusal } from '../errors.ts';
import type { TicketRow, Utterance } from './model.ts';
import { move } from './move.ts';
import { happened, recordMessage } from './record.ts';
import { afterCustomerMessage } from './rules/lifecycle.ts';

/** A customer's message becomes part of the ticket and reaches the desk; a ticket that waited, was solved, or closed lately, goes on. */
export async function write(act: Act, author: Handle, ticket: TicketRow, said: Utterance): Promise<void> {
  const closedAgo = act.at.getTime() - (ticket.closedAt?.getTime() ?? 0);
  const effect = afterCustomerMessage(ticket.state, closedAgo, act.policy.tickets.reopen_within * 1000);
  if (effect === 'too-late') throw new Refusal('reply-to-closed', { number: ticket.id });
  const id = await recordMessage(act, ticket.id, 'request', said);
  if (id === undefined) return;
  await happened(act, ticket, { type: 'customer-wrote', message: id, said, author });
  if (effect !== 'nothing') await move(act, ticket, effect);
}
