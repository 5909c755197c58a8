import { type Context, transact } from '../context.ts';
import { lockAlerts } from './read.ts';
import { refreshOutage } from './refresh.ts';
import { showWork } from './work-show.ts';

/** Outages that one round takes. */
const AT_ONCE = 20;
/** Work of suppliers is shown for so long after its end, in ms. */
const WORK_MS = 7 * 86_400_000;
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
    const works = await ctx.database.sql<{ id: number }[]>`
      select distinct w.notice_id as id from supplier_work w join notice n on n.id = w.notice_id
      where w.to_at > ${new Date(now.getTime() - WORK_MS)} and n.edition <> w.shown_edition and w.notice_id <> all(${[...resting.keys()]}::bigint[]) limit ${AT_ONCE}`;
    for (const { id } of [...due, ...works])
      await transact(ctx, { type: 'system' }, async act => {
        await lockAlerts(act);
        await refreshOutage(act, id);
        await showWork(act, id);
      }).catch(error => {
        ctx.log.error('an outage of alerts could not be kept, it is tried again', {
          notice: id,
          error: String(error),
        });
        resting.set(id, now.getTime() + AGAIN_MS);
      });
  };
}
