import type { Act } from '../context.ts';
import type { TicketRow, Utterance } from './model.ts';
import { recordEvent, recordMessage } from './record.ts';
import { tellDesk } from './say.ts';

/** How a staff message begins that only staff may see. */
export const NOTE_PREFIX = '//';

/** An internal note: kept with the ticket, shown on the other desks, never to the customer. */
export async function note(act: Act, ticket: TicketRow, said: Utterance): Promise<void> {
  const id = await recordMessage(act, ticket.id, 'note', said);
  if (id === undefined) return;
  await recordEvent(act, ticket.id, 'note-added', { message: id });
  await tellDesk(act, ticket.id, { text: said.text }, { id, kind: 'note' }, said.placeId);
}
