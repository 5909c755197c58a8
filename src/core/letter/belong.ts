import type { Handle } from '../actor.ts';
import type { Act } from '../context.ts';
import { audit, maySee, viewerOf } from '../identity/index.ts';
import { isAsker, type TicketRow } from '../ticket/index.ts';
import type { Arrived } from './model.ts';

/**
 * The contact that a letter is from: where the platform vouches for the address and it is on file for just one, its handle is that contact for as long
 * as it is. Who proved it in another way stays who they are.
 */
export async function meetContact(
  act: Act,
  handle: Pick<Handle, 'id' | 'externalId'>,
  { letter }: Arrived,
): Promise<void> {
  if (!letter.vouched) return;
  const [contact] = await act.tx<{ id: number }[]>`
    select min(contact_id) as id from contact_address where address = ${handle.externalId} having count(*) = 1`;
  const ended = await act.tx<{ contactId: number }[]>`
    delete from link where handle_id = ${handle.id} and how = 'address' and contact_id is distinct from ${contact?.id ?? null}::bigint
    returning contact_id as "contactId"`;
  for (const { contactId } of ended)
    await audit(act, { type: 'unlinked', handleId: handle.id, contactId, code: 'address' });
  if (contact === undefined) return;
  const made = await act.tx`
    insert into link (handle_id, contact_id, how, linked_at) values (${handle.id}, ${contact.id}, 'address', ${act.at}) on conflict do nothing`;
  if (made.count > 0)
    await audit(act, { type: 'linked', handleId: handle.id, contactId: contact.id, code: 'address' });
}

/** What somebody is to a ticket: the one who asked, somebody else who may see it or has written in it, or nobody. */
export type Belonging = 'asker' | 'other' | 'nobody';

/** What somebody is to a ticket. */
export async function belongingOf(act: Act, handle: Handle, ticket: TicketRow): Promise<Belonging> {
  if (await isAsker(act, handle, ticket)) return 'asker';
  if (maySee(await viewerOf(act, handle), ticket)) return 'other';
  const written = await act.tx`
    select from message where ticket_id = ${ticket.id} and handle_id = ${handle.id} and kind = 'request' limit 1`;
  return written.count > 0 ? 'other' : 'nobody';
}
