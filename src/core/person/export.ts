import type { SqlRunner } from '../../../drizzle/database.ts';
import { type Context, transact } from '../context.ts';
import { audit } from '../identity/index.ts';
import { findPerson, type Person } from './find.ts';

/** Everything about a person, ready to be written as JSON. */
export type PersonExport = Readonly<Record<string, unknown>>;

/** How an export differs from the whole. */
export interface ExportOptions {
  /** Without what staff wrote for staff only. */
  readonly withoutNotes?: boolean;
}

/**
 * Everything that the desk keeps about a person: contact, identities, tickets with their messages, files and deliveries, what is half
 * written, and what happened to their identities. Names of staff are not in it. Undefined when there is no such person.
 */
export function exportPerson(
  ctx: Context,
  who: string,
  { withoutNotes = false }: ExportOptions = {},
): Promise<PersonExport | undefined> {
  return transact(ctx, { type: 'system' }, async act => {
    const person = await findPerson(act.tx, who);
    if (person === undefined) return undefined;
    await audit(act, {
      type: 'exported',
      contactId: person.contactId ?? undefined,
      handleId: person.handleIds[0],
    });
    const ids = [...person.handleIds];
    return {
      person: person.ref,
      exportedAt: act.at,
      contact: await contactOf(act.tx, person),
      identities: await act.tx`
        select h.channel, h.space, h.external_id as id, h.name, h.locale, h.seen_at as "lastSeen", l.linked_at as "linkedSince", l.how
        from handle h left join link l on l.handle_id = h.id where h.id = any(${ids}) order by h.id`,
      tickets: await ticketsOf(act.tx, ids, withoutNotes),
      writtenElsewhere: await act.tx`
        select m.ticket_id as ticket, m.body as text, m.at from message m join ticket t on t.id = m.ticket_id
        where m.handle_id = any(${ids}) and t.handle_id <> all(${ids}) and m.deleted_at is null order by m.id`,
      sentToThem: await deliveriesTo(act.tx, ids),
      halfWritten:
        await act.tx`select values, files, updated_at as at from draft where handle_id = any(${ids})`,
      reactions: await act.tx`select emoji, is_on as "on", at from reaction where handle_id = any(${ids})`,
      ratings: await act.tx`
        select r.ticket_id as ticket, r.asked_at as "askedAt", r.answer, r.comment, r.answered_at as "answeredAt"
        from rating r join ticket t on t.id = r.ticket_id where t.handle_id = any(${ids}) or r.handle_id = any(${ids}) order by r.ticket_id`,
      preferences: await preferencesOf(act.tx, person),
      statusPage: await act.tx`
        select locale, confirmed_at as "subscribedSince" from subscriber where handle_id = any(${ids})`,
      identityLog: await act.tx`
        select type, ticket_id as ticket, code, at from identity_event
        where handle_id = any(${ids}) or contact_id = ${person.contactId} order by id`,
    };
  });
}

async function contactOf(run: SqlRunner, { contactId }: Person): Promise<unknown> {
  const [contact] = await run`
    select c.ref, c.name, c.roles, c.locale, c.zone, a.ref as account, a.name as "accountName",
      (select coalesce(jsonb_agg(address order by address), '[]') from contact_address where contact_id = c.id) as addresses
    from contact c join account a on a.id = c.account_id where c.id = ${contactId}`;
  return contact ?? null;
}

async function preferencesOf(run: SqlRunner, { contactId }: Person): Promise<unknown> {
  return {
    wishes: await run`
      select locale, zone, quiet_from as "quietFrom", quiet_to as "quietTo" from preference where contact_id = ${contactId}`,
    places: await run`
      select r.type, (select coalesce(jsonb_agg(jsonb_build_object('channel', h.channel, 'id', h.external_id) order by place.rank), '[]')
        from unnest(r.handles) with ordinality as place(id, rank) join handle h on h.id = place.id) as places
      from route r where r.contact_id = ${contactId} order by r.type`,
    told: await run`
      select type, content, state, why, created_at as "madeAt", settled_at as "settledAt" from dispatch
      where contact_id = ${contactId} order by id`,
  };
}

async function ticketsOf(run: SqlRunner, ids: number[], withoutNotes: boolean): Promise<unknown> {
  return run`
    select t.id as number, t.subject, t.department, t.priority, t.state, t.facts, t.opened_at as "openedAt", t.closed_at as "closedAt", t.trust,
      (select coalesce(jsonb_agg(jsonb_build_object('kind', case when m.noted then 'note' else m.kind end,
          'mine', m.handle_id = any(${ids}), 'text', m.body, 'at', m.at) order by m.id), '[]')
        from message m where m.ticket_id = t.id and m.deleted_at is null
          and not (${withoutNotes} and (m.noted or m.kind = 'note'))) as messages,
      (select coalesce(jsonb_agg(jsonb_build_object('name', coalesce(f.safe_name, f.name), 'type', f.type, 'size', f.size,
          'state', f.state, 'at', f.created_at) order by f.id), '[]')
        from file f join message m on m.id = f.message_id
        where f.ticket_id = t.id and not (${withoutNotes} and (m.noted or m.kind = 'note'))) as files
    from ticket t where t.handle_id = any(${ids}) order by t.id`;
}

async function deliveriesTo(run: SqlRunner, ids: number[]): Promise<unknown> {
  return run`
    select d.ticket_id as ticket, p.channel, d.kind, d.content, d.state, d.created_at as "madeAt", d.settled_at as "settledAt"
    from place p join delivery d on d.place_id = p.id where p.handle_id = any(${ids}) and p.role <> 'desk' order by d.id`;
}
