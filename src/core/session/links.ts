import type { Act } from '../context.ts';
import { audit } from '../identity/index.ts';
import { enqueue, ownPlace } from '../outbox/index.ts';
import { MAIL, mailHandle } from '../preference/index.ts';
import { oneLine, raw } from '../text/index.ts';
import type { LinkState, SignInWay } from './model.ts';
import { LINK_MS, LINKS } from './rules/limits.ts';
import { hashOf, newSecret } from './secret.ts';

/** One address may be on file for several contacts; each gets a link of their own. */
const CONTACTS = 5;

interface OnFile {
  readonly id: number;
  readonly account: string;
  readonly locale: string | null;
}

/**
 * Sends links to an address, if it is on file and the limits allow it. Says nothing of which it was. They work in the browser that asks, and
 * nowhere else: a link that was forwarded, or read on the way, is worth nothing.
 *
 * @param address in small letters
 * @param browser what the browser holds
 */
export async function mailLinks(act: Act, address: string, browser: string, locale: string): Promise<void> {
  const kept = hashOf('browser', browser);
  const { links } = act.files;
  if (kept === undefined || links === undefined || !act.channels.has(MAIL)) return;
  const contacts = await act.tx<OnFile[]>`
    select c.id, a.name as account, coalesce(p.locale, c.locale, a.locale) as locale
    from contact_address ca join contact c on c.id = ca.contact_id join account a on a.id = c.account_id
      left join preference p on p.contact_id = c.id
    where ca.address = ${address} and a.state <> 'closed'
    order by c.id limit ${CONTACTS} for no key update of c for key share of ca`;
  if (contacts.length === 0) return;
  // Askings for addresses that nobody has count for nothing: a stranger could use up what is for customers.
  const free = await isFree(act);
  await audit(act, { type: 'link-asked', ...(free ? {} : { code: 'limited' }) });
  if (!free) return;
  // They are locked before they are counted, so that of many askings at once each sees those before it.
  for (const contact of contacts) {
    if (await hasManyByMail(act, contact.id, kept)) continue;
    const link = await makeLink(act, contact.id, 'mail', { browser: kept, address });
    const { id: placeId } = await ownPlace(act, { id: await mailHandle(act, address), channel: MAIL });
    const args = {
      desk: act.policy.desk.name,
      account: oneLine(contact.account, 80),
      link: raw(`<${link}>`),
    };
    const content = {
      say: 'mail-sign-in',
      args,
      locale: act.phrases.match(contact.locale ?? locale),
      subject: 'mail-sign-in-subject',
      secret: true,
      until: new Date(act.at.getTime() + LINK_MS).toISOString(),
    } as const;
    enqueue(act, { placeId, role: 'customer', kind: 'post', class: 'reply', content });
  }
}

/** A link for a contact who is linked on a chat, for their eyes only; undefined where there is no page, and when too many were made. */
export async function chatLink(act: Act, contactId: number): Promise<string | undefined> {
  if (act.files.links === undefined) return undefined;
  await act.tx`select from contact where id = ${contactId} for no key update`;
  const [made] = await act.tx<{ times: number }[]>`
    select count(*)::int as times from sign_in
    where contact_id = ${contactId} and how = 'chat' and made_at > ${since(act.at, LINKS.chat.withinMs)}`;
  return (made?.times ?? 0) >= LINKS.chat.times
    ? undefined
    : makeLink(act, contactId, 'chat', { browser: null, address: null });
}

/** Whether a contact, who is locked, has as many links by mail as they may: in that browser, and in all. */
async function hasManyByMail(act: Act, contactId: number, browser: Buffer): Promise<boolean> {
  const [made] = await act.tx<{ here: number; times: number }[]>`
    select count(*) filter (where browser = ${browser}::bytea and made_at > ${since(act.at, LINKS.browser.withinMs)})::int as here,
      count(*)::int as times from sign_in
    where contact_id = ${contactId} and how = 'mail' and made_at > ${since(act.at, LINKS.mail.withinMs)}`;
  return (made?.here ?? 0) >= LINKS.browser.times || (made?.times ?? 0) >= LINKS.mail.times;
}

async function makeLink(
  act: Act,
  contactId: number,
  how: Extract<SignInWay, 'chat' | 'mail'>,
  { browser, address }: { readonly browser: Buffer | null; readonly address: string | null },
): Promise<string> {
  const secret = newSecret();
  const sha256 = hashOf('link', secret) ?? null;
  await act.tx`
    insert into sign_in (sha256, how, contact_id, browser, address, made_at, expires_at)
    values (${sha256}, ${how}, ${contactId}, ${browser}, ${address}, ${act.at}, ${new Date(act.at.getTime() + LINK_MS)})`;
  return `${act.files.links?.publicUrl}/me/in/${secret}`;
}

async function isFree(act: Act): Promise<boolean> {
  const [made] = await act.tx<{ times: number }[]>`
    select count(*)::int as times from sign_in where how = 'mail' and made_at > ${since(act.at, LINKS.all.withinMs)}`;
  return (made?.times ?? 0) < LINKS.all.times;
}

function since(at: Date, ms: number): Date {
  return new Date(at.getTime() - ms);
}

interface LinkRow {
  readonly contact: string;
  readonly account: string;
  readonly locale: string | null;
  readonly here: boolean;
}

/** What a link would do in this browser; nothing is changed. */
export async function seeLink(
  { tx, at, phrases }: Pick<Act, 'tx' | 'at' | 'phrases'>,
  token: string,
  browser: string,
): Promise<LinkState> {
  const [row] = await tx<LinkRow[]>`
    select c.name as contact, a.name as account, coalesce(p.locale, c.locale, a.locale) as locale,
      (s.browser is null or s.browser = ${hashOf('browser', browser) ?? null}::bytea) is true as here
    from sign_in s join contact c on c.id = s.contact_id join account a on a.id = c.account_id left join preference p on p.contact_id = c.id
    where s.sha256 = ${hashOf('link', token) ?? null}::bytea and s.how in ('chat', 'mail') and s.used_at is null and s.expires_at > ${at}
      and a.state <> 'closed'`;
  if (row === undefined) return { is: 'gone' };
  if (!row.here) return { is: 'elsewhere' };
  const { contact, account, locale } = row;
  return { is: 'ready', contact, account, locale: phrases.match(locale ?? undefined) };
}

/** Somebody who is to be signed in. */
export interface Taken {
  readonly contactId: number;
  readonly how: SignInWay;
  /** The address whose owner it is: with it the session ends. */
  readonly address: string | null;
  /** When it was proved from the client area. */
  readonly provedAt: Date | null;
}

/** Takes a link: of many at once one succeeds, in time, in the browser that asked for it. */
export async function takeLink(
  { tx, at }: Pick<Act, 'tx' | 'at'>,
  token: string,
  browser: string,
): Promise<Taken | undefined> {
  const [row] = await tx<Taken[]>`
    update sign_in s set used_at = ${at} from contact c join account a on a.id = c.account_id
    where s.sha256 = ${hashOf('link', token) ?? null}::bytea and s.how in ('chat', 'mail') and s.used_at is null and s.expires_at > ${at}
      and (s.browser is null or s.browser = ${hashOf('browser', browser) ?? null}::bytea) is true
      and c.id = s.contact_id and a.state <> 'closed'
    returning s.contact_id as "contactId", s.how, s.address, null as "provedAt"`;
  return row;
}

/**
 * Somebody else has vouched for a contact: the provider's client area. `token` is what they gave, which counts once, by what is signed of it: a signature can be
 * spelt in several ways.
 * Undefined for one that was taken before, and for a contact that is not there.
 */
export async function takeVoucher(
  { tx, at }: Pick<Act, 'tx' | 'at'>,
  { ref, how, token, expiresAt, agoMs }: Voucher,
): Promise<Taken | undefined> {
  const [row] = await tx<{ contactId: number }[]>`
    insert into sign_in (sha256, how, contact_id, made_at, expires_at, used_at)
    select ${hashOf('token', token.slice(0, token.lastIndexOf('.'))) ?? null}::bytea, ${how}, c.id, ${at}, ${expiresAt}, ${at}
    from contact c join account a on a.id = c.account_id where c.ref = ${ref} and a.state <> 'closed' on conflict do nothing
    returning contact_id as "contactId"`;
  const provedAt = agoMs === undefined ? null : new Date(at.getTime() - Math.max(0, agoMs));
  return row && { ...row, how, address: null, provedAt };
}

/** What somebody else says of who it is. */
export interface Voucher {
  /** The provider's key of the contact. */
  readonly ref: string;
  readonly how: Extract<SignInWay, 'client-area'>;
  readonly token: string;
  /** How long ago they have shown there who they are, in ms; undefined when nobody knows: then nothing is proved freshly. */
  readonly agoMs: number | undefined;
  /** Until then it must be known that it was taken. */
  readonly expiresAt: Date;
}
