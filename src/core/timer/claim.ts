import type { Context } from '../context.ts';
import type { LeasedTimer } from './model.ts';

/** How long a lease holds, in ms: what a killed desk held is late by no more than this. A batch takes some 100 ms (`npm run bench -- timers`). */
export const LEASE_MS = 3_000;

/** Leases up to `count` timers that are due by the database's time, the longest due first. Two desks never get the same one. */
export function claimTimers(ctx: Context, count: number): Promise<LeasedTimer[]> {
  const now = ctx.now();
  return ctx.database.sql<LeasedTimer[]>`
    with due as (
      select id from timer where state = 'pending' and run_at <= ${now} and (leased_until is null or leased_until <= ${now})
      order by run_at limit ${count} for update skip locked
    )
    update timer t set leased_until = ${new Date(now.getTime() + LEASE_MS)}, fence = t.fence + 1 from due where t.id = due.id
    returning t.id, t.ticket_id as "ticketId", t.target, t.cycle, t.step, t.due_at as "dueAt", t.generation, t.fence, t.attempts`;
}
