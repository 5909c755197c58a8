import type { Act } from '../context.ts';
import { refreshCards } from '../outbox/index.ts';
import type { TicketRow, Utterance } from './model.ts';
import { move } from './move.ts';
import { recordEvent, recordMessage } from './record.ts';
import { tellCustomer, tellDesk } from './say.ts';

/** A staff member's reply goes to the customer, without the name; a solved or closed ticket opens again. */
export async function reply(act: Act, ticket: TicketRow, said: Utterance): Promise<void> {
  const id = await recordMessage(act, ticket.id, 'reply', said);
  if (id === undefined) return;
  await recordEvent(act, ticket.id, 'staff-replied', { message: id });
  if (ticket.state === 'closed' || ticket.state === 'solved') await move(act, ticket, 'reopen');
  await tellCustomer(act, ticket, { text: said.text }, { id, kind: 'reply' });
  await tellDesk(act, ticket.id, { text: said.text }, { id, kind: 'reply' }, said.placeId);
  const first =
    await act.tx`update ticket set first_reply_at = ${act.at} where id = ${ticket.id} and first_reply_at is null`;
  if (first.count > 0) await refreshCards(act, ticket.id);
}
