import type { SqlRunner } from '../../../drizzle/database.ts';
import type { Handle } from '../actor.ts';
import { type ChannelKind, type Sender, WEB } from '../channel/index.ts';
import type { Act, Context } from '../context.ts';
import { Refusal } from '../errors.ts';
import { audit } from './audit.ts';
import { departmentsOf, type Viewer } from './rules/sight.ts';
import { type Trust, trustAt, verdictOn } from './rules/trust.ts';

/** One identity of a contact. */
export interface Identity {
  readonly handleId: number;
  readonly channel: string;
  /** Untrusted text. */
  readonly name: string;
  readonly since: Date;
}

/** The contact that somebody is, and their identities, the one that asks first. */
export interface Own {
  readonly contact: string;
  readonly account: string;
  readonly identities: readonly Identity[];
}

/** Who somebody is to the desk; undefined for who is not linked. */
export async function ownIdentities(act: Act, owner: Handle): Promise<Own | undefined> {
  const [contact] = await act.tx<{ id: number; contact: string; account: string }[]>`
    select c.id, c.name as contact, a.name as account
    from link l join contact c on c.id = l.contact_id join account a on a.id = c.account_id where l.handle_id = ${owner.id}`;
  if (contact === undefined) return undefined;
  const identities = await act.tx<Identity[]>`
    select h.id as "handleId", h.channel, coalesce(nullif(h.name, ''), h.external_id) as name, l.linked_at as since
    from link l join handle h on h.id = l.handle_id where l.contact_id = ${contact.id} and h.channel <> ${WEB}
    order by h.id <> ${owner.id}, l.linked_at, h.id limit 20`;
  return { ...contact, identities };
}

/** How surely somebody is a contact, at this moment. */
export async function trustIn(act: Pick<Act, 'tx' | 'at'>, handleId: number): Promise<Trust> {
  const [link] = await act.tx<{ provedAt: Date | null }[]>`
    select proved_at as "provedAt" from link where handle_id = ${handleId}`;
  return trustAt(link, act.at);
}

/** The same, for a sender, known or not. */
export async function trustOf(
  ctx: Context,
  run: SqlRunner,
  channel: ChannelKind,
  { space, externalId }: Pick<Sender, 'space' | 'externalId'>,
): Promise<Trust> {
  const [link] = await run<{ provedAt: Date | null }[]>`
    select l.proved_at as "provedAt" from handle h join link l on l.handle_id = h.id
    where h.channel = ${channel} and h.space = ${space} and h.external_id = ${externalId}`;
  return trustAt(link, ctx.now());
}

/** Ends the link of one's own identity, or of another of the same contact. Returns the contact; undefined when it is none of theirs. */
export async function endLink(act: Act, owner: Handle, handleId: number): Promise<number | undefined> {
  const [ended] = await act.tx<{ contactId: number }[]>`
    delete from link where handle_id = ${handleId}
      and contact_id = (select contact_id from link where handle_id = ${owner.id}) returning contact_id as "contactId"`;
  if (ended === undefined) return undefined;
  const own = handleId === owner.id;
  await audit(act, {
    type: own ? 'unlinked' : 'revoked',
    handleId,
    contactId: ended.contactId,
    ...(own ? {} : { byHandleId: owner.id }),
  });
  return ended.contactId;
}

/** The same as `viewerOf`, for a sender; undefined for who is not known. */
export async function viewerNamed(
  ctx: Context,
  channel: ChannelKind,
  { space, externalId }: Pick<Sender, 'space' | 'externalId'>,
): Promise<Viewer | undefined> {
  const tx = ctx.database.sql;
  const [handle] = await tx<{ id: number }[]>`
    select id from handle where channel = ${channel} and space = ${space} and external_id = ${externalId}`;
  return handle && viewerOf({ tx, policy: ctx.policy, at: ctx.now() }, handle);
}

/** Throws `Refusal` for who is proved less surely than the policy asks of those who look at their account's data. */
export async function mustSeeAccount(
  act: Pick<Act, 'tx' | 'at' | 'policy'>,
  owner: Pick<Handle, 'id'>,
): Promise<void> {
  if (verdictOn(act.policy, 'see-account-data', await trustIn(act, owner.id)) !== 'allowed')
    throw new Refusal('proof-needed-fresh');
}

/** What somebody may see besides their own tickets: of their account, by its roles, while the policy lets them see its data. */
export async function viewerOf(
  act: Pick<Act, 'tx' | 'at' | 'policy'>,
  owner: Pick<Handle, 'id'>,
): Promise<Viewer> {
  const [link] = await act.tx<
    { contactId: number; accountId: number; roles: string[]; provedAt: Date | null }[]
  >`
    select c.id as "contactId", c.account_id as "accountId", c.roles, l.proved_at as "provedAt"
    from link l join contact c on c.id = l.contact_id where l.handle_id = ${owner.id}`;
  const trust = trustAt(link, act.at);
  if (link === undefined || verdictOn(act.policy, 'see-account-data', trust) !== 'allowed')
    return { handleId: owner.id, contactId: null, accountId: null, departments: [] };
  return {
    handleId: owner.id,
    contactId: link.contactId,
    accountId: link.accountId,
    departments: departmentsOf(act.policy, link.roles),
  };
}
