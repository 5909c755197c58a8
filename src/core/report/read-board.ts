import type { Act } from '../context.ts';
import type { Load } from './model.ts';
import { HUMAN_TARGETS } from './rules/figures.ts';
import { dayStart, weekOf } from './rules/week.ts';

/** What each department has before it at this moment, in the policy's order. */
export async function readBoard(act: Act): Promise<Load[]> {
  const { zone } = act.policy.desk;
  const critical = act.policy.priorities.filter(one => one.critical).map(one => one.id);
  const rows = await act.tx<Load[]>`
    with load as (
      select t.department,
        count(*) filter (where t.state = 'open' and late)::int as late,
        count(*) filter (where t.state = 'open' and not late and t.assignee_id is null)::int as free,
        count(*) filter (where t.state = 'open' and not late and t.assignee_id is not null)::int as taken,
        count(*) filter (where t.state = 'waiting')::int as waiting,
        count(*) filter (where t.priority = any(${critical}::text[]))::int as critical
      from ticket t cross join lateral (select exists (
        select from promise p where p.ticket_id = t.id and p.ended_at is null and p.due_at < ${act.at}
          and p.target = any(${[...HUMAN_TARGETS]}::text[])) as late) one
      where t.state in ('open', 'waiting') group by t.department
    ), missed as (
      select t.department, count(*) filter (where p.missed_at >= ${dayStart(act.at, zone)})::int as today, count(*)::int as week
      from promise p join ticket t on t.id = p.ticket_id
      where p.missed_at >= ${weekOf(act.at, zone).from} and p.missed_at <= ${act.at} and p.target = any(${[...HUMAN_TARGETS]}::text[])
      group by t.department
    )
    select department, coalesce(late, 0) as late, coalesce(free, 0) as free, coalesce(taken, 0) as taken, coalesce(waiting, 0) as waiting,
      coalesce(critical, 0) as critical, coalesce(today, 0) as "missedToday", coalesce(week, 0) as "missedThisWeek"
    from load full join missed using (department)`;
  const found = new Map(rows.map(row => [row.department, row]));
  const known = act.policy.departments.map(({ id }) => found.get(id) ?? { ...EMPTY, department: id });
  // A department that the policy no longer has may still have tickets.
  const others = rows.filter(row => !act.policy.departments.some(({ id }) => id === row.department));
  return [...known, ...others];
}

const EMPTY = { late: 0, free: 0, taken: 0, waiting: 0, critical: 0, missedToday: 0, missedThisWeek: 0 };
