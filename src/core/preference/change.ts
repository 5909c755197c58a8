import type { Act } from '../context.ts';
import { Refusal } from '../errors.ts';
import type { Destination, NotificationType, Quiet, Route } from './model.ts';
import { meetAddresses, readPreferences } from './read.ts';
import { DESTINATIONS } from './rules/limits.ts';
import { isRefusable } from './rules/types.ts';

/** Locks the contact, so that of two changes at once each sees the other. */
export async function lockContact(act: Act, contactId: number): Promise<void> {
  await act.tx`select from contact where id = ${contactId} for no key update`;
}

/** Puts the destination first. What was a default until now is the contact's choice from then on. */
export async function putFirst(
  act: Act,
  contactId: number,
  type: NotificationType,
  handleId: number,
): Promise<Destination> {
  const { one, rest } = await pick(act, contactId, type, handleId);
  await writeRoute(act, contactId, type, [one.handleId, ...rest]);
  return one;
}

/** Takes the destination away. Throws `Refusal` for the last one of what must arrive. */
export async function removeDestination(
  act: Act,
  contactId: number,
  type: NotificationType,
  handleId: number,
): Promise<Destination> {
  const { one, rest } = await pick(act, contactId, type, handleId);
  if (rest.length === 0 && !isRefusable(type)) throw new Refusal('notify-last');
  await writeRoute(act, contactId, type, rest);
  return one;
}

/** Puts a destination before those that are there. */
export async function addDestination(
  act: Act,
  contactId: number,
  type: NotificationType,
  handleId: number,
): Promise<void> {
  const { destinations } = await routeIn(act, contactId, type);
  const others = destinations.map(one => one.handleId).filter(id => id !== handleId);
  if (others.length >= DESTINATIONS) throw new Refusal('notify-too-many', { max: DESTINATIONS });
  await writeRoute(act, contactId, type, [handleId, ...others]);
}

/** Writes down where things of a type go. */
export async function writeRoute(
  act: Act,
  contactId: number,
  type: NotificationType,
  handles: readonly number[],
): Promise<void> {
  await act.tx`
    insert into route (contact_id, type, handles, updated_at) values (${contactId}, ${type}, ${[...handles]}::bigint[], ${act.at})
    on conflict (contact_id, type) do update set handles = excluded.handles, updated_at = excluded.updated_at`;
}

/** What of a contact's wishes changes; absent stays as it is, null follows the account (or is no quiet at all). */
export interface Wishes {
  readonly locale?: string | null;
  readonly zone?: string | null;
  readonly quiet?: Quiet | null;
  readonly invites?: boolean;
}

/** Changes language, zone, quiet hours or how calendars come. */
export async function setWishes(
  act: Act,
  contactId: number,
  { locale, zone, quiet, invites }: Wishes,
): Promise<void> {
  await act.tx`
    insert into preference (contact_id, locale, zone, quiet_from, quiet_to, invites, updated_at)
    values (${contactId}, ${locale ?? null}, ${zone ?? null}, ${quiet?.from ?? null}, ${quiet?.to ?? null}, ${invites ?? false}, ${act.at})
    on conflict (contact_id) do update set
      locale = case when ${locale !== undefined} then excluded.locale else preference.locale end,
      zone = case when ${zone !== undefined} then excluded.zone else preference.zone end,
      quiet_from = case when ${quiet !== undefined} then excluded.quiet_from else preference.quiet_from end,
      quiet_to = case when ${quiet !== undefined} then excluded.quiet_to else preference.quiet_to end,
      invites = case when ${invites !== undefined} then excluded.invites else preference.invites end,
      updated_at = excluded.updated_at`;
}

async function routeIn(act: Act, contactId: number, type: NotificationType): Promise<Route> {
  await lockContact(act, contactId);
  await meetAddresses(act.tx, [contactId], act.at);
  const preferences = await readPreferences(act, act.tx, contactId);
  if (preferences === undefined) throw new Refusal('notify-not-linked');
  return preferences.routes[type];
}

async function pick(act: Act, contactId: number, type: NotificationType, handleId: number) {
  const { destinations } = await routeIn(act, contactId, type);
  const one = destinations.find(each => each.handleId === handleId);
  if (one === undefined) throw new Refusal('notify-no-such');
  return { one, rest: destinations.filter(each => each !== one).map(each => each.handleId) };
}
