import type { Handle } from '../actor.ts';
import type { Act } from '../context.ts';
import { Refusal } from '../errors.ts';
import { isBlank } from '../text/index.ts';
import { whenSaid } from './announce.ts';
import type { TicketRow } from './model.ts';
import { move } from './move.ts';
import { happened } from './record.ts';
import { escalatableAt } from './rules/promise.ts';
import { write } from './write.ts';

/**
 * A customer asks for a quicker answer, with a reason or without: the reason becomes a message of the ticket, staff see a red mark, and
 * an answer is promised as the policy says. Once in 30 minutes for each ticket. Throws `Refusal`, and nothing is
 * kept, when it comes too soon, and when the ticket is solved or closed.
 */
export async function escalate(act: Act, by: Handle, ticket: TicketRow, text: string): Promise<void> {
  const number = ticket.id;
  if (ticket.state === 'solved' || ticket.state === 'closed')
    throw new Refusal('escalate-finished', { number });
  const next = escalatableAt(ticket.escalationAskedAt, act.at);
  if (next !== undefined)
    throw new Refusal('escalated-lately', { number, when: whenSaid(act, next, by.locale) });
  await act.tx`
    update ticket set escalation_asked_at = ${act.at}, updated_at = ${act.at} where id = ${ticket.id}`;
  if (!isBlank(text)) await write(act, by, ticket, { text, placeId: null, ref: null });
  else if (ticket.state === 'waiting') await move(act, ticket, 'resume');
  await happened(act, ticket, { type: 'escalation-asked' });
}
