import type { Handle } from '../actor.ts';
import { platformName } from '../channel/index.ts';
import type { Act } from '../context.ts';
import { Refusal } from '../errors.ts';
import { mustSeeAccount, ownIdentities, trustIn, verdictOn } from '../identity/index.ts';
import { concerningText, dropCalendar, newCalendar } from '../notice/index.ts';
import {
  clockOf,
  type Destination,
  type NotificationType,
  notificationTypes,
  ownContact,
  readOwn,
} from '../preference/index.ts';
import { listSessions, type Session, type SessionView } from '../session/index.ts';
import { oneLine } from '../text/index.ts';

/** A place where somebody is told things. Names are untrusted, as plain text. */
export interface OwnPlace {
  readonly handleId: number;
  readonly label: string;
  readonly isMail: boolean;
  readonly state: Destination['state'];
}

/** Where things of one type go. */
export interface OwnRoute {
  readonly type: NotificationType;
  readonly places: readonly OwnPlace[];
  /** Linked chats that are not among them. */
  readonly others: readonly OwnPlace[];
}

/** Another identity of the same person. */
export interface OwnIdentity {
  readonly handleId: number;
  readonly label: string;
  readonly since: Date;
}

/** What somebody can set for themself. */
export interface OwnSettings {
  readonly routes: readonly OwnRoute[];
  /** Whether addresses may be changed now: this session has proved enough. */
  readonly mayChange: boolean;
  /** An address waits for its code. */
  readonly waits: boolean;
  readonly quiet: { readonly from: string; readonly to: string } | undefined;
  readonly zone: string;
  readonly locale: string;
  readonly hasCalendar: boolean;
  /** Calendars in mails are invitations. */
  readonly invites: boolean;
  readonly identities: readonly OwnIdentity[];
  readonly sessions: readonly (SessionView & { readonly isThis: boolean })[];
  /** Where they log in and prove who they are; undefined where the policy names no such place. */
  readonly area: string | undefined;
}

/** All that somebody can set, as it is now. */
export async function ownSettings(act: Act, owner: Handle, session: Session): Promise<OwnSettings> {
  const own = await readOwn(act, await ownContact(act, owner));
  const trust = await trustIn(act, owner.id);
  const identities = await ownIdentities(act, owner);
  const sessions = await listSessions(act, session.contactId);
  const [contact] = await act.tx<{ has: boolean }[]>`
    select feed_sha256 is not null as has from contact where id = ${session.contactId}`;
  const routes = notificationTypes.map(type => {
    const { destinations } = own.routes[type];
    const used = new Set(destinations.map(({ handleId }) => handleId));
    const others = own.chats.filter(({ handleId }) => !used.has(handleId)).map(placeOf);
    return { type, places: destinations.map(placeOf), others };
  });
  return {
    routes,
    mayChange: verdictOn(act.policy, 'change-addresses', trust) === 'allowed',
    waits: routes.some(({ places }) => places.some(({ state }) => state === 'unconfirmed')),
    quiet: own.quiet && { from: clockOf(own.quiet.from), to: clockOf(own.quiet.to) },
    zone: own.zone,
    locale: session.locale,
    hasCalendar: contact?.has ?? false,
    invites: own.invites,
    identities: (identities?.identities ?? []).map(({ handleId, channel, name, since }) => ({
      handleId,
      label: `${platformName(channel)}: ${oneLine(name, 60)}`,
      since,
    })),
    sessions: sessions.map(one => ({ ...one, isThis: one.id === session.id })),
    area: act.policy.trust.client_area?.replace('{ticket}', ''),
  };
}

function placeOf({ handleId, channel, name, state }: Destination): OwnPlace {
  const isMail = channel === 'email';
  return { handleId, label: isMail ? name : `${platformName(channel)}: ${name}`, isMail, state };
}

/** The secret address of a new calendar; the one before ends. It shows what concerns somebody: throws `Refusal` as `ownNotices`. */
export async function ownCalendar(act: Act, owner: Handle): Promise<string> {
  await mustSeeAccount(act, owner);
  return newCalendar(act, await ownContact(act, owner));
}

/** The address of the calendar does not work any more. */
export async function endCalendar(act: Act, owner: Handle): Promise<void> {
  await dropCalendar(act, await ownContact(act, owner));
}

/** What concerns somebody now and next, as CommonMark. Throws `Refusal` where the policy wants fresh proof. */
export async function ownNotices(act: Act, owner: Handle, { contactId }: Session): Promise<string> {
  await mustSeeAccount(act, owner);
  const [contact] = await act.tx<{ accountId: number }[]>`
    select account_id as "accountId" from contact where id = ${contactId}`;
  if (contact === undefined) throw new Refusal('notify-not-linked');
  return concerningText(act, { accountId: contact.accountId, contactId, locale: owner.locale });
}
