import type { Act } from '../context.ts';
import { Refusal } from '../errors.ts';
import { happened, lockTicket, move, type TicketRow } from '../ticket/index.ts';
import type { NoticeRow } from './model.ts';
import { isOver } from './rules/lifecycle.ts';

/** Tickets that are taken at once: each may tell a customer, so that many are many transactions. */
const AT_ONCE = 20;

/** Has the tickets that follow an outage looked at: it is over, or about something else. */
export async function planParts(act: Act, id: number, revision: number): Promise<void> {
  await act.tx`
    insert into notice_step (notice_id, revision, stage, due_at)
    select ${id}, ${revision}, 'parts', ${act.at}
    where exists (select from ticket_notice where notice_id = ${id} and how = 'part' and ended_at is null)
    on conflict do nothing`;
}

/** Answers the tickets of an outage that is over, and lets go those that it no longer concerns. False while there are more. */
export async function settleParts(act: Act, { id, state, revision }: NoticeRow): Promise<boolean> {
  const over = isOver(state);
  const rows = await act.tx<{ id: number }[]>`
    select k.ticket_id as id from ticket_notice k join ticket t on t.id = k.ticket_id
    where k.notice_id = ${id} and k.how = 'part' and k.ended_at is null and (${over} or not exists (
      select from notice_hit h where h.notice_id = ${id} and h.revision = ${revision} and h.service_id = t.service_id))
    order by k.ticket_id limit ${AT_ONCE}`;
  for (const row of rows) {
    const ticket = await lockTicket(act, row.id);
    await detach(act, ticket, id, over ? 'over' : 'apart');
    if (over && (ticket.state === 'open' || ticket.state === 'waiting')) await move(act, ticket, 'solve');
  }
  return rows.length < AT_ONCE;
}

/** Staff say that a ticket is about something else. Throws `Refusal` when it is part of no outage. */
export async function setApart(act: Act, ticket: TicketRow): Promise<void> {
  const [part] = await act.tx<{ notice: number }[]>`
    select notice_id as notice from ticket_notice where ticket_id = ${ticket.id} and how = 'part' and ended_at is null`;
  if (part === undefined) throw new Refusal('part-of-nothing', { number: ticket.id });
  await detach(act, ticket, part.notice, 'staff');
}

async function detach(
  act: Act,
  ticket: TicketRow,
  notice: number,
  why: 'over' | 'apart' | 'staff',
): Promise<void> {
  await act.tx`
    update ticket_notice set ended_at = ${act.at} where ticket_id = ${ticket.id} and notice_id = ${notice} and ended_at is null`;
  await happened(act, ticket, { type: 'detached', notice, why });
}
