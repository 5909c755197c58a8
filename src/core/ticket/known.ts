import type { MessageRef } from '../channel/index.ts';
import type { Act } from '../context.ts';
import { lockTicket } from './fetch.ts';
import type { TicketRow } from './model.ts';

/** An utterance of a ticket as it stands. */
export interface MessageRow {
  readonly id: number;
  readonly ticketId: number;
  readonly kind: 'request' | 'reply' | 'note';
  readonly handleId: number;
  /** CommonMark; empty once it is taken back. */
  readonly body: string;
  /** Of the newest edit; 0 is what was said first. */
  readonly version: number;
  /** A reply that was edited into a note. */
  readonly noted: boolean;
  readonly deletedAt: Date | null;
}

/** Locks the ticket that the platform's message is part of, and reads both; undefined while it is part of none. */
export async function lockMessage(
  act: Act,
  placeId: number,
  ref: MessageRef,
): Promise<{ readonly ticket: TicketRow; readonly message: MessageRow } | undefined> {
  const [known] = await act.tx<{ id: number; ticketId: number }[]>`
    select id, ticket_id as "ticketId" from message where place_id = ${placeId} and ref = ${ref}`;
  if (known === undefined) return undefined;
  const ticket = await lockTicket(act, known.ticketId);
  const [message] = await act.tx<MessageRow[]>`
    select id, ticket_id as "ticketId", kind, handle_id as "handleId", body, version, noted, deleted_at as "deletedAt"
    from message where id = ${known.id} for no key update`;
  return message && { ticket, message };
}

/** Only staff may see it. */
export function isNote({ kind, noted }: Pick<MessageRow, 'kind' | 'noted'>): boolean {
  return kind === 'note' || noted;
}
