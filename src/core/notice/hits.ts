import type { SqlRunner } from '../../../drizzle/database.ts';
import type { NoticeObject } from './model.ts';

/**
 * As a table expression: the accounts that objects concern, with the service by which (null for `all`) and the place of the object in the
 * list. Services that have ended and accounts that are closed are nobody's any more. An account that is named itself is concerned by that alone, in
 * those of its services that the others concern, or in all of them.
 */
export function hitsOf(run: SqlRunner, objects: readonly NoticeObject[]) {
  return hits(run, objects, objects.some(isAccount) ? namedOrOther(run) : otherwise(run));
}

/** The same for objects that are not said together: each by itself, an account in all that it has. */
function matchesOf(run: SqlRunner, objects: readonly NoticeObject[]) {
  return hits(
    run,
    objects,
    objects.some(isAccount) ? run`${otherwise(run)} union all ${wholeAccounts(run)}` : otherwise(run),
  );
}

const isAccount = ({ type }: NoticeObject): boolean => type === 'account';

function hits(run: SqlRunner, objects: readonly NoticeObject[], which: ReturnType<typeof otherwise>) {
  const listed = JSON.stringify(objects.map(({ type, value }, object) => ({ object, type, value })));
  const of = (type: NoticeObject['type']) => run`from listed o join service s on o.type = ${type}`;
  return run`(
    with listed as (
      select object, type, value, case when type = 'network' then value::inet end as network
      from jsonb_to_recordset(${listed}::jsonb) as o(object smallint, type text, value text)
    ), found as (
      select o.object, s.id ${of('location')} and lower(s.location) = lower(o.value)
      union select o.object, s.id ${of('rack')} and lower(s.rack) = lower(o.value)
      union select o.object, s.id ${of('rack')} and lower(s.location || '/' || s.rack) = lower(o.value)
      union select o.object, s.id ${of('product')} and lower(s.kind) = lower(o.value)
      union select o.object, s.id ${of('order')} and s.order_number = o.value
      union select o.object, s.id ${of('service')} and s.ref = o.value
      union select o.object, n.service_id from listed o join service_network n on o.type = 'network' and n.network && o.network
    )${which}
  )`;
}

/** Concerned by what is theirs, or by being there. */
function otherwise(run: SqlRunner) {
  return run`
    select f.object, s.account_id, s.id as service_id from found f join service s on s.id = f.id and s.state <> 'ended'
      join account a on a.id = s.account_id and a.state <> 'closed'
    union all
    select o.object, a.id, null from listed o join account a on o.type = 'all' and a.state <> 'closed'`;
}

/** Accounts that are named, with all that they have. */
function wholeAccounts(run: SqlRunner) {
  return run`
    select o.object, a.id, s.id from listed o join account a on o.type = 'account' and a.ref = o.value and a.state <> 'closed'
      left join service s on s.account_id = a.id and s.state <> 'ended'`;
}

/** Those that are named themselves by that, and all others as otherwise. */
function namedOrOther(run: SqlRunner) {
  return run`, other as (${otherwise(run)}
    ), whole (object, account_id, service_id) as (${wholeAccounts(run)}
    ), here as (
      select distinct account_id, service_id from other where account_id in (select account_id from whole)
    )
    select object, account_id, service_id from other where account_id not in (select account_id from whole)
    union all
    select named.object, here.account_id, here.service_id from (select distinct object, account_id from whole) named join here using (account_id)
    union all
    select object, account_id, service_id from whole where account_id not in (select account_id from here)`;
}

/** How many services and accounts each object concerns by itself, as if the others were not said; in their order. */
export function countHits(run: SqlRunner, objects: readonly NoticeObject[]): ReturnType<typeof countIn> {
  return countIn(run, matchesOf(run, objects), objects);
}

/** How many services and accounts each object concerns in a table of hits; in their order. */
export async function countIn(
  run: SqlRunner,
  hit: ReturnType<typeof hitsOf>,
  objects: readonly NoticeObject[],
): Promise<readonly { readonly services: number; readonly accounts: number }[]> {
  const rows = await run<{ object: number; services: number; accounts: number }[]>`
    select object, count(service_id)::int as services, count(distinct account_id)::int as accounts from ${hit} hit group by object`;
  const by = new Map(rows.map(({ object, ...counts }) => [object, counts]));
  return [...objects.keys()].map(index => by.get(index) ?? { services: 0, accounts: 0 });
}

/** The places in the list of the objects that concern nobody. */
export async function matchingNobody(
  run: SqlRunner,
  objects: readonly NoticeObject[],
): Promise<readonly number[]> {
  const counts = await countHits(run, objects);
  return counts.flatMap(({ accounts }, index) => (accounts === 0 ? [index] : []));
}

/** The places in the list of those that share a service with any of the objects. */
export async function sharingServices(
  run: SqlRunner,
  objects: readonly NoticeObject[],
  others: readonly (readonly NoticeObject[])[],
): Promise<readonly number[]> {
  const flat = others.flatMap((list, owner) => list.map(object => ({ owner, object })));
  const rows = await run<{ object: number }[]>`
    select distinct theirs.object from ${matchesOf(
      run,
      flat.map(({ object }) => object),
    )} theirs where theirs.service_id in (select service_id from ${matchesOf(run, objects)} mine)`;
  return [...new Set(rows.flatMap(({ object }) => flat[object]?.owner ?? []))].toSorted((a, b) => a - b);
}
