import type { ChannelKind } from '../channel/index.ts';
import type { Context } from '../context.ts';
import type { Claimed } from './model.ts';

/** How long a lease holds, in ms: longer than a look-up and an attempt with their 10 s limits. */
export const LEASE_MS = 60_000;

/** The longest remaining work is looked for among this many lanes that wait longest: the index gives them without a sort. */
const CANDIDATES = 200;
/** Lanes that make a new place at most. */
const OPENS = 64;

/**
 * Leases up to `count` due lanes of a channel and takes the head of each. The most urgent first, then the longest remaining work.
 * A head that was left in `sending` (its holder died, or its lease ran out) comes back in doubt: it may have been done.
 * A lane that somebody else held and gave back, or in which something was changed, between our looking and our locking is left alone:
 * we would see its old head.
 *
 * @param room how many at all, and how many of those that make a new place: these are looked for apart, so that thousands that
 *   have to wait for the platform hide nobody
 * @param maxRank only lanes whose most urgent class is at most this (0 is a page)
 */
export async function claim(
  ctx: Context,
  channel: ChannelKind,
  room: { readonly any: number; readonly opens: number },
  maxRank: number,
): Promise<Claimed[]> {
  const now = ctx.now();
  return ctx.database.sql<Claimed[]>`
    with near as (
      select * from due_lanes(${channel}, false, ${maxRank}, ${now}, ${CANDIDATES})
      union all
      select * from due_lanes(${channel}, true, ${maxRank}, ${now}, ${Math.min(OPENS, room.opens)})
    ), due as (
      select lane.place_id from lane join near using (place_id)
      where lane.backlog > 0 and lane.wake_at <= ${now} and (lane.leased_until is null or lane.leased_until <= ${now})
      order by near.rank, near.opens desc, near.backlog desc, near.wake_at
      limit ${room.any} for update of lane skip locked
    ), leased as (
      update lane set leased_until = ${new Date(now.getTime() + LEASE_MS)}, fence = lane.fence + 1
      from due join lane seen on seen.place_id = due.place_id
      where lane.place_id = due.place_id and lane.fence = seen.fence and lane.leased_until is not distinct from seen.leased_until
        and lane.revision = seen.revision
      returning lane.place_id, lane.fence, lane.opens, seen.leased_until as lost
    ), head as (
      select l.fence, l.opens, l.lost, h.id, h.was from leased l cross join lateral (
        select d.id, d.state as was from delivery d
        where d.place_id = l.place_id and d.state in ('pending', 'sending', 'retry') order by d.seq limit 1
      ) h
    )
    update delivery d set state = 'sending', attempts = d.attempts + 1, doubt = d.doubt or head.was = 'sending',
      first_tried_at = case when d.doubt or head.was = 'sending' then coalesce(d.first_tried_at, ${now}) else ${now} end
    from head, place p left join handle h on h.id = p.handle_id
    where d.id = head.id and p.id = d.place_id
    returning d.id, d.place_id as "placeId", d.place_role as role, p.channel, head.fence, head.opens, d.kind, d.rank, d.ticket_id as "ticketId",
      d.message_id as "messageId", d.message_kind as "messageKind", d.content, d.target_id as "targetId", d.dispatch_id as "dispatchId", d.call_id as "callId", d.hold_until as "holdUntil", d.attempts, d.doubt, d.created_at as "createdAt",
      d.first_tried_at as "firstTriedAt", case when head.was = 'sending' then head.lost end as "lostLease", p.address, p.head_ref as "headRef", p.near,
      case when h.id is not null then jsonb_build_object('space', h.space, 'externalId', h.external_id) end as person,
      p.ticket_id is null as shared`;
}
