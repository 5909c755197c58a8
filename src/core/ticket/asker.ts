import type { Handle } from '../actor.ts';
import type { Act } from '../context.ts';
import type { TicketRow } from './model.ts';

/**
 * Whether somebody is the one who asked, by whatever way they come: the ticket is theirs, they have a place of its own for it (a mailbox that was
 * named in a chat), or they are the same contact.
 */
export async function isAsker(
  act: Act,
  { id }: Pick<Handle, 'id'>,
  ticket: Pick<TicketRow, 'id' | 'handleId'>,
): Promise<boolean> {
  if (id === ticket.handleId) return true;
  const found = await act.tx`
    select from place where ticket_id = ${ticket.id} and handle_id = ${id} and role = 'customer'
    union all
    select from link own join link other on other.contact_id = own.contact_id
    where own.handle_id = ${id} and other.handle_id = ${ticket.handleId}
    limit 1`;
  return found.count > 0;
}
