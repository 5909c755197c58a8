import type { Act } from '../context.ts';
import type { TicketRow, Utterance } from './model.ts';
import { happened, recordMessage } from './record.ts';

/** How a staff message begins that only staff may see. */
export const NOTE_PREFIX = '//';

/** An internal note: kept with the ticket, shown on the other desks, never to the customer. */
export async function note(act: Act, ticket: TicketRow, said: Utterance): Promise<void> {
  const id = await recordMessage(act, ticket.id, 'note', said);
  if (id === undefined) return;
  await happened(act, ticket, { type: 'note-added', message: id, said });
}
