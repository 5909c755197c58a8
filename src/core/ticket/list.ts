import type { Handle } from '../actor.ts';
import type { Act } from '../context.ts';
import type { TicketState } from './model.ts';

/** One line of a person's list. */
export interface TicketLine {
  readonly id: number;
  readonly subject: string;
  readonly state: TicketState;
}

/** A person's own tickets: those that are not closed first, then the newest; at most `limit`. */
export async function listOwn(act: Act, owner: Handle, limit: number): Promise<TicketLine[]> {
  return act.tx<TicketLine[]>`
    select id, subject, state from ticket where handle_id = ${owner.id}
    order by (state = 'closed'), id desc limit ${limit}`;
}
