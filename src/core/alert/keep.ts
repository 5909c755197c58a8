import { type Act, type Context, transact } from '../context.ts';
import { beginHeld, heldBefore } from './begin-held.ts';
import { lockAlerts } from './read.ts';
import { refreshOutage } from './refresh.ts';
import { showWork } from './work-show.ts';

/** Outages that one round takes. */
const AT_ONCE = 20;
/** Work of suppliers is shown for so long after its end, in ms. */
const WORK_MS = 7 * 86_400_000;
/** One that failed is tried again after this, in ms. */
const AGAIN_MS = 60_000;
/** Without a source in the policy only what an earlier one has left can be due; it is looked for this often, in ms. */
const RARELY_MS = 10_000;
/** In place of a notice's number: the alerts that are held. */
const HELD = 0;

/**
 * Round: does what outages of alerts are due for by the clock (publishing where the policy says so, resolving, closing), begins what was held, and shows at the
 * desk what staff have done with them. One that fails holds up no other.
 */
export function keepAlerts(ctx: Context): () => Promise<void> {
  const resting = new Map<number, number>();
  let next = 0;
  return async () => {
    const now = ctx.now();
    if (now.getTime() < next) return;
    next = ctx.policy.alerts.length > 0 ? 0 : now.getTime() + RARELY_MS;
    for (const [id, until] of resting) if (until <= now.getTime()) resting.delete(id);
    for (const { id } of await due(ctx, now, [...resting.keys()]))
      await transact(ctx, { type: 'system' }, act => keep(act, id)).catch(error => {
        ctx.log.error('an outage of alerts could not be kept, it is tried again', {
          notice: id,
          error: String(error),
        });
        resting.set(id, now.getTime() + AGAIN_MS);
      });
  };
}

/** One statement, because it is asked four times a second. */
function due(ctx: Context, now: Date, resting: readonly number[]): Promise<readonly { id: number }[]> {
  return ctx.database.sql<{ id: number }[]>`
    select id from (
      select a.notice_id as id from alert_outage a join notice n on n.id = a.notice_id
        where a.ended_at is null and (a.next_at <= ${now} or n.edition <> a.shown_edition)
      union select w.notice_id from supplier_work w join notice n on n.id = w.notice_id
        where w.to_at > ${new Date(now.getTime() - WORK_MS)} and n.edition <> w.shown_edition
      union select ${HELD}::bigint where exists (select from alert where held and heard_at <= ${heldBefore(now)})
    ) as due where id <> all(${[...resting]}::bigint[]) order by id limit ${AT_ONCE}`;
}

async function keep(act: Act, id: number): Promise<void> {
  await lockAlerts(act);
  if (id === HELD) return beginHeld(act);
  await refreshOutage(act, id);
  await showWork(act, id);
}
