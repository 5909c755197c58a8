import type { Act } from '../context.ts';
import { crewsIn, levelOf } from '../escalation/index.ts';
import type { Counts, Load } from './model.ts';
import { HUMAN_TARGETS } from './rules/figures.ts';
import { dayStart, weekOf } from './rules/week.ts';

type Row = Counts & { readonly key: string | null };

/** What each team has before it at this moment, in the order of the levels; without levels each department, in the policy's order. */
export async function readBoard(act: Act): Promise<Load[]> {
  const { levels, departments } = act.policy;
  const crews = crewsIn(act.policy);
  if (levels.length > 0) {
    const rows = await countBy(act, 'level');
    const at = new Map(rows.map(row => [row, levelOf(levels, row.key)?.id ?? '']));
    return crews.map(({ id, name, levels: theirs }) => ({
      team: { id, name },
      ...sumOf(rows.filter(row => theirs.includes(at.get(row) ?? ''))),
    }));
  }
  const rows = await countBy(act, 'department');
  // A department that the policy no longer has may still have tickets.
  const gone = rows.flatMap(({ key }) =>
    key === null || departments.some(({ id }) => id === key) ? [] : [{ id: key, name: {} }],
  );
  return [...departments, ...gone].map(({ id, name }) => ({
    team: { id, name },
    ...sumOf(rows.filter(({ key }) => key === id)),
  }));
}

function sumOf(rows: readonly Row[]): Counts {
  const sum = (of: keyof Counts): number => rows.reduce((all, row) => all + row[of], 0);
  return {
    late: sum('late'),
    free: sum('free'),
    taken: sum('taken'),
    waiting: sum('waiting'),
    critical: sum('critical'),
    missedToday: sum('missedToday'),
    missedThisWeek: sum('missedThisWeek'),
  };
}

/** A miss counts where the ticket was when it happened. */
async function countBy(act: Act, what: 'level' | 'department'): Promise<readonly Row[]> {
  const { tx } = act;
  const { zone } = act.policy.desk;
  const critical = act.policy.priorities.filter(one => one.critical).map(one => one.id);
  const now = what === 'level' ? tx`t.level` : tx`t.department`;
  const then =
    what === 'department'
      ? tx`t.department`
      : tx`(select e.data ->> 'to' from event e where e.ticket_id = t.id and e.type in ('escalated', 'deescalated') and e.at < p.missed_at
          order by e.id desc limit 1)`;
  return tx<Row[]>`
    with load as (
      select ${now} as key,
        count(*) filter (where t.state = 'open' and late)::int as late,
        count(*) filter (where t.state = 'open' and not late and t.assignee_id is null)::int as free,
        count(*) filter (where t.state = 'open' and not late and t.assignee_id is not null)::int as taken,
        count(*) filter (where t.state = 'waiting')::int as waiting,
        count(*) filter (where t.priority = any(${critical}::text[]))::int as critical,
        0 as today, 0 as week
      from ticket t cross join lateral (select exists (
        select from promise p where p.ticket_id = t.id and p.ended_at is null and p.due_at < ${act.at}
          and p.target = any(${[...HUMAN_TARGETS]}::text[])) as late) one
      where t.state in ('open', 'waiting') group by 1
    ), missed as (
      select ${then} as key, 0 as late, 0 as free, 0 as taken, 0 as waiting, 0 as critical,
        count(*) filter (where p.missed_at >= ${dayStart(act.at, zone)})::int as today, count(*)::int as week
      from promise p join ticket t on t.id = p.ticket_id
      where p.missed_at >= ${weekOf(act.at, zone).from} and p.missed_at <= ${act.at} and p.target = any(${[...HUMAN_TARGETS]}::text[])
      group by 1
    )
    select key, late, free, taken, waiting, critical, today as "missedToday", week as "missedThisWeek"
    from (select * from load union all select * from missed) both_of_them`;
}
