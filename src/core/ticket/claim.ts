import type { Handle } from '../actor.ts';
import type { Act } from '../context.ts';
import { Refusal } from '../errors.ts';
import { refreshCards } from '../outbox/index.ts';
import { recordEvent } from './record.ts';

/** Takes a ticket. Of two at once one wins: the other gets `Refusal` with the winner's name. Taking one's own again changes nothing. */
export async function claim(act: Act, ticketId: number, by: Handle): Promise<void> {
  const won = await act.tx`
    update ticket set assignee_id = ${by.id}, updated_at = ${act.at} where id = ${ticketId} and assignee_id is null`;
  if (won.count === 1) {
    await recordEvent(act, ticketId, 'claimed');
    await refreshCards(act, ticketId);
    return;
  }
  const [holder] = await act.tx<{ id: number; name: string }[]>`
    select h.id, coalesce(nullif(h.name, ''), h.external_id) as name from ticket t join handle h on h.id = t.assignee_id where t.id = ${ticketId}`;
  if (holder === undefined) throw new Refusal('ticket-not-found', { number: String(ticketId) });
  if (holder.id !== by.id) throw new Refusal('claim-taken', { name: holder.name });
}
