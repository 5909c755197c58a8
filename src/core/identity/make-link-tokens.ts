import { randomBytes } from 'node:crypto';
import type { ChannelKind } from '../channel/index.ts';
import { type Act, type Context, transact } from '../context.ts';
import { codeFrom, grouped } from '../rules/index.ts';
import { hashOf } from './hash.ts';
import { PROOF_MS, since, TOKENS } from './rules/limits.ts';
import { STRONG_LENGTH } from './rules/offered.ts';

/** The way to prove on one channel: a link to open, or a code with the command it is for. */
export type LinkToken =
  | { readonly channel: ChannelKind; readonly url: string }
  | { readonly channel: ChannelKind; readonly code: string; readonly command: string };

/** One-time links and codes for a contact, or why there are none. */
export type LinkTokens =
  | { readonly ok: true; readonly expiresAt: Date; readonly tokens: readonly LinkToken[] }
  | { readonly ok: false; readonly why: 'no-such-contact' | 'no-such-ticket' | 'too-many' };

/** What the tokens are made for, and by which API key. */
export interface TokenOptions {
  /** The number of the ticket that wants proof; it must be nobody's yet, or of the contact's account. */
  readonly ticket?: number;
  readonly keyId?: number;
}

/**
 * Makes the links and codes with which a contact, who has just logged in to the provider's own site, proves on each channel who they
 * are. Each works once, for 10 minutes, on its channel only. Only hashes are kept: what is returned cannot be had again.
 *
 * @param ref the provider's key of the contact
 */
export function makeLinkTokens(ctx: Context, ref: string, options: TokenOptions = {}): Promise<LinkTokens> {
  return transact(ctx, { type: 'system' }, async act => {
    const [contact] = await act.tx<{ id: number; accountId: number }[]>`
      select id, account_id as "accountId" from contact where ref = ${ref} for no key update`;
    if (contact === undefined) return { ok: false, why: 'no-such-contact' };
    if (options.ticket !== undefined && !(await mayName(act, contact.accountId, options.ticket)))
      return { ok: false, why: 'no-such-ticket' };
    if (await isTooMany(act, contact.id)) return { ok: false, why: 'too-many' };
    const expiresAt = new Date(act.at.getTime() + PROOF_MS);
    const tokens: LinkToken[] = [];
    for (const { kind, limits, startLink } of act.channels.values()) {
      // Nobody types a code where there are no commands.
      if (startLink === undefined && (limits.forms === 'none' || limits.way === 'chat')) continue;
      const { secret, token } = fresh(kind, startLink);
      await keep(act, { contactId: contact.id, channel: kind, secret, expiresAt, ...options });
      tokens.push(token);
    }
    return { ok: true, expiresAt, tokens };
  });
}

function fresh(
  channel: ChannelKind,
  startLink: ((token: string) => string | undefined) | undefined,
): { readonly secret: string; readonly token: LinkToken } {
  const token = randomBytes(32).toString('base64url');
  const url = startLink?.(token);
  if (url !== undefined) return { secret: token, token: { channel, url } };
  const code = codeFrom(randomBytes(STRONG_LENGTH), STRONG_LENGTH);
  return { secret: code, token: { channel, code: grouped(code), command: `/ticket link ${grouped(code)}` } };
}

/** To the provider's site too a ticket of another account is one that does not exist. */
async function mayName(act: Act, accountId: number, ticket: number): Promise<boolean> {
  if (!Number.isSafeInteger(ticket) || ticket < 1) return false;
  const found = await act.tx`
    select from ticket where id = ${ticket} and state <> 'closed' and (account_id is null or account_id = ${accountId})`;
  return found.count > 0;
}

async function isTooMany(act: Act, contactId: number): Promise<boolean> {
  const [made] = await act.tx<{ contact: number; all: number }[]>`
    select (select count(*) from proof where contact_id = ${contactId} and how = 'client-area'
        and made_at > ${since(act.at, TOKENS.contact)})::int as contact,
      (select count(*) from identity_event where type = 'token-made' and at > ${since(act.at, TOKENS.all)})::int as all`;
  return (made?.contact ?? 0) >= TOKENS.contact.times || (made?.all ?? 0) >= TOKENS.all.times;
}

interface Kept extends TokenOptions {
  readonly contactId: number;
  readonly channel: ChannelKind;
  readonly secret: string;
  readonly expiresAt: Date;
}

async function keep(act: Act, { contactId, channel, secret, expiresAt, ticket, keyId }: Kept): Promise<void> {
  await act.tx`
    with made as (
      insert into proof (sha256, how, contact_id, channel, ticket_id, made_at, expires_at)
      values (${hashOf(secret)}, 'client-area', ${contactId}, ${channel}, ${ticket ?? null}, ${act.at}, ${expiresAt})
      returning id
    )
    insert into identity_event (type, contact_id, ticket_id, proof_id, by_key_id, at)
    select 'token-made', ${contactId}, ${ticket ?? null}, id, ${keyId ?? null}, ${act.at} from made`;
}
