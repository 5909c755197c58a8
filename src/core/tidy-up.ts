import type { Context } from './context.ts';

/** Platforms resend an event for minutes, hours at most: receipts older than this, in days, can go. */
const RECEIPT_DAYS = 30;
/** A half-finished form is kept this long, in days. */
const DRAFT_DAYS = 30;
/** What fired or was cancelled is dropped so many days after its ticket was closed: a ticket that is opened again sets its timers anew. */
const TIMER_DAYS = 30;
/** Asking whether status messages are wanted is counted over a day; who got which of them is known for so many days. */
const ASK_DAYS = 2;
const MAIL_DAYS = 90;
/** Alerts of which nothing was heard for so many days are dropped, unless they hold an outage open. */
const ALERT_DAYS = 90;
/** Work of suppliers is forgotten so many days after its end. */
const WORK_DAYS = 400;
/** Letters that were set aside are kept so many days. */
const ASIDE_DAYS = 30;
/** An edit or a deletion waits this long for its message, in ms: platforms that send an event again do it within minutes. */
const AWAITED_MS = 3_600_000;
/** A room that nobody has used for so many days is forgotten, with all that stood in it: what became a ticket is in the ticket. */
const ROOM_DAYS = 180;
const DAY_MS = 86_400_000;
/** Rows that one round drops: some ten milliseconds of work. */
const AT_ONCE = 2000;
/** After a round that found little, the next look is this much later, in ms. */
const REST_MS = 600_000;

/** Drops old receipts, drafts, timers and alerts, a little at a time. Receipts that failed stay: they are for the operator to see. */
export function tidyUp(ctx: Context): () => Promise<void> {
  let next = 0;
  return async () => {
    const now = ctx.now().getTime();
    if (now < next) return;
    const receipts = await ctx.database.sql`
      delete from receipt where (channel, event_id) in (
        select channel, event_id from receipt
        where received_at < ${new Date(now - RECEIPT_DAYS * DAY_MS)} and state = 'done' limit ${AT_ONCE})`;
    const drafts = await ctx.database.sql`
      delete from draft where id in (
        select id from draft where updated_at < ${new Date(now - DRAFT_DAYS * DAY_MS)} limit ${AT_ONCE})`;
    const closedBy = new Date(now - TIMER_DAYS * DAY_MS);
    const timers = await ctx.database.sql`
      delete from timer where id in (
        select t.id from timer t join ticket k on k.id = t.ticket_id
        where t.due_at < ${closedBy} and t.state <> 'pending' and k.state = 'closed' and k.closed_at < ${closedBy} limit ${AT_ONCE})`;
    const alerts = await ctx.database.sql`
      delete from alert where id in (
        select a.id from alert a where a.heard_at < ${new Date(now - ALERT_DAYS * DAY_MS)}
          and not exists (select from alert_outage o where o.notice_id = a.notice_id and o.ended_at is null) limit ${AT_ONCE})`;
    await ctx.database.sql`delete from supplier_work where to_at < ${new Date(now - WORK_DAYS * DAY_MS)}`;
    await ctx.database.sql`delete from aside where at < ${new Date(now - ASIDE_DAYS * DAY_MS)}`;
    await ctx.database.sql`delete from awaited where at < ${new Date(now - AWAITED_MS)}`;
    await ctx.database.sql`delete from reaction where not is_on and at < ${new Date(now - DAY_MS)}`;
    await ctx.database.sql`delete from subscriber_ask where made_at < ${new Date(now - ASK_DAYS * DAY_MS)}`;
    const rooms = await ctx.database.sql`
      delete from room where id in (
        select id from room where used_at < ${new Date(now - ROOM_DAYS * DAY_MS)} limit ${AT_ONCE})`;
    const forgotten = new Date(now - MAIL_DAYS * DAY_MS);
    await ctx.database.sql`delete from status_mail where planned_at < ${forgotten}`;
    await ctx.database.sql`
      delete from status_word w where planned_at < ${forgotten} and not exists (
        select from status_mail m where m.notice_id = w.notice_id and m.word = w.word)`;
    if ([receipts, drafts, timers, alerts, rooms].every(({ count }) => count < AT_ONCE)) next = now + REST_MS;
  };
}
