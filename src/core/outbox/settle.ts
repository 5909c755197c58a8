import type { SqlRunner } from '../../../drizzle/database.ts';
import { type Act, type Context, repeatable, transact } from '../context.ts';
import type { Claimed, Made, Outcome } from './model.ts';
import { lockForMove, type Move, moveOf, moveTicket } from './move-place.ts';
import type { Verdict } from './rules/decide.ts';
import { tell, tells } from './tell.ts';

/**
 * Writes down what became of an attempt and gives the lane back. Only the holder of the newest lease can: with an older fence
 * nothing is changed and the answer is false.
 *
 * @param pauseMs the place may not get its next message before that, in ms from now
 */
export async function settle(
  ctx: Context,
  claimed: Claimed,
  verdict: Verdict,
  outcome: Outcome,
  pauseMs: number,
): Promise<boolean> {
  const made = madeBy(claimed, outcome);
  const touchesPlace = made.address !== undefined || verdict.lost === true || verdict.gone !== null;
  const ending: Ending = { claimed, verdict, made, pauseMs, touchesPlace };
  const move = await moveOf(ctx, claimed, verdict, made);
  if (move !== undefined) return settleAndMove(ctx, ending, move);
  if (!tells(claimed, verdict)) {
    // One statement is one transaction, at a third of the work.
    const held = await repeatable(() => mark(ctx.database.sql, ctx.now(), ending));
    ctx.wake(claimed.channel);
    return held;
  }
  return transact(ctx, { type: 'system' }, async act => {
    if (touchesPlace) await lockPlace(act, claimed.placeId);
    await lockLanes(act, claimed);
    const held = await mark(act.tx, act.at, ending);
    act.touched.add(claimed.channel);
    if (held) await tell(act, claimed, verdict);
    return held;
  });
}

/** A place that is gone costs nothing when the ticket goes on elsewhere; one that is in use already is not made twice. */
async function settleAndMove(ctx: Context, ending: Ending, move: Move): Promise<boolean> {
  const { claimed, verdict, made } = ending;
  return transact(ctx, { type: 'system' }, async act => {
    const moves = await lockForMove(act, claimed, move);
    const state = moves && move.to === 'new' ? 'cancelled' : verdict.state;
    const held = await mark(act.tx, act.at, {
      ...ending,
      verdict: { ...verdict, state },
      made: { ref: made.ref },
    });
    act.touched.add(claimed.channel);
    if (held && moves) await moveTicket(act, claimed, move);
    else if (held) await tell(act, claimed, verdict);
    return held;
  });
}

/** How an attempt ended, and what of it is to be written down. */
interface Ending {
  readonly claimed: Claimed;
  readonly verdict: Verdict;
  readonly made: Made;
  readonly pauseMs: number;
  /** The place's row changes too, or may. */
  readonly touchesPlace: boolean;
}

function madeBy(claimed: Claimed, outcome: Outcome): Made {
  if (outcome.outcome !== 'delivered' && outcome.outcome !== 'placed' && outcome.outcome !== 'unknown')
    return {};
  const known = claimed.kind !== 'desk-post' && outcome.address === claimed.address;
  return known ? { ref: outcome.ref } : outcome;
}

/** Places are locked before lanes, here as everywhere. */
async function lockPlace(act: Act, placeId: number): Promise<void> {
  await act.tx`select from place where id = ${placeId} for no key update`;
}

/** Staff will be told in lanes of their own: all are locked in the shared order, before the one that is held. */
async function lockLanes(act: Act, { placeId, ticketId }: Claimed): Promise<void> {
  await act.tx`
    select from lane where place_id in (select ${placeId}::bigint union all select id from place where ticket_id = ${ticketId})
    order by place_id for update`;
}

/** The place is locked ahead of its lane, here too: the lane's lock waits for what `own` gives. */
async function mark(run: SqlRunner, at: Date, ending: Ending): Promise<boolean> {
  const { claimed, verdict, made, pauseMs, touchesPlace } = ending;
  const final = verdict.state !== 'retry';
  const lost = verdict.lost === true;
  const rest = run`d.place_id = lane.place_id and d.id <> ${final ? claimed.id : 0} and d.state in ('pending', 'sending', 'retry')`;
  const wakeAt = new Date(at.getTime() + (final ? pauseMs : Math.max(verdict.afterMs, pauseMs)));
  const rows = await run<{ id: number }[]>`
    with own as (
      select id from place where id = ${claimed.placeId} and ${touchesPlace} for no key update
    ), held as (
      select place_id from lane where place_id = ${claimed.placeId} and fence = ${claimed.fence} and leased_until is not null
        and (select count(*) from own) >= 0 for update
    ), done as (
      update delivery set state = ${verdict.state}, doubt = ${verdict.doubt}, error = ${verdict.why},
        ref = coalesce(${made.ref ?? null}, ref), settled_at = ${final ? at : null},
        content = case when ${final} and content ? 'secret' then content || case when content ? 'text' then '{"text": ""}' else '{"args": {}}' end::jsonb
          else content end
      from held where delivery.id = ${claimed.id} and delivery.state = 'sending'
      returning delivery.id, delivery.place_id
    ), given as (
      update lane set leased_until = null, backlog = lane.backlog - ${final ? 1 : 0},
        opens = ${lost} or (lane.opens and ${made.address === undefined && (!final || claimed.role === 'desk')}),
        wake_at = greatest(${wakeAt}::timestamptz, (select d.hold_until from delivery d where ${rest} order by d.seq limit 1)),
        rank = coalesce((select min(d.rank) from delivery d where ${rest}), lane.rank)
      from done where lane.place_id = done.place_id
    ), placed as (
      update place set address = case when ${lost} then null else coalesce(${made.address ?? null}, place.address) end,
        head_ref = case when ${made.address ?? null}::text is null then place.head_ref else ${made.ref ?? null} end,
        gone = coalesce(${verdict.gone}, place.gone)
      from done where place.id = done.place_id
        and (${made.address ?? null}::text is not null or ${verdict.gone}::text is not null or ${lost})
    )
    select id from done`;
  return rows.length === 1;
}
