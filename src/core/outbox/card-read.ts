import type { Context } from '../context.ts';
import { type LadderRow, ladderOn } from './card-ladder.ts';
import { type NoticeOn, noticesOn } from './card-notice.ts';
import type { OwnerRow } from './card-owner.ts';
import { type OpenPromise, promisesOn } from './card-promises.ts';
import { type FailedCopy, failedCopiesOn } from './copies.ts';

/** All that a card shows of a ticket. */
export interface CardRow extends OwnerRow {
  readonly state: string;
  readonly priority: string;
  readonly department: string;
  readonly subject: string;
  readonly openedAt: Date;
  readonly body: string;
  readonly from: string;
  readonly fromId: string;
  readonly channel: string;
  /** Why its customer's place is no more. */
  readonly gone: string | null;
  readonly assignee: string | null;
  readonly trust: string;
  readonly way: string | null;
  readonly proofAskedAt: Date | null;
  readonly provedAt: Date | null;
  readonly notices: readonly NoticeOn[] | null;
  readonly promises: readonly OpenPromise[] | null;
  readonly copies: FailedCopy | null;
  readonly ladder: LadderRow;
  /** The desk knows contacts: it can be said who is none. */
  readonly knowsContacts: boolean;
  readonly hasFolded: boolean;
}

/**
 * One statement, for a card is made at every change of a ticket. What may be missing is looked up beside the ticket and not joined to it:
 * nine tables in a join took 11 ms to plan, six times on each connection (PostgreSQL 18, `pg_stat_statements.track_planning`).
 */
export async function readCard({ database }: Context, ticketId: number): Promise<CardRow> {
  const { sql } = database;
  const [row] = await sql<CardRow[]>`
    select t.state, t.priority, t.department, t.subject, t.facts, t.opened_at as "openedAt", t.trust, t.way,
      t.proof_asked_at as "proofAskedAt", t.proved_at as "provedAt", m.body, h.name as "from", h.external_id as "fromId", h.channel, p.gone,
      (select coalesce(nullif(a.name, ''), a.external_id) from handle a where a.id = t.assignee_id) as assignee,
      (select jsonb_build_object('ref', a.ref, 'name', a.name, 'tier', a.tier, 'state', a.state)
        from account a where a.id = t.account_id) as account,
      (select jsonb_build_object('ref', c.ref, 'name', c.name, 'roles', c.roles) from contact c where c.id = t.contact_id) as contact,
      (select jsonb_build_object('ref', s.ref, 'name', s.name, 'kind', s.kind, 'orderNumber', s.order_number, 'location', s.location,
        'rack', s.rack, 'state', s.state) from service s where s.id = t.service_id) as service,
      ${noticesOn(sql)} as notices, ${promisesOn(sql)} as promises, ${failedCopiesOn(sql)} as copies, ${ladderOn(sql)} as ladder,
      exists (select from contact) as "knowsContacts",
      exists (select from message f where f.ticket_id = t.id and f.folded is not null) as "hasFolded"
    from ticket t join handle h on h.id = t.handle_id join place p on p.id = t.place_id
      join message m on m.ticket_id = t.id and m.kind = 'request'
    where t.id = ${ticketId} order by m.id limit 1`;
  if (row === undefined) throw new Error(`there is no ticket ${ticketId}`);
  return row;
}
