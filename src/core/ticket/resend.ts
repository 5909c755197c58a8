import type { Act } from '../context.ts';
import { Refusal } from '../errors.ts';
import { type Content, enqueue } from '../outbox/index.ts';
import type { TicketRow } from './model.ts';
import { happened } from './record.ts';
import { partsFor, placeOf } from './say.ts';

/**
 * Sends again what the customer did not get of a reply, or may not have got. Of two at once one does it: the failed deliveries stop to
 * count, so nothing is left for the other. Throws `Refusal` then, and for a reply that is not to be seen any more.
 */
export async function resend(act: Act, ticket: TicketRow, messageId: number): Promise<void> {
  const [message] = await act.tx<{ body: string }[]>`
    select body from message
    where id = ${messageId} and ticket_id = ${ticket.id} and kind = 'reply' and deleted_at is null and not noted`;
  if (message === undefined) throw new Refusal('resend-not-needed');
  const failed = await act.tx<{ content: Content; seq: number }[]>`
    update delivery set state = 'cancelled'
    where message_id = ${messageId} and place_role = 'customer' and kind = 'post' and dispatch_id is null and state in ('dead', 'unknown')
    returning content, seq`;
  if (failed.length === 0) throw new Refusal('resend-not-needed');
  const place = await placeOf(act, ticket);
  const contents = failed.toSorted((a, b) => a.seq - b.seq).map(one => one.content);
  const rest = await act.tx`
    select from delivery where message_id = ${messageId} and place_role = 'customer' and kind = 'post' and dispatch_id is null
      and state <> 'cancelled' and content ? 'text'`;
  // What failed as a whole is said as it is now; of the rest only the missing parts are.
  const whole = rest.count === 0 && contents.some(one => 'text' in one);
  const texts = whole ? partsFor(act, place, { text: message.body }) : contents.filter(one => 'text' in one);
  for (const content of [...texts, ...contents.filter(one => 'files' in one)])
    enqueue(act, {
      placeId: place.id,
      role: 'customer',
      kind: 'post',
      class: 'reply',
      ticketId: ticket.id,
      content,
      message: { id: messageId, kind: 'reply' },
    });
  await happened(act, ticket, { type: 'reply-resent', message: messageId });
}
