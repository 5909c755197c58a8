import type { Act, Context } from '../context.ts';
import { transact } from '../context.ts';
import { happened, lockTicket } from '../ticket/index.ts';
import type { TimerHandler } from '../timer/index.ts';

/** Tickets that one round looks at. */
const AT_ONCE = 50;
/**
 * Customers are quicker than the announcement: what they asked in this time before it, in ms, and nobody has answered, is about it as well. Past an
 * hour it is as likely about something else.
 */
const BEFORE_MS = 3_600_000;
/** Tickets are numbered before they are committed, and may be proved to be about a service later: so far back, in numbers, the round looks again. */
const OVERLAP = 1_000;
/** One that could not be attached is tried again after this, in ms. */
const AGAIN_MS = 60_000;

/**
 * Round: tickets about a service that a running outage concerns become part of it. What was looked at is not looked at again before an outage
 * begins, changes or ends.
 */
export function attachTickets(ctx: Context): () => Promise<void> {
  let seen = '';
  let looked = 0;
  const resting = new Map<number, number>();
  const tryOne = ({ ticket, notice }: Candidate): Promise<unknown> =>
    transact(ctx, { type: 'system' }, act => attach(act, ticket, notice)).catch(error => {
      ctx.log.error('a ticket could not follow an outage, it is tried again', {
        ticket,
        notice,
        error: String(error),
      });
      resting.set(ticket, ctx.now().getTime() + AGAIN_MS);
    });
  return async () => {
    const running = await ctx.database.sql<{ id: number; revision: number }[]>`
      select id, revision from notice where kind = 'outage' and state in ('investigating', 'identified', 'watching') order by id`;
    const now = running.map(({ id, revision }) => `${id}.${revision}`).join();
    if (now !== seen) looked = 0;
    seen = now;
    if (running.length === 0) return resting.clear();
    const [last] = await ctx.database.sql<{ id: number | null }[]>`select max(id) as id from ticket`;
    const at = ctx.now().getTime();
    const rest = [...resting].flatMap(([ticket, until]) => (until > at ? [ticket] : []));
    const found = await candidates(ctx, { above: Math.max(0, looked - OVERLAP), rest });
    for (const one of found) await tryOne(one);
    if (found.length < AT_ONCE) looked = last?.id ?? 0;
  };
}

/** What a timer is to do to a ticket is not done where the ticket has just become part of an outage: nobody is paged for it. */
export function unlessAttached(handler: TimerHandler): TimerHandler {
  return async (act, timer) => {
    const [found] = await candidates(act, { above: timer.ticketId - 1, upTo: timer.ticketId });
    if (found !== undefined && (await attach(act, found.ticket, found.notice))) return;
    await handler(act, timer);
  };
}

interface Candidate {
  readonly ticket: number;
  readonly notice: number;
}

/** Tickets that would be part of a running outage: above a number, up to another, without some. */
async function candidates(
  ctx: Context | Act,
  { above, upTo = Number.MAX_SAFE_INTEGER, rest = [] }: { above: number; upTo?: number; rest?: number[] },
): Promise<readonly Candidate[]> {
  const run = 'tx' in ctx ? ctx.tx : ctx.database.sql;
  const departments = ctx.policy.departments
    .filter(({ kind = 'technical', general }) => kind === 'technical' && general !== true)
    .map(({ id }) => id);
  return run<Candidate[]>`
    select distinct on (t.id) t.id as ticket, n.id as notice
    from notice n join notice_revision first on first.notice_id = n.id and first.revision = 1
      join ticket t on t.state in ('open', 'waiting') and t.service_id is not null and t.department = any(${departments})
        and t.id > ${above} and t.id <= ${upTo} and t.id <> all(${rest}::bigint[])
        and (t.opened_at >= first.at or (t.opened_at >= first.at - ${BEFORE_MS} * interval '1 ms'
          and not exists (select from event e where e.ticket_id = t.id and e.type = 'staff-replied')))
    where n.kind = 'outage' and n.state in ('investigating', 'identified', 'watching')
      and exists (select from notice_hit h where h.notice_id = n.id and h.revision = n.revision and h.service_id = t.service_id)
      and not exists (select from ticket_notice k where k.ticket_id = t.id and (k.notice_id = n.id or (k.how = 'part' and k.ended_at is null)))
    order by t.id, n.id limit ${AT_ONCE}`;
}

/**
 * Makes a ticket part of an outage. False when it is already, or may not be any more: the outage may be over by now, or about something else. It is only
 * looked at where nobody changes it: whoever does locks it before its tickets, and the next round comes at once.
 */
async function attach(act: Act, ticketId: number, notice: number): Promise<boolean> {
  const running = await act.tx`
    select from notice n where id = ${notice} and state in ('investigating', 'identified', 'watching') and exists (
      select from notice_hit h join ticket t on t.service_id = h.service_id
      where t.id = ${ticketId} and h.notice_id = n.id and h.revision = n.revision)
    for share of n skip locked`;
  if (running.count === 0) return false;
  const ticket = await lockTicket(act, ticketId);
  if (ticket.state !== 'open' && ticket.state !== 'waiting') return false;
  const made = await act.tx`
    insert into ticket_notice (ticket_id, notice_id, how, since) values (${ticketId}, ${notice}, 'part', ${act.at}) on conflict do nothing`;
  if (made.count === 0) return false;
  await happened(act, ticket, { type: 'attached', notice });
  return true;
}
