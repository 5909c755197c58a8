import type { ChannelKind } from '../channel/index.ts';
import type { Act } from '../context.ts';

/**
 * The place in which a person is told something outside of a ticket: their own chat with the desk, made if there is none yet; with a
 * `ticketId` one for that ticket alone. Of two that make a place at once the second waits for the handle's row, and finds what the
 * first has made.
 */
export async function ownPlace(
  act: Act,
  handle: { readonly id: number; readonly channel: ChannelKind },
  ticketId: number | null = null,
): Promise<{ readonly id: number; readonly isNew: boolean }> {
  await act.tx`select from handle where id = ${handle.id} for no key update`;
  const [known] = await act.tx<{ id: number }[]>`
    select id from place where handle_id = ${handle.id} and role = 'customer' and ticket_id is not distinct from ${ticketId}
    order by address is null, id limit 1`;
  if (known !== undefined) return { id: known.id, isNew: false };
  const [made] = await act.tx<{ id: number }[]>`
    insert into place (channel, role, handle_id, ticket_id) values (${handle.channel}, 'customer', ${handle.id}, ${ticketId}) returning id`;
  return { id: (made as { id: number }).id, isNew: true };
}
