import type { Address, ChannelKind } from '../channel/index.ts';
import type { Act } from '../context.ts';
import { inOrder, type Waiting } from './rules/queue.ts';

/** One ticket in somebody's queue. */
export interface QueueLine extends Waiting {
  readonly subject: string;
  readonly department: string;
  /** Its level; null while nobody has moved it. */
  readonly level: string | null;
  readonly whose: 'mine' | 'free' | 'taken';
  /** For staff only: who has it; null when nobody does. */
  readonly assignee: string | null;
  /** Which promise is due first; null when none is open. */
  readonly target: string | null;
  /** The ticket's post on the asker's own channel. */
  readonly address: Address | null;
}

/** Tickets that are looked at: enough to fill a screen many times; the most urgent are among them. */
const LOOKED_AT = 300;

/** Whose tickets are asked for. */
export interface QueueAsked {
  /** The handles of who asks. */
  readonly mine: readonly number[];
  readonly channel: ChannelKind;
  /** Tickets at these levels; undefined for all. */
  readonly levels: readonly string[] | undefined;
  /** The level at which a ticket is that nobody has moved, or whose level is gone. */
  readonly first: string | undefined;
  /** Those that others have are asked for, too, and those of one's own only at these levels. */
  readonly everybodys: boolean;
  readonly limit: number;
}

/** Tickets in their turn, how many more there are, and how many are nobody's at other levels. */
export interface Queue {
  readonly lines: readonly QueueLine[];
  readonly more: number;
  readonly elsewhere: number;
}

/** The open tickets that are asked for, in their turn: those that are nobody's at the levels, and one's own wherever they are. */
export async function nextFor(act: Act, asked: QueueAsked): Promise<Queue> {
  const { tx } = act;
  const critical = act.policy.priorities.filter(one => one.critical).map(one => one.id);
  const mine = tx`coalesce(t.assignee_id = any(${[...asked.mine]}::bigint[]), false)`;
  const here = atLevels(act, asked);
  const rows = await tx<(QueueLine & { total: number })[]>`
    select t.id, t.subject, t.department, t.level, t.priority = any(${critical}::text[]) as critical, t.updated_at as "updatedAt",
      due.at as "dueAt", due.target, case when t.assignee_id is null then 'free' when ${mine} then 'mine' else 'taken' end as whose,
      coalesce(nullif(h.name, ''), h.external_id) as assignee, count(*) over ()::int as total,
      (select p.address from place p where p.ticket_id = t.id and p.role = 'desk' and p.channel = ${asked.channel}) as address
    from ticket t left join handle h on h.id = t.assignee_id left join lateral (
      select p.due_at as at, p.target from promise p
      where p.ticket_id = t.id and p.ended_at is null and p.due_at is not null and p.target <> 'acknowledgement'
      order by p.due_at, p.target limit 1) due on true
    where t.state <> 'closed' and t.state = 'open'
      and ${asked.everybodys ? here : tx`(${mine} or (t.assignee_id is null and ${here}))`}
    order by critical desc, due.at nulls last, t.updated_at
    limit ${LOOKED_AT}`;
  const lines = inOrder(rows).slice(0, asked.limit);
  const [other] = await tx<{ n: number }[]>`
    select count(*)::int as n from ticket t
    where t.state <> 'closed' and t.state = 'open' and t.assignee_id is null and not ${here}`;
  return { lines, more: (rows[0]?.total ?? 0) - lines.length, elsewhere: other?.n ?? 0 };
}

function atLevels({ tx, policy }: Act, { levels, first }: QueueAsked) {
  if (levels === undefined || first === undefined) return tx`true`;
  const known = policy.levels.map(one => one.id);
  return tx`(case when t.level = any(${known}::text[]) then t.level else ${first} end = any(${[...levels]}::text[]))`;
}
