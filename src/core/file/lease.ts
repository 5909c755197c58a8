import type { Context } from '../context.ts';
import type { LeasedFile } from './model.ts';

/** How long a lease holds, in ms: longer than the whole of one try. */
export const FILE_LEASE_MS = 300_000;

/**
 * Leases files that are due, the oldest first, of each channel at most the given number: one that hangs takes no slot of another. What a
 * dead holder left comes back when its lease has run out. Files of a channel that is off wait.
 */
export async function leaseFiles(
  ctx: Context,
  free: Readonly<Record<string, number>>,
): Promise<LeasedFile[]> {
  const now = ctx.now();
  return ctx.database.sql<LeasedFile[]>`
    with near as (
      select id, channel, row_number() over (partition by channel order by run_at, id) as nth from file
      where state in ('waiting', 'held') and run_at <= ${now} and (leased_until is null or leased_until <= ${now})
    ), due as (
      select f.id from file f join near using (id)
      where near.nth <= (${JSON.stringify(free)}::jsonb ->> near.channel)::int
        and f.state in ('waiting', 'held') and f.run_at <= ${now} and (f.leased_until is null or f.leased_until <= ${now})
      order by f.run_at, f.id for update of f skip locked
    )
    update file f set leased_until = ${new Date(now.getTime() + FILE_LEASE_MS)}, fence = f.fence + 1, attempts = f.attempts + 1
    from due where f.id = due.id
    returning f.id, f.ticket_id as "ticketId", f.channel, f.source, f.name, f.state, f.size, f.sha256, f.type,
      f.safe_name as "safeName", f.storage_key as "storageKey", f.attempts, f.fence`;
}

/** Writes down where the bytes will be, before they are put there: nothing in the store is ever without a row. False for a lost lease. */
export async function nameKey(ctx: Context, file: LeasedFile, key: string): Promise<boolean> {
  const rows = await ctx.database.sql`
    update file set storage_key = ${key} where id = ${file.id} and fence = ${file.fence} and state in ('waiting', 'held')`;
  return rows.count === 1;
}
