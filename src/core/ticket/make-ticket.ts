import type { Act } from '../context.ts';
import { Refusal } from '../errors.ts';
import type { TicketRow } from './model.ts';
import { happened } from './record.ts';

/** A chat becomes a ticket, with all that was said, and with the promises of one. Throws `Refusal` for what is none, and for one that is closed. */
export async function makeTicket(act: Act, ticket: TicketRow): Promise<void> {
  if (ticket.way !== 'chat') throw new Refusal('ticket-already', { number: ticket.id });
  if (ticket.state === 'closed') throw new Refusal('cannot-from-state');
  await act.tx`update ticket set way = 'ticket', updated_at = ${act.at} where id = ${ticket.id}`;
  await happened(act, { ...ticket, way: 'ticket' }, { type: 'made-ticket' });
}
