import type { Handle } from '../actor.ts';
import type { Address, ChannelKind } from '../channel/index.ts';
import type { Act } from '../context.ts';
import { inOrder, type Waiting } from './rules/queue.ts';

/** One ticket in somebody's queue. */
export interface QueueLine extends Waiting {
  readonly subject: string;
  readonly department: string;
  readonly mine: boolean;
  /** The ticket's post on the asker's own channel. */
  readonly address: Address | null;
}

/** Tickets that are looked at: enough to fill a screen many times; the most urgent are among them. */
const LOOKED_AT = 300;

/** What is next for somebody of the staff: open tickets that are theirs or nobody's, in their turn; at most `limit`. */
export async function nextFor(
  act: Act,
  who: Handle,
  channel: ChannelKind,
  limit: number,
): Promise<QueueLine[]> {
  const critical = act.policy.priorities.filter(one => one.critical).map(one => one.id);
  const rows = await act.tx<QueueLine[]>`
    select t.id, t.subject, t.department, t.priority = any(${critical}::text[]) as critical, t.updated_at as "updatedAt",
      due.at as "dueAt", t.assignee_id is not null as mine,
      (select p.address from place p where p.ticket_id = t.id and p.role = 'desk' and p.channel = ${channel}) as address
    from ticket t cross join lateral (
      select min(due_at) as at from promise p where p.ticket_id = t.id and p.ended_at is null and p.target <> 'acknowledgement') due
    where t.state <> 'closed' and t.state = 'open' and (t.assignee_id is null or t.assignee_id = ${who.id})
    order by critical desc, due.at nulls last, t.updated_at
    limit ${LOOKED_AT}`;
  return inOrder(rows).slice(0, limit);
}
