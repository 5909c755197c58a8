import type { Handle } from '../actor.ts';
import type { Act } from '../context.ts';
import type { Found } from './model.ts';

/** Where a letter stands. */
export interface Standing {
  readonly id: number;
  /** It was thought to be gone, and its own person has written: it can be reached. */
  readonly back: boolean;
}

/**
 * Where a letter stands that goes into a ticket: in the conversation that it answers, else in that of whoever wrote it about this ticket, else in the
 * ticket's own where that is of the letter's channel; undefined where there is none of these. Locked where it is to be changed, so before the ticket.
 */
export async function standingOf(
  act: Act,
  channel: string,
  handle: Handle,
  { ticketId, placeId }: Found,
): Promise<Standing | undefined> {
  const answered = placeId ?? null;
  const [place] = await act.tx<Standing[]>`
    select p.id, p.gone is not null and p.handle_id = ${handle.id} as back from place p
    where p.channel = ${channel} and p.role = 'customer' and p.id in (${answered}::bigint,
      (select max(id) from place where ticket_id = ${ticketId} and handle_id = ${handle.id} and role = 'customer'),
      (select place_id from ticket where id = ${ticketId}))
    order by p.id is distinct from ${answered}::bigint, p.handle_id is distinct from ${handle.id}, p.id limit 1`;
  if (place?.back) await act.tx`select from place where id = ${place.id} for no key update`;
  return place;
}
