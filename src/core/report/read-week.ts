import type { Act } from '../context.ts';
import type { PromiseFact, Quarter, Ratings, Week, WeekFacts } from './model.ts';

/** Reads what the report of a week is made from. */
export async function readWeek(act: Act, week: Week): Promise<WeekFacts> {
  const { from, to } = week;
  const promises = await act.tx<PromiseFact[]>`
    select p.ticket_id as "ticketId", t.department, p.target, p.started_at as "startedAt", p.ended_at as "endedAt",
      p.missed_at as "missedAt", p.state, p.paused
    from promise p join ticket t on t.id = p.ticket_id
    where p.target <> 'acknowledgement' and p.started_at < ${to} and (p.ended_at is null or p.ended_at >= ${from})`;
  const quarters = await act.tx<Quarter[]>`
    select (floor(extract(epoch from at) / 900) * 900)::float8 as second, count(*)::int as count from message
    where kind = 'request' and at >= ${from} and at < ${to} group by 1`;
  const critical = act.policy.priorities.filter(one => one.critical).map(one => one.id);
  const [counts] = await act.tx<{ opened: number; critical: number; closed: number }[]>`
    select count(*) filter (where opened_at >= ${from} and opened_at < ${to})::int as opened,
      count(*) filter (where opened_at >= ${from} and opened_at < ${to} and priority = any(${critical}::text[]))::int as critical,
      count(*) filter (where closed_at >= ${from} and closed_at < ${to})::int as closed
    from ticket where opened_at < ${to} and (opened_at >= ${from} or closed_at >= ${from})`;
  return {
    week,
    zone: act.policy.desk.zone,
    now: act.at,
    promises,
    quarters,
    ratings: await readRatings(act, week),
    ...(counts ?? { opened: 0, critical: 0, closed: 0 }),
  };
}

/** Comments that a report names. */
const NAMED = 5;

async function readRatings({ tx }: Act, { from, to }: Week): Promise<Ratings> {
  const [counts] = await tx<Omit<Ratings, 'words'>[]>`
    select count(*) filter (where asked_at >= ${from} and asked_at < ${to})::int as asked,
      count(*) filter (where answer = 'good' and answered_at >= ${from} and answered_at < ${to})::int as good,
      count(*) filter (where answer = 'fair' and answered_at >= ${from} and answered_at < ${to})::int as fair,
      count(*) filter (where answer = 'bad' and answered_at >= ${from} and answered_at < ${to})::int as bad
    from rating where (asked_at >= ${from} and asked_at < ${to}) or (answered_at >= ${from} and answered_at < ${to})`;
  const words = await tx<Ratings['words'][number][]>`
    select ticket_id as "ticketId", answer, comment from rating
    where answered_at >= ${from} and answered_at < ${to} and comment is not null
    order by array_position(array['bad', 'fair', 'good'], answer), answered_at desc limit ${NAMED}`;
  return { ...(counts ?? { asked: 0, good: 0, fair: 0, bad: 0 }), words };
}
