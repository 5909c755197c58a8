import type { Handle } from '../actor.ts';
import type { Act } from '../context.ts';
import { Refusal } from '../errors.ts';
import type { TicketRow } from './model.ts';
import { happened } from './record.ts';

/** Takes a ticket. Of two at once one wins: the other gets `Refusal` with the winner's name. Taking one's own again changes nothing. */
export async function claim(act: Act, ticket: TicketRow, by: Handle): Promise<void> {
  if (ticket.state === 'closed') throw new Refusal('cannot-from-state');
  const won = await act.tx`
    update ticket set assignee_id = ${by.id}, updated_at = ${act.at} where id = ${ticket.id} and assignee_id is null`;
  if (won.count === 1) return happened(act, ticket, { type: 'claimed' });
  const [holder] = await act.tx<{ id: number; name: string }[]>`
    select h.id, coalesce(nullif(h.name, ''), h.external_id) as name from ticket t join handle h on h.id = t.assignee_id where t.id = ${ticket.id}`;
  if (holder !== undefined && holder.id !== by.id) throw new Refusal('claim-taken', { name: holder.name });
}
