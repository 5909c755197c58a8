import type { SqlRunner } from '../../../drizzle/database.ts';
import { WEB } from '../channel/index.ts';
import type { Act, Context } from '../context.ts';
import { audit } from '../identity/index.ts';
import { oneLine } from '../text/index.ts';
import type { Session, SessionView, SignInWay } from './model.ts';
import { IDLE_MS, SEEN_MS, SESSIONS, WHOLE_MS } from './rules/limits.ts';
import { hashOf, newSecret } from './secret.ts';

/** Longest word of a browser about itself that is kept. */
const AGENT = 160;

/** Begins a session of a contact. Returns what the browser is to hold; it cannot be had again. */
export async function beginSession(
  act: Act,
  { contactId, how }: { readonly contactId: number; readonly how: SignInWay },
  agent: string,
): Promise<string> {
  const strong = how === 'client-area';
  const handleId = await ownHandle(act, contactId);
  const secret = newSecret();
  await act.tx`
    insert into session (sha256, contact_id, how, proved_at, agent, made_at, seen_at, expires_at)
    values (${hashOf('session', secret) ?? null}, ${contactId}, ${how}, ${strong ? act.at : null}, ${oneLine(agent, AGENT)}, ${act.at}, ${act.at},
      ${new Date(act.at.getTime() + IDLE_MS)})`;
  await act.tx`
    delete from session where contact_id = ${contactId} and id not in (
      select id from session where contact_id = ${contactId} order by seen_at desc, id desc limit ${SESSIONS})`;
  await audit(act, { type: 'signed-in', handleId, contactId, code: how });
  return secret;
}

/** The handle of a contact's own page, linked to them. */
async function ownHandle(act: Act, contactId: number): Promise<number> {
  const [handle] = await act.tx<{ id: number }[]>`
    insert into handle (channel, space, external_id, name, seen_at)
    select ${WEB}, '', ref, left(name, 80), ${act.at} from contact where id = ${contactId}
    on conflict (channel, space, external_id) do update set name = excluded.name, seen_at = excluded.seen_at returning id`;
  if (handle === undefined) throw new Error('the contact is gone');
  await act.tx`
    insert into link (handle_id, contact_id, how, linked_at) values (${handle.id}, ${contactId}, 'session', ${act.at})
    on conflict (handle_id) do update set contact_id = excluded.contact_id`;
  return handle.id;
}

/**
 * Who holds that secret; undefined for every other text, and for a session that has ended.
 *
 * @param language of the browser, in which is spoken to a contact of whom none is known
 */
export async function findSession(
  ctx: Context,
  secret: string,
  language?: string,
): Promise<Session | undefined> {
  const sha256 = hashOf('session', secret);
  if (sha256 === undefined) return undefined;
  const { sql } = ctx.database;
  const now = ctx.now();
  const [row] = await sql<(Omit<Session, 'locale' | 'zone'> & SessionRow)[]>`
    select s.id, s.contact_id as "contactId", s.how, s.proved_at as "provedAt", s.seen_at as "seenAt", s.made_at as "madeAt", h.id as "handleId",
      c.ref, c.name, a.name as account, coalesce(p.locale, c.locale, a.locale) as locale, coalesce(p.zone, c.zone, a.zone) as zone
    from session s join contact c on c.id = s.contact_id join account a on a.id = c.account_id left join preference p on p.contact_id = c.id
      join handle h on h.channel = ${WEB} and h.space = '' and h.external_id = c.ref
      join link l on l.handle_id = h.id and l.contact_id = c.id
    where s.sha256 = ${sha256} and s.expires_at > ${now} and a.state <> 'closed'`;
  if (row === undefined) return undefined;
  const { seenAt, madeAt, locale, zone, ...session } = row;
  if (now.getTime() - seenAt.getTime() > SEEN_MS) await see(sql, session.id, now, madeAt);
  const { desk } = ctx.policy;
  return {
    ...session,
    locale: ctx.phrases.match(locale ?? language ?? desk.language),
    zone: zone ?? desk.zone,
  };
}

interface SessionRow {
  readonly seenAt: Date;
  readonly madeAt: Date;
  readonly locale: string | null;
  readonly zone: string | null;
}

async function see(sql: SqlRunner, id: number, now: Date, madeAt: Date): Promise<void> {
  const until = Math.min(now.getTime() + IDLE_MS, madeAt.getTime() + WHOLE_MS);
  await sql`update session set seen_at = ${now}, expires_at = ${new Date(until)} where id = ${id}`;
}

/** The sessions of a contact, the newest first. */
export async function listSessions(act: Pick<Act, 'tx' | 'at'>, contactId: number): Promise<SessionView[]> {
  return act.tx<SessionView[]>`
    select id, how, agent, made_at as "madeAt", seen_at as "seenAt" from session
    where contact_id = ${contactId} and expires_at > ${act.at} order by seen_at desc, id desc`;
}

/** Ends one session of a contact. False when it is none of theirs, or has ended. */
export async function endSession(act: Act, contactId: number, id: number): Promise<boolean> {
  const ended = await act.tx`delete from session where id = ${id} and contact_id = ${contactId}`;
  if (ended.count > 0) await audit(act, { type: 'signed-out', contactId });
  return ended.count > 0;
}

/** Ends all sessions of a contact, and links that were not used yet; `but` stays. */
export async function endSessions(act: Act, contactId: number, but?: number): Promise<void> {
  await act.tx`delete from session where contact_id = ${contactId} and id is distinct from ${but ?? null}::bigint`;
  await act.tx`
    update sign_in set used_at = ${act.at} where contact_id = ${contactId} and used_at is null`;
  await audit(act, { type: 'signed-out', contactId, code: 'all' });
}

/** The same of what was opened by a link in a chat, and of such links. */
export async function endChatSessions(act: Act, contactId: number, but?: number): Promise<void> {
  const ended = await act.tx`
    delete from session where contact_id = ${contactId} and how = 'chat' and id is distinct from ${but ?? null}::bigint`;
  await act.tx`
    update sign_in set used_at = ${act.at} where contact_id = ${contactId} and how = 'chat' and used_at is null`;
  if (ended.count > 0) await audit(act, { type: 'signed-out', contactId, code: 'chat' });
}

/** What ended is dropped; links a day later, so that the limits still count them. */
export async function dropOldSessions(sql: SqlRunner, now: Date): Promise<void> {
  await sql`delete from session where expires_at < ${now}`;
  await sql`delete from sign_in where expires_at < ${new Date(now.getTime() - 86_400_000)}`;
}
