import type { Handle } from '../actor.ts';
import type { Act } from '../context.ts';
import { Refusal } from '../errors.ts';
import { maySee, viewerOf } from '../identity/index.ts';
import { clip } from '../text/index.ts';
import type { TicketRow } from './model.ts';

/** Longest number that is looked up: PostgreSQL's bigint has 19 digits, a double holds 15 exactly. */
const DIGITS = /^#?([1-9]\d{0,14})$/;

/** The number in what somebody typed (`12`, `#12`). Throws `Refusal` when there is none. */
export function readNumber(typed: string): number {
  const text = typed.trim();
  if (text === '') throw new Refusal('number-missing');
  const number = DIGITS.exec(text)?.[1];
  if (number === undefined) throw new Refusal('ticket-not-found', { number: clip(text, 20) });
  return Number(number);
}

/** Locks and reads a ticket. Throws `Refusal` when there is none. */
export async function lockTicket(act: Act, id: number): Promise<TicketRow> {
  const rows = await act.tx<TicketRow[]>`
    select id, state, priority, department, subject, locale, handle_id as "handleId", place_id as "placeId",
      assignee_id as "assigneeId", escalation_asked_at as "escalationAskedAt", closed_at as "closedAt", account_id as "accountId", contact_id as "contactId", trust,
      proof_asked_at as "proofAskedAt", level, way
    from ticket where id = ${id} for no key update`;
  const row = rows[0];
  if (row !== undefined) return row;
  // To a customer a ticket that is not there and one of somebody else are the same.
  throw new Refusal(act.actor.type === 'staff' ? 'no-such-ticket' : 'ticket-not-found', {
    number: String(id),
  });
}

/**
 * The same, for a ticket that the person may see: their own, and those of their account as far as their roles allow. Any other is refused
 * word for word as one that does not exist.
 */
export async function lockOwnTicket(act: Act, owner: Handle, id: number): Promise<TicketRow> {
  const row = await lockTicket(act, id);
  if (row.handleId !== owner.id && !maySee(await viewerOf(act, owner), row))
    throw new Refusal('ticket-not-found', { number: String(id) });
  return row;
}
