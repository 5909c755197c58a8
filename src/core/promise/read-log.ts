import type { SqlRunner } from '../../../drizzle/database.ts';
import type { Context } from '../context.ts';
import { hashOf, type LogEntry, type Way } from '../sla/index.ts';

/** The events that the clock looks at. */
const LOOKED_AT = [
  'opened',
  'customer-wrote',
  'staff-replied',
  'escalation-asked',
  'transferred',
  'prioritised',
  'made-ticket',
  'proved',
  'terms-changed',
  'moved',
  'attached',
  'detached',
  'promise-at-risk',
  'promise-missed',
];

interface EventRow {
  readonly type: string;
  readonly at: Date;
  readonly data: Readonly<Record<string, unknown>>;
  /** Of a reply: whether the customer got it, or still may. */
  readonly counts: boolean;
}

interface TicketFactsRow {
  readonly department: string;
  readonly priority: string;
  readonly tier: string | null;
  readonly acknowledgedAt: Date | null;
}

/** A ticket's events as the clock reads them, and the hashes of the terms that they name. */
export async function readLog(
  ctx: Context,
  run: SqlRunner,
  ticketId: number,
): Promise<{ readonly log: LogEntry[]; readonly hashes: string[] }> {
  const [[ticket], events] = await Promise.all([
    run<TicketFactsRow[]>`
      select t.department, t.priority, a.tier, (
        select min(d.settled_at) from delivery d join place p on p.id = d.place_id
        where d.place_id = t.place_id and d.ticket_id = t.id and d.state = 'sent' and d.dispatch_id is null
          and d.content ->> 'say' in ('ticket-opened', 'ticket-opened-critical', 'chat-opened', 'letter-opened')
      ) as "acknowledgedAt"
      from ticket t left join account a on a.id = t.account_id where t.id = ${ticketId}`,
    run<EventRow[]>`
      select e.type, e.at, e.data, e.type <> 'staff-replied' or exists (
        select from message m where m.id = (e.data ->> 'message')::bigint and ((m.deleted_at is null and not m.noted) or exists (
          select from delivery d where d.message_id = m.id and d.place_role = 'customer' and d.kind = 'post' and d.dispatch_id is null
            and d.state <> 'cancelled'))) as counts
      from event e where e.ticket_id = ${ticketId} and e.type = any(${LOOKED_AT}) order by e.id`,
  ]);
  if (ticket === undefined) return { log: [], hashes: [] };
  const log = events.filter(one => one.counts).map(one => entryOf(ctx, one, ticket, events));
  if (ticket.acknowledgedAt !== null) log.push({ type: 'acknowledged', at: ticket.acknowledgedAt.getTime() });
  return { log, hashes: log.flatMap(one => ('terms' in one ? [one.terms] : [])) };
}

function entryOf(
  ctx: Context,
  { type, at: date, data }: EventRow,
  ticket: TicketFactsRow,
  all: readonly EventRow[],
): LogEntry {
  const at = date.getTime();
  switch (type) {
    case 'opened':
      return {
        type,
        at,
        department: firstOf(all, 'transferred') ?? ticket.department,
        priority: firstOf(all, 'prioritised') ?? ticket.priority,
        way: (data.way as Way | undefined) ?? 'ticket',
        tier: (data.tier as string | null | undefined) ?? null,
        // Of tickets that were opened before the desk kept terms nothing else is known.
        terms: (data.terms as string | undefined) ?? hashOf(ctx.policy.terms),
      };
    case 'transferred':
    case 'prioritised':
      return { type, at, to: String(data.to) };
    case 'proved':
      return { type, at, tier: (data.tier as string | null | undefined) ?? ticket.tier };
    case 'terms-changed':
      return { type, at, terms: String(data.terms) };
    case 'moved': {
      const { to, by, who } = data as Omit<Extract<LogEntry, { type: 'moved' }>, 'type' | 'at'>;
      return { type, at, to, by, who: who ?? 'staff' };
    }
    default:
      return { type: type as 'customer-wrote', at };
  }
}

/** What it was before the first change of it. */
function firstOf(all: readonly EventRow[], type: string): string | undefined {
  const from = all.find(one => one.type === type)?.data.from;
  return from === undefined ? undefined : String(from);
}
