import type { SqlRunner } from '../../../drizzle/database.ts';
import type { AccountInput, Contact, Service } from './model.ts';

/** Writes accounts that are new or changed, set by set: the number of statements does not grow with that of the accounts. */
export async function writeAccounts(
  tx: SqlRunner,
  at: Date,
  accounts: readonly AccountInput[],
): Promise<void> {
  const rows = await tx<{ id: number; ref: string }[]>`
    insert into account (ref, name, tier, locale, zone, state, updated_at)
    select ref, name, tier, language, time_zone, state, ${at}
    from jsonb_to_recordset(${JSON.stringify(accounts.map(({ contacts: _c, services: _s, ...own }) => own))}::jsonb)
      as g(ref text, name text, tier text, language text, time_zone text, state text)
    on conflict (ref) do update set name = excluded.name, tier = excluded.tier, locale = excluded.locale, zone = excluded.zone,
      state = excluded.state, updated_at = excluded.updated_at
    returning id, ref`;
  const ids = new Map(rows.map(({ ref, id }) => [ref, id]));
  const listed = <T>(listOf: (account: AccountInput) => readonly T[] | undefined): Listed<T>[] =>
    accounts.flatMap(account => {
      const [list, account_id] = [listOf(account), ids.get(account.ref)];
      return list === undefined || account_id === undefined ? [] : [{ account_id, list }];
    });
  await writeContacts(
    tx,
    at,
    listed(account => account.contacts),
  );
  await writeServices(
    tx,
    at,
    listed(account => account.services),
  );
}

interface Listed<T> {
  readonly account_id: number;
  readonly list: readonly T[];
}

async function writeContacts(tx: SqlRunner, at: Date, listed: readonly Listed<Contact>[]): Promise<void> {
  const [accounts, rows] = flat(listed);
  if (accounts.length === 0) return;
  const given = JSON.stringify(rows);
  const refs = rows.map(({ ref }) => ref);
  await tx`delete from contact where account_id = any(${accounts}::bigint[]) and not ref = any(${refs}::text[])`;
  if (rows.length === 0) return;
  await tx`
    insert into contact (ref, account_id, name, roles, locale, zone, updated_at)
    select ref, account_id, name, array(select jsonb_array_elements_text(roles)), language, time_zone, ${at}
    from jsonb_to_recordset(${given}::jsonb)
      as g(ref text, account_id bigint, name text, roles jsonb, language text, time_zone text)
    on conflict (ref) do update set name = excluded.name, roles = excluded.roles, locale = excluded.locale, zone = excluded.zone,
      updated_at = excluded.updated_at
    where (contact.name, contact.roles, contact.locale, contact.zone) is distinct from (excluded.name, excluded.roles, excluded.locale, excluded.zone)`;
  await tx`
    with given as (
      select c.id, a.address from jsonb_to_recordset(${given}::jsonb) as g(ref text, addresses jsonb)
      join contact c on c.ref = g.ref cross join jsonb_array_elements_text(g.addresses) as a(address)
    ), gone as (
      delete from contact_address x using contact c
      where c.id = x.contact_id and c.ref = any(${refs}::text[]) and not exists (select from given where given.id = x.contact_id and given.address = x.address)
    )
    insert into contact_address (contact_id, address) select id, address from given on conflict do nothing`;
}

async function writeServices(tx: SqlRunner, at: Date, listed: readonly Listed<Service>[]): Promise<void> {
  const [accounts, rows] = flat(listed);
  if (accounts.length === 0) return;
  const given = JSON.stringify(rows);
  const refs = rows.map(({ ref }) => ref);
  await tx`delete from service where account_id = any(${accounts}::bigint[]) and not ref = any(${refs}::text[])`;
  if (rows.length === 0) return;
  await tx`
    insert into service (ref, account_id, name, kind, order_number, location, rack, state, updated_at)
    select ref, account_id, name, kind, order_number, location, rack, state, ${at}
    from jsonb_to_recordset(${given}::jsonb)
      as g(ref text, account_id bigint, name text, kind text, order_number text, location text, rack text, state text)
    on conflict (ref) do update set name = excluded.name, kind = excluded.kind, order_number = excluded.order_number,
      location = excluded.location, rack = excluded.rack, state = excluded.state, updated_at = excluded.updated_at
    where (service.name, service.kind, service.order_number, service.location, service.rack, service.state)
      is distinct from (excluded.name, excluded.kind, excluded.order_number, excluded.location, excluded.rack, excluded.state)`;
  await tx`
    with given as (
      select s.id, n.network::cidr as network from jsonb_to_recordset(${given}::jsonb) as g(ref text, networks jsonb)
      join service s on s.ref = g.ref cross join jsonb_array_elements_text(g.networks) as n(network)
    ), gone as (
      delete from service_network x using service s
      where s.id = x.service_id and s.ref = any(${refs}::text[]) and not exists (select from given where given.id = x.service_id and given.network = x.network)
    )
    insert into service_network (service_id, network) select id, network from given on conflict do nothing`;
}

/** The accounts whose list was given, and all that the lists hold. */
function flat<T extends object>(listed: readonly Listed<T>[]): [number[], (T & { account_id: number })[]] {
  return [
    listed.map(({ account_id }) => account_id),
    listed.flatMap(({ account_id, list }) => list.map(one => ({ ...one, account_id }))),
  ];
}
