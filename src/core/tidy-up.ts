import type { Context } from './context.ts';

/** Platforms resend an event for minutes, hours at most: receipts older than this, in days, can go. */
const RECEIPT_DAYS = 30;
/** A half-finished form is kept this long, in days. */
const DRAFT_DAYS = 30;
const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

/** Drops old receipts and drafts, at most once an hour. */
export function tidyUp(ctx: Context): () => Promise<void> {
  let last = ctx.now().getTime();
  return async () => {
    const now = ctx.now().getTime();
    if (now - last < HOUR_MS) return;
    last = now;
    await ctx.database
      .sql`delete from receipt where state = 'done' and received_at < ${new Date(now - RECEIPT_DAYS * DAY_MS)}`;
    await ctx.database.sql`delete from draft where updated_at < ${new Date(now - DRAFT_DAYS * DAY_MS)}`;
  };
}
