import type { Act } from '../context.ts';
import type { TicketRow, Utterance } from './model.ts';
import { move } from './move.ts';
import { happened, recordMessage } from './record.ts';

/** A staff member's reply goes to the customer, without the name; a solved or closed ticket opens again. */
export async function reply(act: Act, ticket: TicketRow, said: Utterance): Promise<void> {
  const id = await recordMessage(act, ticket.id, 'reply', said);
  if (id === undefined) return;
  if (ticket.state === 'closed' || ticket.state === 'solved') await move(act, ticket, 'reopen');
  await happened(act, ticket, { type: 'staff-replied', message: id, said });
}
