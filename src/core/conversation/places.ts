import type { Handle } from '../actor.ts';
import type { Address, ChannelKind } from '../channel/index.ts';
import type { Act } from '../context.ts';
import { refreshCards } from '../outbox/index.ts';
import type { PlaceRow } from './model.ts';

/** The place with that address, if it is one of the desk's. */
export async function placeAt(
  act: Act,
  channel: ChannelKind,
  address: Address,
): Promise<PlaceRow | undefined> {
  const rows = await act.tx<PlaceRow[]>`
    select id, channel, role, ticket_id as "ticketId", current_ticket_id as "currentTicketId"
    from place where channel = ${channel} and address = ${address}`;
  return rows[0];
}

/** Gives the ticket's desk post the address at which a button of its card was pressed; undefined when it has one already. */
export async function adoptPost(
  act: Act,
  channel: ChannelKind,
  ticketId: number,
  address: Address,
): Promise<PlaceRow | undefined> {
  await act.tx`
    update place set address = ${address} where ticket_id = ${ticketId} and role = 'desk' and channel = ${channel} and address is null`;
  return placeAt(act, channel, address);
}

/** A place that is locked, with where it is. */
export interface LockedPlace extends PlaceRow {
  readonly address: Address | null;
}

/** Locks a place, so that what happens in it happens in order, and marks the stored event as done there: one of two workers gets it, the other nothing. */
export async function lockPlace(
  act: Act,
  id: number,
  { channel, eventId }: { readonly channel: ChannelKind; readonly eventId: string },
): Promise<LockedPlace | undefined> {
  const rows = await act.tx<LockedPlace[]>`
    with here as (
      select id, channel, role, ticket_id, current_ticket_id, address from place where id = ${id} for no key update
    ), done as (
      update receipt set state = 'done', payload = null from here
      where receipt.channel = ${channel} and event_id = ${eventId} and state = 'stored' returning receipt.id
    )
    select here.id, here.channel, role, ticket_id as "ticketId", current_ticket_id as "currentTicketId", address from here, done`;
  return rows[0];
}

/**
 * A person's own chat with the desk, made when they first write; one that was thought gone is not, and one that was
 * made for a ticket is shared by all of them from then on. A known one is not locked: its
 * stored events are worked at the same time, and lock the place before the person.
 */
export async function ownChat(act: Act, owner: Handle, address: Address): Promise<PlaceRow> {
  const [known] = await act.tx<PlaceRow[]>`
    select id, channel, role, ticket_id as "ticketId", current_ticket_id as "currentTicketId"
    from place where channel = ${owner.channel} and address = ${address} and gone is null and ticket_id is null`;
  if (known !== undefined) return known;
  await act.tx`
      insert into place (channel, role, address, handle_id) values (${owner.channel}, 'customer', ${address}, ${owner.id})
      on conflict (channel, address) do update set gone = null, current_ticket_id = coalesce(place.ticket_id, place.current_ticket_id),
        ticket_id = null where place.role = 'customer' and (place.gone is not null or place.ticket_id is not null)`;
  const place = (await placeAt(act, owner.channel, address)) as PlaceRow;
  await showReachable(act, place.id);
  return place;
}

/** Whoever writes can be reached: the cards of their tickets stop saying otherwise. */
async function showReachable(act: Act, placeId: number): Promise<void> {
  const tickets = await act.tx<{ id: number }[]>`
    select id from ticket where place_id = ${placeId} and state <> 'closed' order by id desc limit 20`;
  for (const { id } of tickets) await refreshCards(act, id);
}

/** A customer wrote in a ticket's place: it can be reached, and the ticket goes on there, whatever was thought before. */
export async function reachAgain(act: Act, placeId: number, ticketId: number): Promise<void> {
  const again = await act.tx`update place set gone = null where id = ${placeId} and gone is not null`;
  if (again.count === 0) return;
  await act.tx`update ticket set place_id = ${placeId} where id = ${ticketId}`;
  await refreshCards(act, ticketId);
}
