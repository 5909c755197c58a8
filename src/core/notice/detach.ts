import { type Act, type Context, transact } from '../context.ts';
import { Refusal } from '../errors.ts';
import { type EventOf, happened, lockTicket, move, type TicketRow } from '../ticket/index.ts';
import type { Candidate } from './attach.ts';
import { concerns, followingDepartments, isRunning, partOf } from './part-of.ts';

/** Tickets that one round lets go: each tells its customer. */
const AT_ONCE = 20;

/** Tickets that follow an outage which is over, or about something else by now. */
export async function leavers(
  ctx: Context | Act,
  {
    upTo = Number.MAX_SAFE_INTEGER,
    above = 0,
    rest = [],
  }: { above?: number; upTo?: number; rest?: readonly number[] },
): Promise<readonly (Candidate & { readonly over: boolean })[]> {
  const run = 'tx' in ctx ? ctx.tx : ctx.database.sql;
  return run<(Candidate & { over: boolean })[]>`
    select t.id as ticket, n.id as notice, not ${isRunning(run)} as over
    from ticket_notice k join notice n on n.id = k.notice_id join ticket t on t.id = k.ticket_id
    where k.how = 'part' and k.ended_at is null and t.id > ${above} and t.id <= ${upTo} and t.id <> all(${[...rest]}::bigint[])
      and not (${isRunning(run)} and ${concerns(run)})
    order by t.id limit ${AT_ONCE}`;
}

/**
 * Lets one go, in a transaction of its own. The end of the outage answers it, unless its customer has written something since that nobody has
 * answered: that is still to be looked at.
 */
export async function letGo(ctx: Context, { ticket: id, notice }: Candidate): Promise<void> {
  await transact(ctx, { type: 'system' }, async act => {
    const free = await act.tx`select from notice where id = ${notice} for share skip locked`;
    if (free.count === 0) return;
    const ticket = await lockTicket(act, id);
    const [still] = await leavers(act, { above: id - 1, upTo: id });
    if (still?.notice !== notice) return;
    const why = still.over ? ((await isAsked(act, id)) ? 'asked' : 'over') : 'apart';
    await detach(act, ticket, notice, why);
    const isOpen = ticket.state === 'open' || ticket.state === 'waiting';
    if (why === 'over' && isOpen) await move(act, ticket, 'solve');
  });
}

/** Whether something the customer said since it became part of the outage waits for an answer. */
async function isAsked(act: Act, ticketId: number): Promise<boolean> {
  const rows = await act.tx`
    select from event e where e.ticket_id = ${ticketId} and e.type in ('customer-wrote', 'escalation-asked')
      and e.id > (select max(a.id) from event a where a.ticket_id = ${ticketId} and a.type = 'attached')
      and not exists (select from event s where s.ticket_id = ${ticketId} and s.type = 'staff-replied' and s.id > e.id) limit 1`;
  return rows.count > 0;
}

/** Staff say that a ticket is about something else. Throws `Refusal` when it is part of no outage. */
export async function setApart(act: Act, ticket: TicketRow): Promise<void> {
  const notice = await partOf(act.tx, ticket.id);
  if (notice === undefined) throw new Refusal('part-of-nothing', { number: ticket.id });
  await detach(act, ticket, notice, 'staff');
}

/** Whoever hands a ticket to those who answer no outages says as much. */
export async function leaveOnTransfer(
  act: Act,
  ticket: TicketRow,
  { to }: EventOf<'transferred'>,
): Promise<void> {
  if (followingDepartments(act).includes(to)) return;
  const notice = await partOf(act.tx, ticket.id);
  if (notice !== undefined) await detach(act, { ...ticket, department: to }, notice, 'staff');
}

async function detach(
  act: Act,
  ticket: TicketRow,
  notice: number,
  why: EventOf<'detached'>['why'],
): Promise<void> {
  await act.tx`
    update ticket_notice set ended_at = ${act.at} where ticket_id = ${ticket.id} and notice_id = ${notice} and ended_at is null`;
  await happened(act, ticket, { type: 'detached', notice, why });
}
