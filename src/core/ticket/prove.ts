import type { Handle } from '../actor.ts';
import type { Act } from '../context.ts';
import { audit, provenTickets, type Redeemed } from '../identity/index.ts';
import { oneLine } from '../text/index.ts';
import { actorName } from './announce.ts';
import type { EventOf } from './events.ts';
import { lockTicket } from './fetch.ts';
import type { TicketRow } from './model.ts';
import { proofRequest } from './proof-words.ts';
import { happened } from './record.ts';
import { tellCustomer, tellDesk } from './say.ts';

/**
 * Somebody has proved who they are: their unfinished tickets that were nobody's are their account's, and those for which the proof was
 * given are verified. Returns the numbers of the latter.
 */
export async function proveTickets(act: Act, handle: Handle, proof: Redeemed): Promise<number[]> {
  const mine = await act.tx<Pick<TicketRow, 'id' | 'trust' | 'proofAskedAt'>[]>`
    select id, trust, proof_asked_at as "proofAskedAt" from ticket
    where handle_id = ${handle.id} and state <> 'closed' and (account_id is null or account_id = ${proof.accountId})
    order by id for no key update`;
  const verified =
    proof.how === 'client-area' ? provenTickets({ madeAt: proof.madeAt, named: proof.ticketId }, mine) : [];
  for (const { id, trust } of mine) {
    const fresh = verified.includes(id);
    if (!fresh && trust !== 'unknown') continue;
    await act.tx`
      update ticket set contact_id = ${proof.contactId}, account_id = ${proof.accountId}, trust = ${fresh ? 'fresh' : 'linked'},
        proved_at = case when ${fresh} then ${act.at}::timestamptz else proved_at end,
        proof_asked_at = case when ${fresh} then null else proof_asked_at end, updated_at = ${act.at}
      where id = ${id}`;
    if (fresh)
      await audit(act, {
        type: 'proof-given',
        handleId: handle.id,
        contactId: proof.contactId,
        ticketId: id,
      });
    const { contact, account, tier } = proof;
    await happened(act, await lockTicket(act, id), {
      type: 'proved',
      trust: fresh ? 'fresh' : 'linked',
      contact,
      account,
      tier,
    });
  }
  return verified;
}

/** Staff see who asked for proof. */
export async function tellDeskOfAsking(act: Act, ticket: TicketRow): Promise<void> {
  const args = { by: actorName(act) };
  await tellDesk(act, ticket.id, { say: 'desk-proof-asked', args, locale: act.policy.staff.language });
}

/** The customer is told why and how to prove who they are. */
export async function tellCustomerToProve(act: Act, ticket: TicketRow): Promise<void> {
  await tellCustomer(act, ticket, proofRequest(act, 'prove-asked', ticket.locale, ticket.id));
}

/** Staff see live that it was proved, and who it is. */
export async function tellDeskOfProof(act: Act, ticket: TicketRow, event: EventOf<'proved'>): Promise<void> {
  const args = { contact: oneLine(event.contact, 80), account: oneLine(event.account, 80) };
  const say = event.trust === 'fresh' ? 'desk-proved' : 'desk-linked';
  await tellDesk(act, ticket.id, { say, args, locale: act.policy.staff.language });
}

/** The customer sees in the ticket that its proof has come. */
export async function tellCustomerOfProof(
  act: Act,
  ticket: TicketRow,
  { trust }: EventOf<'proved'>,
): Promise<void> {
  if (trust !== 'fresh') return;
  await tellCustomer(act, ticket, {
    say: 'ticket-proved',
    args: { number: ticket.id },
    locale: ticket.locale,
  });
}
