import type { Act } from '../context.ts';
import { isBlank } from '../text/index.ts';
import { isNote, type MessageRow } from './known.ts';
import type { TicketRow } from './model.ts';
import { noteIn } from './note.ts';
import { happened } from './record.ts';

/** What became of an edit: `kept-from-customer` when a note was to become a reply, which it never does. */
export type Edited = 'done' | 'nothing' | 'became-note' | 'kept-from-customer';

/**
 * A message says something else, and so do its copies. Of two edits the newer counts, in whatever order they come.
 *
 * A note stays a note, whatever it is edited into. A reply with `//` put before it is taken back from the customer and is a note from then
 * on; that holds also when a newer edit without `//` was heard first: what once was a note in any of its versions, a customer never sees.
 */
export async function edit(
  act: Act,
  ticket: TicketRow,
  message: MessageRow,
  change: { readonly text: string; readonly version: number },
): Promise<Edited> {
  if (message.deletedAt !== null) return 'nothing';
  const noted = message.kind === 'request' ? undefined : noteIn(change.text);
  const becomesNote = !isNote(message) && noted !== undefined;
  const isNewer = change.version > message.version;
  if (!isNewer && !becomesNote) return 'nothing';
  const text = isNote(message) || becomesNote ? (noted ?? change.text) : change.text;
  const changed: MessageRow = {
    ...message,
    body: isNewer && !isBlank(text) ? text : message.body,
    version: Math.max(message.version, change.version),
    noted: message.noted || becomesNote,
  };
  await act.tx`
    update message set body = ${changed.body}, version = ${changed.version}, noted = ${changed.noted} where id = ${message.id}`;
  await happened(act, ticket, { type: becomesNote ? 'reply-became-note' : 'message-edited', changed });
  if (becomesNote) return 'became-note';
  return isNote(message) && noted === undefined ? 'kept-from-customer' : 'done';
}
