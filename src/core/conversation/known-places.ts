import type { ChannelKind, KnownPlace } from '../channel/index.ts';
import type { Context } from '../context.ts';

/** As many places are looked through, at most: at some 40 requests a second that is half a minute. */
const AT_MOST = 1000;
/**
 * What was heard in the last hour is not proof that nothing before it was missed: after a gap, new messages come in before the old
 * ones are fetched. In ms.
 */
const OVERLAP_MS = 3_600_000;

/**
 * Whoever writes in a ticket that was closed opens it again, or has to be told that it is closed, and mostly does so soon: one that was closed longer ago than
 * this, in ms, is not looked through.
 */
const CLOSED_MS = 86_400_000;

/** Messages of a place of which it is looked what became of them, at most. */
const KNOWN = 100;

/** A place that is to be looked through, by its id. */
export type FoundPlace = KnownPlace & { readonly placeId: number };

/**
 * The places of a channel in which people talk about tickets that are not closed, or were closed within a day, with the message from which on each is
 * to be looked through: the most urgent tickets first, then those that moved last, and the closed ones at the end. A person's own chat counts with the
 * ticket they talk about.
 *
 * @param only of this place alone, by its id
 */
export async function knownPlaces(
  ctx: Context,
  channel: ChannelKind,
  only?: number,
): Promise<readonly FoundPlace[]> {
  const { sql } = ctx.database;
  const critical = ctx.policy.priorities.filter(({ critical }) => critical).map(({ id }) => id);
  const sure = new Date(ctx.now().getTime() - OVERLAP_MS);
  const lately = new Date(ctx.now().getTime() - CLOSED_MS);
  // Only the newest: who reacts or takes something back after an outage does so with what was said last.
  const known = sql`
    select coalesce(jsonb_agg(jsonb_build_object('ref', one.ref, 'said', one.said, 'reactions', coalesce((
      select jsonb_agg(jsonb_build_object('emoji', r.emoji, 'externalId', h.external_id))
      from reaction r join handle h on h.id = r.handle_id where r.place_id = p.id and r.ref = one.ref and r.is_on), '[]'))), '[]')
    from (
      (select m.ref, true as said, m.at from message m
        where m.place_id = p.id and m.ref is not null and m.deleted_at is null
          and m.at > coalesce(heard.at, least(t.opened_at, ${sure})))
      union all
      (select d.ref, false, d.settled_at from delivery d
        where d.place_id = p.id and d.ref is not null and d.kind = 'post' and d.state = 'sent'
          and d.settled_at > coalesce(heard.at, least(t.opened_at, ${sure})))
      order by at desc limit ${KNOWN}
    ) one`;
  const rows = await sql<(Omit<FoundPlace, 'lastRef'> & { lastRef: string | null })[]>`
    select p.id as "placeId", p.address, p.role, heard.ref as "lastRef", coalesce(heard.at, least(t.opened_at, ${sure})) as since,
      (${known}) as known
    from place p
    join lateral (
      select t.id, t.priority, t.updated_at, t.opened_at, t.state = 'closed' as closed from ticket t
      where (t.state <> 'closed' or t.closed_at > ${lately}) and (t.id = p.ticket_id or t.id = p.current_ticket_id or t.place_id = p.id)
      order by closed, t.priority = any(${critical}) desc, t.updated_at desc limit 1
    ) t on true
    left join lateral (
      select ref, at from (
        (select m.ref, m.at from message m where m.place_id = p.id and m.ref is not null and m.at < ${sure} order by m.at desc limit 1)
        union all
        (select d.ref, d.settled_at from delivery d
          where d.place_id = p.id and d.ref is not null and d.kind in ('thread', 'post', 'desk-post') and d.settled_at < ${sure}
          order by d.settled_at desc limit 1)
      ) known order by at desc limit 1
    ) heard on true
    where p.channel = ${channel} and p.address is not null and p.gone is null
      ${only === undefined ? sql`` : sql`and p.id = ${only}`}
    order by t.closed, t.priority = any(${critical}) desc, t.updated_at desc, p.id limit ${AT_MOST}`;
  return rows.map(row => ({ ...row, lastRef: row.lastRef ?? undefined }));
}
