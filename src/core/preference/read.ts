import type { SqlRunner } from '../../../drizzle/database.ts';
import { WEB } from '../channel/index.ts';
import type { Context } from '../context.ts';
import { oneLine } from '../text/index.ts';
import {
  type Destination,
  type DestinationState,
  MAIL,
  type NotificationType,
  notificationTypes,
  type Preferences,
  type Quiet,
  type Route,
} from './model.ts';
import { directRoute, type Places, routeOf } from './rules/route.ts';

interface ContactRow {
  readonly id: number;
  readonly ref: string;
  readonly name: string;
  readonly roles: readonly string[];
  readonly locale: string | null;
  readonly zone: string | null;
  readonly ownLocale: string | null;
  readonly ownZone: string | null;
  readonly quietFrom: number | null;
  readonly quietTo: number | null;
  readonly invites: boolean | null;
}

/** How a contact wants to be told; undefined when there is none with that id. */
export async function readPreferences(
  ctx: Context,
  run: SqlRunner,
  contactId: number,
): Promise<Preferences | undefined> {
  const row = await contactOf(run, contactId);
  if (row === undefined) return undefined;
  const places = await placesOf(ctx, run, row);
  const routes = notificationTypes.map(type => [type, routeOf(type, places(type))] as const);
  return { ...factsOf(ctx, row), routes: Object.fromEntries(routes) as Preferences['routes'] };
}

/** The same for one type, where it is this very contact that is to be told. */
export async function readDirect(
  ctx: Context,
  run: SqlRunner,
  contactId: number,
  type: NotificationType,
): Promise<(Omit<Preferences, 'routes'> & Route) | undefined> {
  const row = await contactOf(run, contactId);
  if (row === undefined) return undefined;
  const places = await placesOf(ctx, run, row);
  return { ...factsOf(ctx, row), ...directRoute(type, places(type)) };
}

/** The zone in which a contact reads times; undefined when there is no such contact. */
export async function readZone(ctx: Context, run: SqlRunner, contactId: number): Promise<string | undefined> {
  const row = await contactOf(run, contactId);
  return row && factsOf(ctx, row).zone;
}

async function contactOf(run: SqlRunner, contactId: number): Promise<ContactRow | undefined> {
  const rows = await run<ContactRow[]>`
    select c.id, c.ref, c.name, c.roles, coalesce(c.locale, a.locale) as locale, coalesce(c.zone, a.zone) as zone,
      p.locale as "ownLocale", p.zone as "ownZone", p.quiet_from as "quietFrom", p.quiet_to as "quietTo", p.invites
    from contact c join account a on a.id = c.account_id left join preference p on p.contact_id = c.id where c.id = ${contactId}`;
  return rows[0];
}

function factsOf(ctx: Context, row: ContactRow): Omit<Preferences, 'routes'> {
  const { desk } = ctx.policy;
  return {
    contactId: row.id,
    ref: row.ref,
    name: row.name,
    roles: row.roles,
    locale: ctx.phrases.match(row.ownLocale ?? row.locale ?? desk.language),
    zone: row.ownZone ?? row.zone ?? desk.zone,
    own: { locale: row.ownLocale, zone: row.ownZone },
    quiet: quietOf(row),
    invites: row.invites ?? false,
  };
}

function quietOf({ quietFrom, quietTo }: ContactRow): Quiet | undefined {
  return quietFrom === null || quietTo === null ? undefined : { from: quietFrom, to: quietTo };
}

interface HandleRow {
  readonly handleId: number;
  readonly channel: string;
  readonly externalId: string;
  readonly name: string;
  readonly filed: boolean;
  readonly confirmed: boolean;
  readonly linked: boolean;
  readonly gone: boolean;
}

/** The contact's places by type. What stands in a route and is not, or no longer, the contact's own is passed over. */
async function placesOf(
  ctx: Context,
  run: SqlRunner,
  { id, roles }: ContactRow,
): Promise<(type: NotificationType) => Places> {
  const rows = await handlesOf(run, id);
  const chosen = await run<{ type: NotificationType; handles: number[] }[]>`
    select type, handles from route where contact_id = ${id}`;
  const all = new Map(rows.map(row => [row.handleId, destinationOf(ctx, row)]));
  const known = rows.filter(row => row.filed || row.linked).map(row => all.get(row.handleId) as Destination);
  return type => ({
    roles,
    known,
    chosen: chosen
      .find(one => one.type === type)
      ?.handles.map(handle => all.get(Number(handle)))
      .filter(one => one !== undefined),
  });
}

/** The contact's linked chats. */
export async function readChats(
  ctx: Context,
  run: SqlRunner,
  contactId: number,
): Promise<readonly Destination[]> {
  const rows = await handlesOf(run, contactId);
  return rows.filter(({ linked, channel }) => linked && channel !== MAIL).map(row => destinationOf(ctx, row));
}

/** Mail first, by address; then chats, by when they were linked. An address is reached in all its conversations or in none. */
async function handlesOf(run: SqlRunner, contactId: number): Promise<HandleRow[]> {
  return run<HandleRow[]>`
    with mine as (
      select h.id, true as filed, false as linked, null::timestamptz as since from contact_address ca
        join handle h on h.channel = ${MAIL} and h.space = '' and h.external_id = ca.address where ca.contact_id = ${contactId}
      union all select handle_id, false, true, linked_at from link where contact_id = ${contactId}
      union all select unnest(handles), false, false, null from route where contact_id = ${contactId}
    )
    select h.id as "handleId", h.channel, h.external_id as "externalId", h.name, bool_or(mine.filed) as filed, bool_or(mine.linked) as linked,
      exists (select from confirmed_address where contact_id = ${contactId} and handle_id = h.id) as confirmed,
      exists (select from place p where p.handle_id = h.id and p.role = 'customer' and p.gone is not null
        and (h.channel = ${MAIL} or p.ticket_id is null)) as gone
    from mine join handle h on h.id = mine.id where h.channel <> ${WEB} group by h.id
    order by h.channel <> ${MAIL}, min(mine.since), h.external_id, h.id`;
}

function destinationOf(ctx: Context, row: HandleRow): Destination {
  const { handleId, channel, externalId } = row;
  const name = channel === MAIL ? externalId : oneLine(row.name || externalId, 60);
  return { handleId, channel, externalId, name, state: stateOf(ctx, row) };
}

function stateOf(ctx: Context, row: HandleRow): DestinationState {
  const isMail = row.channel === MAIL;
  if (isMail && !row.filed && !row.confirmed) return 'unconfirmed';
  if (!isMail && !row.linked) return 'unlinked';
  if (row.gone) return 'gone';
  return ctx.channels.has(row.channel) ? 'ready' : 'off';
}

/** Makes the handles of the addresses on file, so that they can be told something. */
export async function meetAddresses(run: SqlRunner, contactIds: readonly number[], at: Date): Promise<void> {
  await run`
    insert into handle (channel, space, external_id, name, seen_at)
    select distinct ${MAIL}, '', address, '', ${at}::timestamptz from contact_address ca
    where contact_id = any(${[...contactIds]}::bigint[])
      and not exists (select from handle where channel = ${MAIL} and space = '' and external_id = ca.address)
    order by address on conflict do nothing`;
}

/** The contact behind a handle; undefined when it is not linked. */
export async function contactBehind(run: SqlRunner, handleId: number): Promise<number | undefined> {
  const rows = await run<{ contactId: number }[]>`
    select contact_id as "contactId" from link where handle_id = ${handleId}`;
  return rows[0]?.contactId;
}
