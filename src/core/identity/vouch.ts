import type { Sender } from '../channel/index.ts';
import type { Act } from '../context.ts';

/**
 * The provider's own site has said who somebody is: their handle is that contact from then on, and it is as good as a proof from the client area at
 * that moment. Nothing happens when the desk knows no such contact, or the handle is linked to another one: that must be unlinked before.
 */
export async function vouch(
  act: Act,
  handleId: number,
  vouched: NonNullable<Sender['vouched']>,
): Promise<void> {
  const said = new Date(vouched.at);
  const at = said > act.at ? act.at : said;
  await act.tx`
    with who as (
      select id from contact where ref = ${vouched.contact}
    ), linked as (
      insert into link as l (handle_id, contact_id, how, linked_at, proved_at)
      select ${handleId}, id, 'client-area', ${act.at}, ${at} from who
      on conflict (handle_id) do update set how = excluded.how, proved_at = greatest(l.proved_at, excluded.proved_at)
        where l.contact_id = excluded.contact_id and (l.proved_at is null or l.proved_at < excluded.proved_at)
      returning contact_id, xmax = 0 as first
    )
    insert into identity_event (type, handle_id, contact_id, code, at)
    select 'linked', ${handleId}::bigint, contact_id, 'client-area', ${act.at}::timestamptz from linked where first`;
}
