import type { Context } from '../context.ts';

/** Longest time, in ms, between a platform making a place and our knowing of it: an attempt with its look-ups and retries. */
const EARLY_MS = 600_000;
/** An event about a message that is being sent is looked at again after this long, in ms. */
export const SOON_MS = 250;

/** What was said before its place was known gets its place, ahead of what was said there since. Of all places, or of one. Returns how much. */
export async function placeEarly(ctx: Context, placeId?: number): Promise<number> {
  const { sql } = ctx.database;
  const placed = await sql`
    update receipt r set place_id = p.id from place p
    where r.state = 'stored' and r.place_id is null and p.channel = r.channel and p.address = r.payload ->> 'place'
      ${placeId === undefined ? sql`` : sql`and p.id = ${placeId}`}`;
  return placed.count;
}

/** Whether something is stored that was said in the place (`p`) before it was known to be one of ours. */
export function isUnplaced({ database: { sql } }: Context) {
  return sql`exists (
    select from receipt e where e.state = 'stored' and e.place_id is null and e.channel = p.channel and e.payload ->> 'place' = p.address)`;
}

/**
 * What was said early and belongs to none of our places is let go after ten minutes. It leaves no receipt: if its place is found later
 * still, it is fetched again.
 */
export async function dropEarly(ctx: Context): Promise<void> {
  await ctx.database.sql`
    delete from receipt
    where state = 'stored' and place_id is null and received_at < ${new Date(ctx.now().getTime() - EARLY_MS)}`;
}

/**
 * Whether a stored event (`r`) answers a message, or reacts on one, that may be ours and still on its way: people see it before the
 * platform has told us its id. It waits until that is known, at most until the lease of the attempt ends.
 */
export function isEarly(ctx: Context) {
  const { sql } = ctx.database;
  const meant = sql`coalesce(r.payload ->> 'replyTo', case when r.payload ->> 'type' = 'reacted' then r.payload ->> 'ref' end)`;
  return sql`(
    ${meant} is not null
    and exists (select from delivery d join lane l on l.place_id = d.place_id
      where d.place_id = r.place_id and d.state = 'sending' and l.leased_until > ${ctx.now()})
    and not exists (select from delivery d where d.place_id = r.place_id and d.ref = ${meant})
    and not exists (select from message m where m.place_id = r.place_id and m.ref = ${meant}))`;
}
