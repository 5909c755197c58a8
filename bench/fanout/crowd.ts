import type { Database } from '../../drizzle/database.ts';
import type { Known } from '../kit/traffic.ts';

/** Somebody who is told in a chat. */
export interface Told extends Known {
  readonly channel: string;
  readonly space: string;
}

/** Where what the crowd rents stands. */
export const LOCATION = 'WAW1';

/**
 * Brings accounts, each with a service in `LOCATION` and a contact who has chosen where they are told: first those of the chats in their order, with a
 * copy by mail where `copies`; then so many by mail alone.
 */
export async function bringCrowd(
  { sql }: Database,
  chats: readonly Told[],
  { byMail, copies = false }: { readonly byMail: number; readonly copies?: boolean },
): Promise<void> {
  const all = chats.length + byMail;
  await sql`
    with a as (
      insert into account (ref, name, state, updated_at, locale, zone)
      select 'A-' || n, 'Account ' || n, 'active', now(), 'en', 'Europe/Warsaw' from generate_series(1, ${all}::int) n returning id, ref
    ), s as (
      insert into service (ref, account_id, name, kind, location, state, updated_at)
      select 's' || substr(ref, 2), id, 'Server ' || substr(ref, 3), 'vps', ${LOCATION}, 'active', now() from a
    )
    insert into contact (ref, account_id, name, roles, updated_at)
    select 'c' || substr(ref, 2), id, 'Contact ' || substr(ref, 3), '{technical}', now() from a order by substr(ref, 3)::int`;
  await sql`
    insert into contact_address (contact_id, address) select id, ref || '@example.com' from contact
    where ${copies} or substr(ref, 3)::int > ${chats.length}`;
  if (copies)
    await sql`
      insert into handle (channel, space, external_id, name, seen_at) select 'email', '', address, '', now() from contact_address`;
  await sql`
    with told as (
      select nr, channel, space, id, chat from unnest(${chats.map(one => one.channel)}::text[], ${chats.map(one => one.space)}::text[],
        ${chats.map(one => one.id)}::text[], ${chats.map(one => one.chat)}::text[]) with ordinality told(channel, space, id, chat, nr)
    ), h as (
      insert into handle (channel, space, external_id, name, seen_at) select channel, space, id, 'crowd', now() from told
      returning id, channel, external_id
    ), mine as (
      select h.id as handle_id, c.id as contact_id, told.channel, told.chat, m.id as mail_id
      from told join h on h.channel = told.channel and h.external_id = told.id join contact c on c.ref = 'c-' || told.nr
      left join handle m on m.channel = 'email' and m.external_id = c.ref || '@example.com'
    ), l as (
      insert into link (handle_id, contact_id, how, linked_at, proved_at) select handle_id, contact_id, 'client-area', now(), now() from mine
    ), p as (
      insert into place (channel, role, handle_id, address) select channel, 'customer', handle_id, chat from mine
    )
    insert into route (contact_id, type, handles, updated_at)
    select contact_id, 'maintenance', array_remove(array[handle_id, mail_id], null), now() from mine`;
  await sql`analyze`;
}
