import type { Act } from '../context.ts';
import type { TicketRow, Utterance } from './model.ts';
import { happened, recordMessage } from './record.ts';

/** How a staff message begins that only staff may see. What nobody sees before it, and emphasis, do not make it a reply. */
const BEGINNING = /^[\s\p{Cf}*_~]*\/\//u;

/** The text of a note without its beginning; undefined when it is meant for the customer. */
export function noteIn(text: string): string | undefined {
  return BEGINNING.test(text) ? text.replace(BEGINNING, '').trim() : undefined;
}

/** An internal note: kept with the ticket, shown on the other desks, never to the customer. */
export async function note(act: Act, ticket: TicketRow, said: Utterance): Promise<void> {
  const id = await recordMessage(act, ticket.id, 'note', said);
  if (id === undefined) return;
  await happened(act, ticket, { type: 'note-added', message: id, said });
}
