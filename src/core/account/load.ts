import type { SqlRunner } from '../../../drizzle/database.ts';
import type { Account, AccountView, Contact, Service } from './model.ts';
import type { Holders } from './rules/clashes.ts';
import { readNetwork } from './rules/network.ts';

/** The accounts with these refs that there are, whole. */
export async function loadAccounts(
  run: SqlRunner,
  refs: readonly string[],
): Promise<Map<string, AccountView>> {
  const rows = await run<(Account & { contacts: Contact[]; services: Service[]; updated_at: Date })[]>`
    select a.ref, a.name, a.tier, a.locale as language, a.zone as time_zone, a.state, a.updated_at,
      coalesce((select json_agg(json_build_object('ref', c.ref, 'name', c.name, 'roles', c.roles, 'language', c.locale, 'time_zone', c.zone,
          'addresses', array(select address from contact_address where contact_id = c.id order by address collate "C")) order by c.ref collate "C")
        from contact c where c.account_id = a.id), '[]') as contacts,
      coalesce((select json_agg(json_build_object('ref', s.ref, 'name', s.name, 'kind', s.kind, 'order_number', s.order_number,
          'location', s.location, 'rack', s.rack, 'state', s.state,
          'networks', array(select network::text from service_network where service_id = s.id)) order by s.ref collate "C")
        from service s where s.account_id = a.id), '[]') as services
    from account a where a.ref = any(${refs as string[]}::text[])`;
  return new Map(rows.map(row => [row.ref, { ...row, services: row.services.map(written) }]));
}

/** PostgreSQL writes some IPv6 addresses in another way. */
function written(service: Service): Service {
  const networks = service.networks.map(network => {
    const reading = readNetwork(network);
    return 'value' in reading ? reading.value : network;
  });
  return { ...service, networks: networks.sort() };
}

/** Which accounts have these contacts and services. */
export async function loadHolders(
  run: SqlRunner,
  refs: Readonly<Record<'contacts' | 'services', readonly string[]>>,
): Promise<Holders> {
  const rows = await run<{ list: 'contacts' | 'services'; ref: string; account: string }[]>`
    select 'contacts' as list, c.ref, a.ref as account from contact c join account a on a.id = c.account_id
      where c.ref = any(${refs.contacts as string[]}::text[])
    union all
    select 'services', s.ref, a.ref from service s join account a on a.id = s.account_id
      where s.ref = any(${refs.services as string[]}::text[])`;
  const of = (list: string) =>
    new Map(rows.filter(row => row.list === list).map(row => [row.ref, row.account]));
  return { contacts: of('contacts'), services: of('services') };
}
