import type { Context } from '../context.ts';

/** A proof stays so long after its end, in ms, so that a late try is known as one; limits look back an hour. */
const KEPT_MS = 24 * 3_600_000;
const AT_ONCE = 1000;
/** The next look, in ms. */
const REST_MS = 60_000;

/** Round: drops proofs whose time is long over; the audit log says which were never used. */
export function expireProofs(ctx: Context): () => Promise<void> {
  let next = 0;
  return async () => {
    const now = ctx.now();
    if (now.getTime() < next) return;
    const rows = await ctx.database.sql`
      with gone as (
        delete from proof where id in (
          select id from proof where expires_at < ${new Date(now.getTime() - KEPT_MS)} order by expires_at limit ${AT_ONCE})
        returning id, contact_id, handle_id, ticket_id, expires_at, used_at
      )
      insert into identity_event (type, handle_id, contact_id, ticket_id, proof_id, at)
      select 'expired', handle_id, contact_id, ticket_id, id, expires_at from gone where used_at is null`;
    if (rows.count < AT_ONCE) next = now.getTime() + REST_MS;
  };
}
