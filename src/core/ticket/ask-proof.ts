import { handleOf } from '../actor.ts';
import type { Act } from '../context.ts';
import { Refusal } from '../errors.ts';
import { audit } from '../identity/index.ts';
import type { TicketRow } from './model.ts';
import { happened } from './record.ts';

/**
 * Asks the person behind a ticket to prove afresh who they are. Throws `Refusal` for a closed ticket, one for which it is asked already,
 * and while the desk knows of no contacts: nobody could prove anything then.
 */
export async function askProof(act: Act, ticket: TicketRow): Promise<void> {
  if (ticket.state === 'closed') throw new Refusal('cannot-from-state');
  if (ticket.proofAskedAt !== null) throw new Refusal('proof-asked-already');
  const [known] = await act.tx`select from contact limit 1`;
  if (known === undefined) throw new Refusal('no-contacts');
  await act.tx`update ticket set proof_asked_at = ${act.at}, updated_at = ${act.at} where id = ${ticket.id}`;
  await audit(act, {
    type: 'proof-asked',
    handleId: ticket.handleId,
    ticketId: ticket.id,
    byHandleId: handleOf(act.actor) ?? undefined,
  });
  await happened(act, ticket, { type: 'proof-asked' });
}
