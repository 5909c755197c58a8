import { UNVOUCHED } from '../channel/index.ts';
import type { Act } from '../context.ts';
import type { TicketRow } from '../ticket/index.ts';
import type { Arrived } from './model.ts';
import { HOUR_MS } from './sender.ts';

/**
 * Whether more letters come into a ticket than a person writes: of this sender, or of all together for whom nobody vouches, since they can write in any
 * name. What machines answered counts for its sender by itself.
 */
export async function floodsTicket(
  act: Act,
  { channel, letter }: Arrived,
  handle: { readonly id: number },
  ticket: Pick<TicketRow, 'id'>,
): Promise<boolean> {
  const { vouched, from } = letter;
  const { most } = act.policy.mail;
  const since = new Date(act.at.getTime() - HOUR_MS);
  const counted =
    letter.automatic === undefined
      ? await act.tx`
          select from message m join handle h on h.id = m.handle_id
          where m.ticket_id = ${ticket.id} and m.at > ${since} and m.kind = 'request' and h.channel = ${channel}
            and (h.id = ${handle.id} or (not ${vouched} and h.space = ${UNVOUCHED}))
          limit ${most.sender}`
      : await act.tx`
          select from aside where channel = ${channel} and why = ${letter.automatic} and at > ${since} and space = ${from.space}
            and (sender = ${from.externalId} or not ${vouched})
          limit ${most.sender}`;
  return counted.count >= most.sender;
}
