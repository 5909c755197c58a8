import type { SqlRunner } from '../../../drizzle/database.ts';
import type { Measured } from './model.ts';

/** Days that are looked back. */
export const MEASURED_DAYS = 30;

/** How long the first replies of tickets took that were opened since, by the way on which they came; without the time in which the clock stood. */
export async function measureReplies(
  run: SqlRunner,
  from: Date,
  to: Date,
): Promise<ReadonlyMap<string, Measured>> {
  const rows = await run<(Measured & { readonly way: string })[]>`
    select way, count(*)::int as count, percentile_disc(0.5) within group (order by took)::float8 as half,
      percentile_disc(0.9) within group (order by took)::float8 as most
    from (
      select coalesce(e.data ->> 'way', 'ticket') as way, greatest(0, extract(epoch from p.ended_at - p.started_at) - coalesce((
        select sum(least(coalesce((stood ->> 1)::float8, extract(epoch from p.ended_at)), extract(epoch from p.ended_at)) - (stood ->> 0)::float8)
        from jsonb_array_elements(p.paused) as stood), 0)) * 1000 as took
      from promise p join event e on e.ticket_id = p.ticket_id and e.type = 'opened'
      where p.target = 'first-reply' and p.started_at >= ${from} and p.started_at < ${to} and p.ended_at <= ${to} and p.state <> 'void'
    ) answered group by way`;
  return new Map(rows.map(({ way, ...measured }) => [way, measured]));
}
