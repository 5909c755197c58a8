import type { Handle } from '../actor.ts';
import type { Address, ChannelKind } from '../channel/index.ts';
import type { Act } from '../context.ts';
import { inOrder, type Waiting } from './rules/queue.ts';

/** One ticket in somebody's queue. */
export interface QueueLine extends Waiting {
  readonly subject: string;
  readonly department: string;
  readonly mine: boolean;
  /** Which promise is due first; null when none is open. */
  readonly target: string | null;
  /** The ticket's post on the asker's own channel. */
  readonly address: Address | null;
}

/** Tickets that are looked at: enough to fill a screen many times; the most urgent are among them. */
const LOOKED_AT = 300;

/** What is next for somebody, and how many more there are. */
export interface Queue {
  readonly lines: readonly QueueLine[];
  readonly more: number;
}

/** What is next for somebody of the staff: open tickets that are theirs or nobody's, in their turn; at most `limit`. */
export async function nextFor(act: Act, who: Handle, channel: ChannelKind, limit: number): Promise<Queue> {
  const critical = act.policy.priorities.filter(one => one.critical).map(one => one.id);
  const rows = await act.tx<(QueueLine & { total: number })[]>`
    select t.id, t.subject, t.department, t.priority = any(${critical}::text[]) as critical, t.updated_at as "updatedAt",
      due.at as "dueAt", due.target, t.assignee_id is not null as mine, count(*) over ()::int as total,
      (select p.address from place p where p.ticket_id = t.id and p.role = 'desk' and p.channel = ${channel}) as address
    from ticket t left join lateral (
      select p.due_at as at, p.target from promise p
      where p.ticket_id = t.id and p.ended_at is null and p.due_at is not null and p.target <> 'acknowledgement'
      order by p.due_at, p.target limit 1) due on true
    where t.state <> 'closed' and t.state = 'open' and (t.assignee_id is null or t.assignee_id = ${who.id})
    order by critical desc, due.at nulls last, t.updated_at
    limit ${LOOKED_AT}`;
  const lines = inOrder(rows).slice(0, limit);
  return { lines, more: (rows[0]?.total ?? 0) - lines.length };
}
