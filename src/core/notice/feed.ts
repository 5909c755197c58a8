import { type CalendarEntry, calendarFile, entriesOf, keptOf, newAddress } from '../calendar/index.ts';
import type { Act, Context } from '../context.ts';
import { plain } from '../text/index.ts';
import { calendarFor } from './calendar.ts';
import { endedOf } from './ended.ts';
import { hitsAt } from './hits-at.ts';
import type { NoticeContent, NoticeKind, NoticeState } from './model.ts';
import { type Ended, stateFor } from './rules/parts.ts';

const DAY_MS = 86_400_000;
/** A calendar shows what ended at most so long ago, in ms. */
const BACK_MS = 31 * DAY_MS;
/** Notices in it, the newest. */
const LISTED = 300;
/** How often calendar programs look again, in seconds. */
const TTL = 3_600;

/** Makes the secret address of a contact's calendar; the one before does not work any more. Throws `Refusal` when the desk has no public address. */
export async function newCalendar(act: Act, contactId: number): Promise<string> {
  const { link, sha256 } = newAddress(act, 'calendar');
  await act.tx`update contact set feed_sha256 = ${sha256} where id = ${contactId}`;
  return link;
}

/** The address does not work any more. */
export async function dropCalendar(act: Act, contactId: number): Promise<void> {
  await act.tx`update contact set feed_sha256 = null where id = ${contactId}`;
}

interface PlannedRow {
  readonly id: number;
  readonly kind: NoticeKind;
  readonly state: NoticeState;
  readonly revision: number;
  readonly content: NoticeContent;
  readonly numbers: readonly number[] | null;
  readonly ended: readonly Ended[];
  readonly at: Date;
  readonly resolvedAt: Date | null;
}

interface Owner {
  readonly account: string;
  readonly accountId: number;
  readonly locale: string | null;
}

/**
 * Planned work and changes that concern the account of whoever the token was made for, as iCalendar; undefined for every other text. What no longer
 * concerns it is not in it, and so it vanishes from programs that follow the address.
 */
export async function readCalendar(ctx: Context, token: string): Promise<string | undefined> {
  const kept = keptOf('calendar', token);
  if (kept === undefined) return undefined;
  const { sql } = ctx.database;
  const [owner] = await sql<Owner[]>`
    select a.ref as account, a.id as "accountId", coalesce(p.locale, c.locale, a.locale) as locale
    from contact c join account a on a.id = c.account_id left join preference p on p.contact_id = c.id where c.feed_sha256 = ${kept} and a.state <> 'closed'`;
  if (owner === undefined) return undefined;
  const locale = ctx.phrases.match(owner.locale ?? undefined);
  const now = ctx.now();
  const rows = await sql<PlannedRow[]>`
    select n.id, n.kind, n.state, n.revision, r.content, r.numbers, r.at, case when r.move = 'resolve' then r.at end as "resolvedAt",
      ${endedOf(sql)} as ended from notice n
      join notice_revision r on r.notice_id = n.id and r.revision = n.revision
    where n.kind <> 'outage' and exists (
      select from notice_hit h where h.notice_id = n.id and h.account_id = ${owner.accountId}
        and h.revision = (select max(last.revision) from notice_hit last where last.notice_id = n.id))
    order by n.id desc limit ${LISTED}`;
  const from = now.getTime() - BACK_MS;
  const isShown = (to: string): boolean => Date.parse(to) >= from;
  const entries: CalendarEntry[] = [];
  for (const row of rows.filter(({ content }) => content.windows.some(({ to }) => isShown(to)))) {
    const { id, revision, content, ended, at } = row;
    const hits = await hitsAt(sql, { id, revision, accountId: owner.accountId });
    const objects = hits.map(({ object }) => object);
    const state = stateFor(row.state, content, ended, objects);
    const stage = state === 'cancelled' ? 'cancel' : 'announce';
    const told = { ...row, state, stage, before: [], account: owner.account };
    entries.push(...entriesOf(calendarFor(ctx, told, hits, { locale, invites: false }, at)));
  }
  const name = plain(ctx.phrases.say(locale, 'calendar-title', { desk: ctx.policy.desk.name }));
  return calendarFile({ name, product: 'notices', ttl: TTL }, entries, now);
}
