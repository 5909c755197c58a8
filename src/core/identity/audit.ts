import type { Act } from '../context.ts';

/** A fact about identities: ids and words of the desk's own, nothing that says who somebody is. */
export interface IdentityFact {
  readonly type:
    | 'token-made'
    | 'code-asked'
    | 'expired'
    | 'unlinked'
    | 'revoked'
    | 'proof-asked'
    | 'proof-given'
    | 'exported'
    | 'erased'
    | 'link-asked'
    | 'signed-in'
    | 'signed-out';
  readonly handleId?: number;
  readonly contactId?: number;
  readonly ticketId?: number;
  readonly proofId?: number;
  readonly byHandleId?: number;
  readonly byKeyId?: number;
  readonly code?: string;
}

/** Writes a fact into the log that can only be appended to. */
export async function audit(act: Pick<Act, 'tx' | 'at'>, fact: IdentityFact): Promise<void> {
  await act.tx`
    insert into identity_event (type, handle_id, contact_id, ticket_id, proof_id, by_handle_id, by_key_id, code, at)
    values (${fact.type}, ${fact.handleId ?? null}, ${fact.contactId ?? null}, ${fact.ticketId ?? null}, ${fact.proofId ?? null},
      ${fact.byHandleId ?? null}, ${fact.byKeyId ?? null}, ${fact.code ?? null}, ${act.at})`;
}
