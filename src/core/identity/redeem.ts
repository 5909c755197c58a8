import type { Handle } from '../actor.ts';
import type { Act } from '../context.ts';
import { hashOf, mailHashOf } from './hash.ts';
import { FAILURES, since } from './rules/limits.ts';
import type { Offered } from './rules/offered.ts';

/** What a proof that worked has shown. */
export interface Redeemed {
  readonly how: 'client-area' | 'mail';
  readonly contactId: number;
  readonly accountId: number;
  /** Untrusted text. */
  readonly contact: string;
  readonly account: string;
  /** How the provider serves the account. */
  readonly tier: string | null;
  readonly madeAt: Date;
  /** The request it was made for, or entered for. */
  readonly ticketId: number | undefined;
  /** The handle was not linked before. */
  readonly first: boolean;
}

/**
 * Takes a code or the token of a link. It works once, in time, on its channel, for whom and for what it was made; then the handle is
 * that contact. Undefined for every other one, whatever is wrong with it: what is done is the same one statement. A handle that is linked
 * to another contact must be unlinked before.
 *
 * @param entered the ticket for which it was given; it must be the handle's own. Given `strictly`, a proof that was made for another is
 *   refused; else that other one counts
 */
export async function redeem(
  act: Act,
  handle: Handle,
  offered: Offered,
  entered?: number,
  strictly = true,
): Promise<Redeemed | undefined> {
  const code = offered.kind === 'code' ? offered.code : '-';
  const [strong, mailed] = [hashOf(code), mailHashOf(handle.id, code)];
  const [row] = await act.tx<(Redeemed & { ticketId: number | null })[]>`
    with counted as (
      select (select count(*) from identity_event where handle_id = ${handle.id} and type = 'failed'
          and at > ${since(act.at, FAILURES.handle)}) >= ${FAILURES.handle.times}
        or (select count(*) from identity_event where type = 'failed'
          and at > ${since(act.at, FAILURES.all)}) >= ${FAILURES.all.times} as limited
    ), seen as (
      select * from proof where sha256 in (${strong}, ${mailed}) limit 1
    ), used as (
      update proof p set used_at = ${act.at} from contact c, counted
      where p.sha256 in (${strong}, ${mailed}) and c.id = p.contact_id and not counted.limited
        and p.used_at is null and p.expires_at > ${act.at}
        and p.channel = ${handle.channel} and (p.handle_id is null or p.handle_id = ${handle.id})
        and not exists (select from link l where l.handle_id = ${handle.id} and l.contact_id <> p.contact_id)
        and (not ${strictly} or p.ticket_id is null or ${entered ?? null}::bigint is null or p.ticket_id = ${entered ?? null}::bigint)
        and (coalesce(p.ticket_id, ${entered ?? null}::bigint) is null or exists (
          select from ticket t where t.id = coalesce(p.ticket_id, ${entered ?? null}::bigint) and t.handle_id = ${handle.id}
            and (t.account_id is null or t.account_id = c.account_id)))
      returning p.id, p.how, p.contact_id, p.made_at, coalesce(p.ticket_id, ${entered ?? null}::bigint) as ticket_id, c.account_id, c.name
    ), linked as (
      insert into link (handle_id, contact_id, how, linked_at, proved_at)
      select ${handle.id}, contact_id, how, ${act.at}, case when how = 'client-area' then ${act.at}::timestamptz end from used
      on conflict (handle_id) do update set
        how = case when excluded.how = 'client-area' then excluded.how else link.how end,
        proved_at = coalesce(excluded.proved_at, link.proved_at)
      returning xmax = 0 as first
    ), told as (
      insert into identity_event (type, handle_id, contact_id, ticket_id, proof_id, code, at)
      select 'used', ${handle.id}::bigint, contact_id, ticket_id, id, null, ${act.at}::timestamptz from used
      union all select 'linked', ${handle.id}, contact_id, null, id, how, ${act.at} from used, linked where first
      union all select 'failed', ${handle.id}, null, ${entered ?? null}, seen.id, case
          when counted.limited then 'limited' when seen.id is null then 'unknown' when seen.used_at is not null then 'used'
          when seen.expires_at <= ${act.at} then 'expired' when seen.channel <> ${handle.channel} then 'platform' else 'foreign' end, ${act.at}
        from counted left join seen on true where not exists (select from used)
    )
    select how, contact_id as "contactId", used.account_id as "accountId", used.name as contact, a.name as account, a.tier,
      made_at as "madeAt", ticket_id as "ticketId", first
    from used join linked on true join account a on a.id = used.account_id`;
  return row && { ...row, ticketId: row.ticketId ?? undefined };
}
