import { type Act, type Context, transact } from '../context.ts';
import { happened, lockTicket } from '../ticket/index.ts';
import type { TimerHandler } from '../timer/index.ts';
import { concerns, followingDepartments, isRunning, partOf } from './part-of.ts';

/** Tickets that one round attaches. */
export const AT_ONCE = 50;
/**
 * Customers are quicker than the announcement: what they asked in this time before it, in ms, and nobody has answered, is about it as well. Past an
 * hour it is as likely about something else.
 */
const BEFORE_MS = 3_600_000;

/** A ticket and the outage that it would follow. */
export interface Candidate {
  readonly ticket: number;
  readonly notice: number;
}

/** Which tickets are looked at: above a number, up to another, without some. */
export interface Range {
  readonly above: number;
  readonly upTo?: number;
  readonly rest?: readonly number[];
}

/** Tickets that would be part of a running outage. */
export async function candidates(
  ctx: Context | Act,
  { above, upTo = Number.MAX_SAFE_INTEGER, rest = [] }: Range,
): Promise<readonly Candidate[]> {
  const run = 'tx' in ctx ? ctx.tx : ctx.database.sql;
  return run<Candidate[]>`
    select distinct on (t.id) t.id as ticket, n.id as notice
    from notice n join notice_revision first on first.notice_id = n.id and first.revision = 1
      join ticket t on t.state in ('open', 'waiting') and t.account_id is not null and t.department = any(${followingDepartments(ctx)})
        and t.id > ${above} and t.id <= ${upTo} and t.id <> all(${[...rest]}::bigint[])
        and (t.opened_at >= first.at or (t.opened_at >= first.at - ${BEFORE_MS} * interval '1 ms'
          and not exists (select from event e where e.ticket_id = t.id and e.type = 'staff-replied')))
    where ${isRunning(run)} and ${concerns(run)}
      and not exists (select from ticket_notice k where k.ticket_id = t.id and (k.notice_id = n.id or (k.how = 'part' and k.ended_at is null)))
    order by t.id, n.id limit ${AT_ONCE}`;
}

/** Makes a ticket part of an outage, in a transaction of its own. */
export async function attachOne(ctx: Context, one: Candidate): Promise<void> {
  await transact(ctx, { type: 'system' }, act => attach(act, one));
}

/**
 * What a timer is to do to a ticket is not done where the ticket has just become part of an outage: nobody is paged for it. With `orPart` it is
 * not done either while it is one.
 */
export function unlessAttached(
  handler: TimerHandler,
  { orPart = false }: { readonly orPart?: boolean } = {},
): TimerHandler {
  return async (act, timer) => {
    const [found] = await candidates(act, { above: timer.ticketId - 1, upTo: timer.ticketId });
    if (found !== undefined && (await attach(act, found))) return;
    if (orPart && (await partOf(act.tx, timer.ticketId)) !== undefined) return;
    await handler(act, timer);
  };
}

/**
 * False when it may not be any more: all that was looked at without a lock is looked at again with both. The outage is only taken where nobody
 * changes it: whoever does locks it before its tickets, and the next round comes at once.
 */
async function attach(act: Act, { ticket: id, notice }: Candidate): Promise<boolean> {
  const free = await act.tx`select from notice where id = ${notice} for share skip locked`;
  if (free.count === 0) return false;
  const ticket = await lockTicket(act, id);
  const [still] = await candidates(act, { above: id - 1, upTo: id });
  if (still?.notice !== notice) return false;
  await act.tx`
    insert into ticket_notice (ticket_id, notice_id, how, since) values (${id}, ${notice}, 'part', ${act.at})`;
  await happened(act, ticket, { type: 'attached', notice });
  return true;
}
