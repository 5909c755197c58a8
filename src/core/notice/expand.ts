import type { SqlRunner } from '../../../drizzle/database.ts';
import type { Act } from '../context.ts';
import { type NotificationType, toldRoles } from '../preference/index.ts';
import { hitsOf } from './hits.ts';
import type { NoticeContent, NoticeKind, NoticeState, Stage } from './model.ts';
import { type Ended, isForSome, saidOf } from './rules/parts.ts';
import { objectsAt } from './rules/steps.ts';

/** One stage of a confirmed revision. */
export interface Telling {
  readonly id: number;
  readonly kind: NoticeKind;
  readonly revision: number;
  readonly stage: Stage;
}

/** What decides who is told of those whom a revision concerns. */
export interface Addressed extends Pick<Telling, 'id' | 'kind' | 'stage'> {
  readonly content: NoticeContent;
  readonly ended: readonly Ended[];
  /** For a new time: how it stands then, and what was said before. */
  readonly state?: NoticeState;
  readonly before?: {
    readonly revision: number;
    readonly state: NoticeState;
    readonly content: NoticeContent;
  };
}

type Table = ReturnType<typeof hitsOf>;

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

/**
 * As a table expression: who is told, of those whom a revision concerns by `hit`: contacts with their accounts, and accounts that have nobody with null.
 * Of a new time only those hear for whom something changed, and those who wait for what was said before, because it is overtaken.
 */
export function audienceOf(run: SqlRunner, hit: Table, addressed: Addressed): Table {
  const { id, kind, stage, content, ended, state, before } = addressed;
  const objects = [...objectsAt(stage, content, ended)];
  const isAll = stage !== 'reschedule' || !before || !state || !isForSome(before, { state, content });
  const some = isAll
    ? run`true`
    : run`(hit.account_id in (${otherwiseSaid(run, hit, id, content, before)}) or exists (
        select from dispatch d left join delivery v on v.dispatch_id = coalesce(d.lead_id, d.id) where d.notice_id = ${id} and d.contact_id = c.id
          and (d.state in ('planned', 'held', 'trying') or v.state in ('pending', 'sending', 'retry'))))`;
  return run`(
    select hit.account_id, c.id as contact_id
    from (select distinct account_id from ${hit} hits where object = any(${objects}::smallint[])) hit
      left join contact c on c.account_id = hit.account_id and ${told(run, kind)} where ${some})`;
}

/** The accounts to which a revision says something else than the one before it. */
function otherwiseSaid(
  run: SqlRunner,
  hit: Table,
  id: number,
  content: NoticeContent,
  before: NonNullable<Addressed['before']>,
) {
  const said = (one: NoticeContent) =>
    run`jsonb_to_recordset(${JSON.stringify(saidOf(one))}::jsonb) as said(object smallint, what text)`;
  return run`
    select now.account_id from (
      select hits.account_id, array_agg(distinct said.what) as what from ${hit} hits join ${said(content)} using (object) group by 1) now
    left join (
      select hits.account_id, array_agg(distinct said.what) as what from notice_hit hits join ${said(before.content)} using (object)
      where hits.notice_id = ${id} and hits.revision = ${before.revision} group by 1) old using (account_id)
    where now.what is distinct from old.what`;
}

/** Whom a revision concerns, and by what, as it was written down. */
function kept(run: SqlRunner, { id, revision }: Pick<Telling, 'id' | 'revision'>): Table {
  return run`(select account_id, object from notice_hit where notice_id = ${id} and revision = ${revision})`;
}

/** Plans a stage for all who are told of it, each once, in two statements however many they are. */
export async function tellConcerned(act: Act, telling: Telling & Addressed): Promise<void> {
  const who = audienceOf(act.tx, kept(act.tx, telling), telling);
  await plan(act, telling, act.tx`select contact_id as id from ${who} who where contact_id is not null`);
}

/**
 * Plans a stage for those who may have been told something of the notice before, and whom this revision does not concern; a cancel for all of them. For whom
 * it was over knows that. Whether they were told is certain only when what is under way has ended: it is looked at when the time has come.
 */
export async function tellThoseTold(act: Act, telling: Telling): Promise<void> {
  const { id, revision, kind } = telling;
  await plan(
    act,
    telling,
    act.tx`
      select last.contact_id as id from (
        select distinct on (contact_id) contact_id, stage from dispatch
        where notice_id = ${id} and revision < ${revision} order by contact_id, id desc) last
      where last.stage <> 'withdrawn' and last.stage not like 'finish%' and last.contact_id not in (
          select c.id from contact c where ${told(act.tx, kind)} and c.account_id in (select account_id from ${kept(act.tx, telling)} hit))
        and exists (select from dispatch d left join delivery v on v.dispatch_id = coalesce(d.lead_id, d.id)
          where d.notice_id = ${id} and d.contact_id = last.contact_id
            and (d.state in ('trying', 'sent', 'unknown') or v.doubt or v.state in ('pending', 'sending', 'retry', 'sent', 'unknown')))`,
  );
}

/**
 * They stand mixed, one who may have a chat after one who has only mail: contacts come in the order in which they were brought, and thousands who are all
 * told in one way would let the others wait while these platforms have nothing to do.
 */
async function plan(act: Act, { id, revision, stage, kind }: Telling, contacts: Table): Promise<void> {
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

/** Drops what of earlier revisions waits: it is no longer so, but that it is over. What is under way is looked at before each attempt. */
export async function dropOlder(act: Act, id: number, revision: number): Promise<void> {
  await act.tx`
    update dispatch set state = 'skipped', why = 'superseded', settled_at = ${act.at}
    where notice_id = ${id} and revision < ${revision} and state in ('planned', 'held') and stage not like 'finish%'`;
}
