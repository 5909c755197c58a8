import { handleOf } from '../actor.ts';
import type { Act } from '../context.ts';
import { recordFiles } from '../file/index.ts';
import type { Reaction, TicketEvent } from './events.ts';
import { isLadderEvent, ladderData } from './ladder-events.ts';
import type { TicketRow, Utterance } from './model.ts';

/** Writes a fact about a ticket, which is never changed, and does what follows from it. */
export async function happened(act: Act, ticket: TicketRow, event: TicketEvent): Promise<void> {
  await act.tx`
    insert into event (ticket_id, type, handle_id, data, at)
    values (${ticket.id}, ${event.type}, ${handleOf(act.actor)}, ${JSON.stringify(dataOf(act, event))}::jsonb, ${act.happenedAt ?? act.at})`;
  for (const react of act.reactions[event.type] as readonly Reaction<TicketEvent>[])
    await react(act, ticket, event);
}

/** What is kept of an event: texts stay with their message. */
function dataOf(act: Act, event: TicketEvent): Readonly<Record<string, unknown>> {
  if (isLadderEvent(event)) return ladderData(event);
  switch (event.type) {
    case 'customer-wrote':
    case 'staff-replied':
    case 'note-added':
    case 'reply-resent':
      return { message: event.message };
    case 'files-came':
      return { message: event.message, files: event.files.map(file => file.id) };
    case 'files-refused':
      return { message: event.message, files: event.files.map(file => file.id), why: event.why };
    case 'message-edited':
    case 'message-taken-back':
    case 'reply-became-note':
      return { message: event.changed.id, version: event.changed.version };
    case 'claimed':
    case 'made-ticket':
    case 'details-given':
    case 'escalation-asked':
    case 'proof-asked':
    case 'rating-asked':
      return {};
    case 'rated':
      return { answer: event.answer, words: event.comment !== null };
    case 'proved':
      return { trust: event.trust, tier: event.tier };
    case 'assigned':
      return { to: event.to.id };
    case 'transferred':
    case 'prioritised':
      return { from: event.from, to: event.to };
    case 'promise-at-risk':
      return { target: event.target, cycle: event.cycle, due: event.dueAt, share: event.share };
    case 'promise-missed':
      return { target: event.target, cycle: event.cycle, due: event.dueAt };
    case 'attached':
      return { notice: event.notice };
    case 'detached':
      return { notice: event.notice, why: event.why };
    case 'terms-changed':
      return { terms: event.terms };
    case 'moved':
      return { from: event.from, to: event.to, by: event.by, who: act.actor.type };
  }
}

/** Writes an utterance down, with its files. Returns its id; undefined when the platform's message is in the ticket already. */
export async function recordMessage(
  act: Act,
  ticketId: number,
  kind: 'request' | 'reply' | 'note',
  said: Utterance,
): Promise<number | undefined> {
  const rows = await act.tx<{ id: number }[]>`
    insert into message (ticket_id, kind, handle_id, body, place_id, ref, at, version)
    values (${ticketId}, ${kind}, ${handleOf(act.actor)}, ${said.text}, ${said.placeId}, ${said.ref}, ${act.at},
      coalesce((select version from awaited where place_id = ${said.placeId} and ref = ${said.ref}), 0))
    on conflict (place_id, ref) where ref is not null do nothing
    returning id`;
  const messageId = rows[0]?.id;
  const files = said.files ?? [];
  if (messageId !== undefined && files.length > 0 && act.actor.type !== 'system')
    await recordFiles(act, { ticketId, messageId, channel: act.actor.handle.channel, files });
  return messageId;
}
