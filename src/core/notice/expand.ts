import type { SqlRunner } from '../../../drizzle/database.ts';
import type { Act } from '../context.ts';
import { type NotificationType, toldRoles } from '../preference/index.ts';
import { hitsOf } from './hits.ts';
import type { NoticeContent, NoticeKind, Stage } from './model.ts';
import { windowOf } from './rules/steps.ts';

/** One stage of a confirmed revision. */
export interface Telling {
  readonly id: number;
  readonly kind: NoticeKind;
  readonly revision: number;
  readonly stage: Stage;
}

/** Where a contact wants to be told of a notice of this kind: planned work and changes, or outages. */
export function typeOf(kind: NoticeKind): NotificationType {
  return kind === 'outage' ? 'outages' : 'maintenance';
}

/** Writes down whom a revision concerns, and by what. Returns how many rows that is: 0 when it concerns nobody. */
export async function keepHits(
  act: Act,
  { id, revision }: Pick<Telling, 'id' | 'revision'>,
  content: NoticeContent,
): Promise<number> {
  const kept = await act.tx`
    insert into notice_hit (notice_id, revision, account_id, service_id, object)
    select ${id}, ${revision}, account_id, service_id, object from ${hitsOf(act.tx, content.objects)} hit`;
  return kept.count;
}

/** Contacts of accounts who are told: those whom the type is for; where an account has nobody for it, everybody, since somebody must know. */
export function told(run: SqlRunner, kind: NoticeKind) {
  const roles = [...toldRoles(typeOf(kind))];
  return run`(c.roles && ${roles}::text[] or not exists (
    select from contact other where other.account_id = c.account_id and other.roles && ${roles}::text[]))`;
}

/** Plans a stage for all whom it concerns, each once, in two statements however many they are. */
export async function tellConcerned(act: Act, telling: Telling, content: NoticeContent): Promise<void> {
  const { id, revision, stage, kind } = telling;
  const window = windowOf(stage);
  const objects = content.objects.flatMap(({ windows }, index) =>
    window === undefined || windows === undefined || windows.includes(window) ? [index] : [],
  );
  await plan(
    act,
    telling,
    act.tx`
      select c.id from contact c where ${told(act.tx, kind)} and c.account_id in (
        select account_id from notice_hit where notice_id = ${id} and revision = ${revision} and object = any(${objects}::smallint[]))`,
  );
}

/**
 * Plans a stage for those who may have been told something of the notice before, and are not told of this revision yet. Whether they were is
 * certain only when what is under way has ended: it is looked at when the time has come.
 */
export async function tellThoseTold(act: Act, telling: Telling): Promise<void> {
  const { id, revision } = telling;
  await plan(
    act,
    telling,
    act.tx`
      select last.contact_id as id from (
        select distinct on (contact_id) contact_id, stage from dispatch
        where notice_id = ${id} and revision < ${revision} order by contact_id, id desc) last
      where last.stage <> 'withdrawn' and not exists (
          select from dispatch now where now.notice_id = ${id} and now.revision = ${revision} and now.contact_id = last.contact_id)
        and exists (select from dispatch d left join delivery v on v.dispatch_id = coalesce(d.lead_id, d.id)
          where d.notice_id = ${id} and d.contact_id = last.contact_id
            and (d.state in ('trying', 'sent', 'unknown') or v.doubt or v.state in ('pending', 'sending', 'retry', 'sent', 'unknown')))`,
  );
}

type Contacts = ReturnType<typeof hitsOf>;

/**
 * They stand mixed, one who may have a chat after one who has only mail: contacts come in the order in which they were brought, and thousands who are all
 * told in one way would let the others wait while these platforms have nothing to do.
 */
async function plan(act: Act, { id, revision, stage, kind }: Telling, contacts: Contacts): Promise<void> {
  await act.tx`
    insert into dispatch (contact_id, notice_id, revision, stage, type, urgent, content, state, due_at, created_at)
    select id, ${id}, ${revision}, ${stage}, ${typeOf(kind)}, ${kind === 'outage'}, '{"notice": true}', 'planned', ${act.at}, ${act.at}
    from (${contacts}) contacts
      left join (select contact_id from link union select contact_id from route where type = ${typeOf(kind)}) chat on chat.contact_id = contacts.id
    order by row_number() over (partition by chat.contact_id is null order by hashint8(id)), id
    on conflict do nothing`;
  // Before the first word nothing can wait.
  if (stage === 'announce' && revision === 1) return;
  // What of the same revision waits says less than this.
  await act.tx`
    update dispatch waits set state = 'skipped', why = 'superseded', settled_at = ${act.at}
    where waits.notice_id = ${id} and waits.state in ('planned', 'held') and (waits.revision, waits.stage) <> (${revision}, ${stage})
      and exists (select from dispatch now where now.notice_id = ${id} and now.contact_id = waits.contact_id
        and now.revision = ${revision} and now.stage = ${stage})`;
}

/** Drops what of earlier revisions waits: it is no longer so. What is under way is looked at before each attempt. */
export async function dropOlder(act: Act, id: number, revision: number): Promise<void> {
  await act.tx`
    update dispatch set state = 'skipped', why = 'superseded', settled_at = ${act.at}
    where notice_id = ${id} and revision < ${revision} and state in ('planned', 'held')`;
}
