import { type Act, type Context, transact } from '../context.ts';
import { postSheet } from '../outbox/index.ts';
import { numbersOn } from './links.ts';
import type { Week } from './model.ts';
import { readWeek } from './read-week.ts';
import { reportDue } from './rules/due.ts';
import { figuresOf } from './rules/figures.ts';
import { tellWeek } from './tell-week.ts';

/** A report that could not be made is tried again after this, in ms. */
const AGAIN_MS = 60_000;

/**
 * Round: on Monday, at the time of the policy, posts the report of the week that ended to every desk. Once a week, whatever crashes and
 * however many desks run: the row of the week and all that is sent are one transaction.
 */
export function postWeeks(ctx: Context): () => Promise<void> {
  const { weekly } = ctx.policy.reports;
  let next = 0;
  return async () => {
    const now = ctx.now();
    if (weekly === undefined || now.getTime() < next) return;
    next = now.getTime() + AGAIN_MS;
    const { week, nextAt } = reportDue(now, ctx.policy.desk.zone, weekly);
    if (week !== undefined) await transact(ctx, { type: 'system' }, act => postWeek(act, week));
    next = nextAt.getTime();
  };
}

/** Whoever comes second waits here for the first, and finds the row. A desk that is newer than the week has nothing to tell. */
async function postWeek(act: Act, week: Week): Promise<void> {
  const isNew = await act.tx`
    insert into week_report (monday, made_at) select ${week.monday}::date, ${act.at}
    where exists (select from ticket where opened_at < ${week.to}) on conflict do nothing`;
  if (isNew.count === 0) return;
  const figures = figuresOf(await readWeek(act, week));
  const tickets = figures.longest.map(({ ticketId }) => ticketId);
  for (const { kind, openPost } of act.channels.values()) {
    if (openPost === undefined) continue;
    const numberOf = await numbersOn(act, kind, tickets);
    const { sheet, pieces } = tellWeek(act, week, figures, act.policy.staff.language, numberOf);
    await postSheet(act, kind, { sheet, below: pieces, class: 'digest' });
  }
}
