import type { Act } from '../context.ts';
import type { SettledFile } from './model.ts';

/**
 * Takes the ticket's files that are settled and not passed on yet, in the order they came, and marks them as passed on. Those of one message go
 * together, after those that came earlier; but nothing waits for a file that is late. The ticket must be locked.
 */
export async function takeSettled(act: Act, ticketId: number): Promise<SettledFile[]> {
  const rows = await act.tx<SettledFile[]>`
    with taken as (
      update file f set passed_at = ${act.at}
      where f.ticket_id = ${ticketId} and f.passed_at is null and f.state in ('ready', 'refused', 'lost')
        and not exists (select from file e
          where e.ticket_id = ${ticketId} and e.passed_at is null and e.state = 'waiting' and not e.late
            and (e.id < f.id or e.message_id = f.message_id))
      returning f.*
    )
    select t.id, t.message_id as "messageId", m.kind, m.place_id as "placeId", m.ref, t.why,
      coalesce(t.safe_name, nullif(t.name, ''), '?') as name, coalesce(t.size, 0) as size,
      coalesce(nullif(h.name, ''), h.external_id) as author
    from taken t join message m on m.id = t.message_id join handle h on h.id = m.handle_id order by t.id`;
  return [...rows];
}

/** Files that were passed on already and are still kept, by message: what a desk that is new is shown. */
export async function passedFiles(
  act: Act,
  ticketId: number,
): Promise<ReadonlyMap<number, readonly { readonly id: number; readonly size: number }[]>> {
  const rows = await act.tx<{ id: number; size: number; messageId: number }[]>`
    select id, size, message_id as "messageId" from file
    where ticket_id = ${ticketId} and state = 'ready' and passed_at is not null order by id`;
  return Map.groupBy(rows, row => row.messageId);
}

/** How many of the ticket's files began to wait for the scanner and were not told of yet; they are told of once. */
export async function takeHeld(act: Act, ticketId: number): Promise<number> {
  const rows = await act.tx`
    update file set held_told = true where ticket_id = ${ticketId} and state = 'held' and not held_told`;
  return rows.count;
}
