import type { Act } from '../context.ts';
import { Refusal } from '../errors.ts';
import { refreshCards } from '../outbox/index.ts';
import type { Move, TicketRow } from './model.ts';
import { recordEvent } from './record.ts';
import { next } from './rules/lifecycle.ts';
import { tellCustomer, tellDesk } from './say.ts';

/** What the customer is told of a move that staff made, and staff of one that the customer made. */
const toldCustomer: Readonly<Partial<Record<Move, string>>> = {
  wait: 'ticket-waiting',
  solve: 'ticket-solved',
  close: 'ticket-closed',
  reopen: 'ticket-reopened',
};

/** Moves a ticket along its life and tells both sides. Throws `Refusal` when the table has no such step. */
export async function move(act: Act, ticket: TicketRow, step: Move): Promise<void> {
  const target = next(ticket.state, step);
  if (target === 'there-already') throw new Refusal('already-in-state');
  if (target === 'impossible') throw new Refusal('cannot-from-state');
  const closedAt = target === 'closed' ? act.at : null;
  await act.tx`update ticket set state = ${target}, closed_at = ${closedAt}, updated_at = ${act.at} where id = ${ticket.id}`;
  await recordEvent(act, ticket.id, 'moved', { from: ticket.state, to: target, by: step });
  await refreshCards(act, ticket.id);
  const say = toldCustomer[step];
  if (say !== undefined)
    await tellCustomer(act, ticket, { say, args: { number: ticket.id }, locale: ticket.locale });
  if (step === 'close' && act.actor.type === 'customer')
    await tellDesk(act, ticket.id, { say: 'customer-closed', args: {}, locale: act.policy.staff.language });
}
