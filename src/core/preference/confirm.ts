import { createHash, randomBytes } from 'node:crypto';
import type { SqlRunner } from '../../../drizzle/database.ts';
import { type Act, type Context, transact } from '../context.ts';
import { Refusal } from '../errors.ts';
import { enqueue } from '../outbox/index.ts';
import { codeFrom, codeIn, grouped } from '../rules/index.ts';
import { raw } from '../text/index.ts';
import { MAIL } from './model.ts';
import { readPreferences } from './read.ts';
import { CODE_MS, CODES, since, WRONG } from './rules/limits.ts';

/** Characters of a code: 80 bits, so that whoever has none can only have it from the mail. */
const CODE_LENGTH = 16;

/** The handle of a mail address (in small letters), made when nobody has met it. */
export async function mailHandle(act: Act, address: string): Promise<number> {
  const [row] = await act.tx<{ id: number }[]>`
    insert into handle (channel, space, external_id, name, seen_at) values (${MAIL}, '', ${address}, '', ${act.at})
    on conflict (channel, space, external_id) do update set seen_at = handle.seen_at returning id`;
  return (row as { id: number }).id;
}

/** Whether the address is the contact's already: on file, or confirmed before. */
export async function isConfirmed(act: Act, contactId: number, handleId: number): Promise<boolean> {
  const rows = await act.tx`
    select from confirmed_address where contact_id = ${contactId} and handle_id = ${handleId}
    union all select from contact_address ca join handle h on h.channel = ${MAIL} and h.space = '' and h.external_id = ca.address
      where ca.contact_id = ${contactId} and h.id = ${handleId}`;
  return rows.count > 0;
}

/**
 * Sends a code to an address, with which it is confirmed. An earlier one for the same address ends. Nothing but this goes there until then.
 * Throws `Refusal` when too many were asked for. Call it with the contact locked.
 */
export async function sendCode(act: Act, contactId: number, handleId: number): Promise<void> {
  if (!act.channels.has(MAIL)) throw new Refusal('notify-no-mail');
  const [made] = await act.tx<{ contact: number; address: number }[]>`
    select (select count(*) from confirmation where contact_id = ${contactId} and made_at > ${since(act.at, CODES.contact)})::int as contact,
      (select count(*) from confirmation where handle_id = ${handleId} and made_at > ${since(act.at, CODES.address)})::int as address`;
  if ((made?.contact ?? 0) >= CODES.contact.times || (made?.address ?? 0) >= CODES.address.times)
    throw new Refusal('notify-too-often');
  await act.tx`
    update confirmation set expires_at = ${act.at} where contact_id = ${contactId} and handle_id = ${handleId} and used_at is null
      and expires_at > ${act.at}`;
  const code = codeFrom(randomBytes(CODE_LENGTH), CODE_LENGTH);
  await act.tx`
    insert into confirmation (contact_id, handle_id, sha256, made_at, expires_at)
    values (${contactId}, ${handleId}, ${hashOf(code)}, ${act.at}, ${new Date(act.at.getTime() + CODE_MS)})`;
  await mailCode(act, contactId, handleId, code);
}

async function mailCode(act: Act, contactId: number, handleId: number, code: string): Promise<void> {
  const preferences = await readPreferences(act, act.tx, contactId);
  const locale = preferences?.locale ?? act.policy.desk.language;
  const url = act.files.links?.publicUrl;
  const args = { code: grouped(code), desk: act.policy.desk.name };
  const content =
    url === undefined
      ? ({ say: 'mail-confirm', args, locale, subject: 'mail-confirm-subject', secret: true } as const)
      : ({
          say: 'mail-confirm-link',
          args: { ...args, link: raw(`<${url}/confirm/${grouped(code)}>`) },
          locale,
          subject: 'mail-confirm-link-subject',
          secret: true,
        } as const);
  enqueue(act, {
    placeId: await mailbox(act, handleId),
    role: 'customer',
    kind: 'post',
    class: 'reply',
    content,
  });
}

/** The mailbox itself, apart from the conversations of tickets. One that was given up is tried anew: its owner says that it is theirs. */
async function mailbox(act: Act, handleId: number): Promise<number> {
  const [known] = await act.tx<{ id: number }[]>`
    update place set gone = null where id = (
      select id from place where handle_id = ${handleId} and role = 'customer' and ticket_id is null order by address is null, id limit 1)
    returning id`;
  if (known !== undefined) return known.id;
  const [made] = await act.tx<{ id: number }[]>`
    insert into place (channel, role, handle_id) values (${MAIL}, 'customer', ${handleId}) returning id`;
  return (made as { id: number }).id;
}

/** What a code confirmed. */
export interface Confirmed {
  readonly contactId: number;
  readonly address: string;
  readonly locale: string;
}

/**
 * A code that somebody typed. Of many at once one succeeds. Undefined for every other text, whatever is wrong with it: unknown, used, too old,
 * of somebody else, or one too many.
 */
export async function confirmTyped(
  act: Act,
  contactId: number,
  typed: string,
): Promise<Confirmed | undefined> {
  await act.tx`select from contact where id = ${contactId} for no key update`;
  const [wrong] = await act.tx<{ times: number }[]>`
    select count(*)::int as times from wrong_code where contact_id = ${contactId} and at > ${since(act.at, WRONG)}`;
  const code = (wrong?.times ?? 0) < WRONG.times ? codeIn(typed, [CODE_LENGTH]) : undefined;
  const done = code === undefined ? undefined : await use(act, code, contactId);
  if (done === undefined)
    await act.tx`insert into wrong_code (contact_id, at) values (${contactId}, ${act.at})`;
  return done;
}

/** The link of such a mail was followed and its button pressed: whoever can do that reads the mailbox. */
export async function confirmLinked(ctx: Context, token: string): Promise<Confirmed | undefined> {
  const code = codeIn(token, [CODE_LENGTH]);
  if (code === undefined) return undefined;
  return transact(ctx, { type: 'system' }, act => use(act, code));
}

/** Whether the link of a mail works now; nothing is changed. */
export async function seeLinked(ctx: Context, token: string): Promise<Confirmed | undefined> {
  const code = codeIn(token, [CODE_LENGTH]);
  if (code === undefined) return undefined;
  const [row] = await ctx.database.sql<{ contactId: number; address: string }[]>`
    select c.contact_id as "contactId", h.external_id as address from confirmation c join handle h on h.id = c.handle_id
    where c.sha256 = ${hashOf(code)} and c.used_at is null and c.expires_at > ${ctx.now()}`;
  return row && { ...row, locale: await localeOf(ctx, ctx.database.sql, row.contactId) };
}

async function use(act: Act, code: string, contactId?: number): Promise<Confirmed | undefined> {
  const [row] = await act.tx<{ contactId: number; handleId: number; address: string }[]>`
    update confirmation c set used_at = ${act.at} from handle h
    where c.sha256 = ${hashOf(code)} and c.used_at is null and c.expires_at > ${act.at} and h.id = c.handle_id
      and (${contactId === undefined} or c.contact_id = ${contactId ?? null}::bigint)
    returning c.contact_id as "contactId", c.handle_id as "handleId", h.external_id as address`;
  if (row === undefined) return undefined;
  await act.tx`
    insert into confirmed_address (contact_id, handle_id, confirmed_at) values (${row.contactId}, ${row.handleId}, ${act.at})
    on conflict do nothing`;
  // It was written to, and read: whatever was thought of it before.
  await act.tx`update place set gone = null where handle_id = ${row.handleId} and gone is not null`;
  return {
    contactId: row.contactId,
    address: row.address,
    locale: await localeOf(act, act.tx, row.contactId),
  };
}

async function localeOf(ctx: Context, run: SqlRunner, contactId: number): Promise<string> {
  const found = await readPreferences(ctx, run, contactId);
  return found?.locale ?? ctx.policy.desk.language;
}

/** Of 80 random bits a fast hash is enough: there is nothing to guess. */
function hashOf(code: string): Uint8Array {
  return createHash('sha256').update(`confirm:v1:${code}`).digest();
}
