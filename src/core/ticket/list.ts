import type { SqlRunner } from '../../../drizzle/database.ts';
import type { Handle } from '../actor.ts';
import type { Act } from '../context.ts';
import { type Viewer, viewerOf } from '../identity/index.ts';
import type { TicketState } from './model.ts';

/** One line of a person's list. */
export interface TicketLine {
  readonly id: number;
  readonly subject: string;
  readonly state: TicketState;
}

/** Of tickets `t`: those that somebody may see, as `maySee` has it. */
export function visibleTo(run: SqlRunner, { handleId, contactId, accountId, departments }: Viewer) {
  if (accountId === null && contactId === null) return run`t.handle_id = ${handleId}`;
  return run`(t.handle_id = ${handleId} or t.contact_id = ${contactId} or (t.account_id = ${accountId} and t.department = any(${[...departments]})))`;
}

/** The tickets that a person may see, of their account too: those that are not closed first, then the newest; at most `limit`. */
export async function listSeen(act: Act, owner: Handle, limit: number): Promise<TicketLine[]> {
  return act.tx<TicketLine[]>`
    select t.id, t.subject, t.state from ticket t where ${visibleTo(act.tx, await viewerOf(act, owner))}
    order by (t.state = 'closed'), t.id desc limit ${limit}`;
}

/** The tickets that somebody opened themselves: those that are not closed first, then the newest; at most `limit`. */
export async function listOwn(act: Act, owner: Handle, limit: number): Promise<TicketLine[]> {
  return act.tx<TicketLine[]>`
    select id, subject, state from ticket where handle_id = ${owner.id}
    order by (state = 'closed'), id desc limit ${limit}`;
}
