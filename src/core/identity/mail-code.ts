import { randomBytes } from 'node:crypto';
import type { Handle } from '../actor.ts';
import { platformName } from '../channel/index.ts';
import type { Act } from '../context.ts';
import { enqueue } from '../outbox/index.ts';
import { codeFrom, grouped } from '../rules/index.ts';
import { oneLine } from '../text/index.ts';
import { audit } from './audit.ts';
import { mailHashOf } from './hash.ts';
import { MAILS, PROOF_MS, since } from './rules/limits.ts';
import { MAIL_LENGTH } from './rules/offered.ts';

/** The channel that carries mail: a handle of it is an address. */
const MAIL = 'email';
/** One address may be on file for several contacts; each gets a code of their own. */
const CONTACTS = 5;

/** True when the desk sends mail, so that a code can be had by it. */
export function canMail(act: Pick<Act, 'channels'>): boolean {
  return act.channels.has(MAIL);
}

interface OnFile {
  readonly id: number;
  readonly account: string;
  readonly locale: string | null;
}

/**
 * Sends a code to an address, if it is on file and the limits allow it. Says nothing of which it was, and takes the same steps: nobody learns
 * from it whose addresses the provider has.
 */
export async function mailCode(act: Act, handle: Handle, address: string): Promise<void> {
  const free = await isFree(act, handle);
  await audit(act, { type: 'code-asked', handleId: handle.id, code: free ? undefined : 'limited' });
  const contacts = await act.tx<OnFile[]>`
    select c.id, a.name as account, coalesce(p.locale, c.locale, a.locale) as locale
    from contact_address ca join contact c on c.id = ca.contact_id join account a on a.id = c.account_id left join preference p on p.contact_id = c.id
    where ca.address = ${address} and ${free} and (
      select count(*) from proof where contact_id = c.id and how = 'mail' and made_at > ${since(act.at, MAILS.contact)}) < ${MAILS.contact.times}
    order by c.id limit ${CONTACTS} for no key update of c`;
  for (const contact of contacts.length > 0 ? contacts : [undefined])
    await send(act, handle, address, contact);
}

async function isFree(act: Act, handle: Handle): Promise<boolean> {
  const [made] = await act.tx<{ handle: number; all: number }[]>`
    select (select count(*) from identity_event where handle_id = ${handle.id} and type = 'code-asked'
        and at > ${since(act.at, MAILS.handle)})::int as handle,
      (select count(*) from identity_event where type = 'code-asked' and at > ${since(act.at, MAILS.all)})::int as all`;
  return (made?.handle ?? 0) < MAILS.handle.times && (made?.all ?? 0) < MAILS.all.times;
}

/** The same statements for an address that is on nobody's file, which then find nothing to do. */
async function send(act: Act, handle: Handle, address: string, to: OnFile | undefined): Promise<void> {
  const code = codeFrom(randomBytes(MAIL_LENGTH), MAIL_LENGTH);
  const contactId = to?.id ?? null;
  await act.tx`
    insert into proof (sha256, how, contact_id, channel, handle_id, made_at, expires_at)
    select ${mailHashOf(handle.id, code)}, 'mail', id, ${handle.channel}, ${handle.id}, ${act.at}, ${new Date(act.at.getTime() + PROOF_MS)}
    from contact where id = ${contactId}`;
  await act.tx`
    insert into handle (channel, space, external_id, name, seen_at)
    select ${MAIL}, '', ${address}, '', ${act.at} from contact where id = ${contactId} on conflict do nothing`;
  await act.tx`
    insert into place (channel, role, address, handle_id)
    select ${MAIL}, 'customer', ${address}, h.id from handle h, contact c
    where h.channel = ${MAIL} and h.space = '' and h.external_id = ${address} and c.id = ${contactId} on conflict do nothing`;
  const [place] = await act.tx<{ id: number }[]>`
    select p.id from place p, contact c where p.channel = ${MAIL} and p.address = ${address} and p.role = 'customer' and c.id = ${contactId}`;
  if (place === undefined || to === undefined) return;
  const args = {
    code: grouped(code),
    account: oneLine(to.account, 80),
    platform: platformName(handle.channel),
  };
  const locale = act.phrases.match(to.locale ?? handle.locale);
  const content = { say: 'mail-code', args, locale, secret: true } as const;
  enqueue(act, { placeId: place.id, role: 'customer', kind: 'post', class: 'reply', content });
}
