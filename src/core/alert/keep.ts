import { type Context, transact } from '../context.ts';
import { lockAlerts } from './read.ts';
import { refreshOutage } from './refresh.ts';

/** Outages that one round takes. */
const AT_ONCE = 20;
/** One that failed is tried again after this, in ms. */
const AGAIN_MS = 60_000;

/**
 * Round: does what outages of alerts are due for by the clock (publishing where the policy says so, resolving, closing), and shows at the desk what
 * staff have done with them. One that fails holds up no other.
 */
export function keepAlerts(ctx: Context): () => Promise<void> {
  const resting = new Map<number, number>();
  return async () => {
    const now = ctx.now();
    for (const [id, until] of resting) if (until <= now.getTime()) resting.delete(id);
    const due = await ctx.database.sql<{ id: number }[]>`
      select a.notice_id as id from alert_outage a join notice n on n.id = a.notice_id
      where a.ended_at is null and (a.next_at <= ${now} or n.edition <> a.shown_edition) and a.notice_id <> all(${[...resting.keys()]}::bigint[])
      order by a.notice_id limit ${AT_ONCE}`;
    for (const { id } of due)
      await transact(ctx, { type: 'system' }, async act => {
        await lockAlerts(act);
        await refreshOutage(act, id);
      }).catch(error => {
        ctx.log.error('an outage of alerts could not be kept, it is tried again', {
          notice: id,
          error: String(error),
        });
        resting.set(id, now.getTime() + AGAIN_MS);
      });
  };
}
