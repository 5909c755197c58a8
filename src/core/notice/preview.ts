import type { SqlRunner } from '../../../drizzle/database.ts';
import type { Context } from '../context.ts';
import { MAIL, type Words } from '../preference/index.ts';
import { readEnded } from './ended.ts';
import { audienceOf, typeOf } from './expand.ts';
import { countIn, hitsOf } from './hits.ts';
import type { NoticeContent, NoticeObject, NoticeRow, Prepared } from './model.ts';
import { readContent } from './read.ts';
import { type Ended, partsToCome } from './rules/parts.ts';
import { type Hit, wordsOf } from './words.ts';

/** What confirming would do: who is told, by what, where, how long it takes, and the words. Nothing is sent for it. */
export interface NoticePreview {
  readonly edition: number;
  readonly accounts: number;
  readonly contacts: number;
  /** Accounts that have nobody who could be told. */
  readonly withoutContact: number;
  /** By object, in their order. */
  readonly why: readonly {
    readonly object: NoticeObject;
    readonly services: number;
    readonly accounts: number;
  }[];
  /** Whose windows, still to come, would not be any more: refs of accounts, null for everybody. */
  readonly calledOff: readonly (string | null)[];
  /** Some of the accounts, with their services. */
  readonly examples: readonly {
    readonly ref: string;
    readonly name: string;
    readonly services: readonly string[];
  }[];
  /** Contacts by the channel in which they are told; by chat and by mail counts twice. */
  readonly destinations: readonly {
    readonly channel: string;
    readonly contacts: number;
    readonly seconds: number;
  }[];
  /** How long all of it takes within the limits of the platforms. */
  readonly seconds: number;
  /** As a contact of the first example gets it, in each language of the desk. */
  readonly messages: readonly (Words & { readonly locale: string })[];
}

/** The part of a bot's rate that may be used for what many are told; the rest is kept for replies (`outbox/limiter.ts`). */
const SHARE = 0.8;
const EXAMPLES = 5;

/** What confirming a notice would do. Undefined when nothing of it is prepared. */
export async function previewNotice(
  ctx: Context,
  run: SqlRunner,
  notice: NoticeRow,
  at: Date,
): Promise<NoticePreview | undefined> {
  const { id, kind, prepared, edition } = notice;
  if (prepared === null) return undefined;
  const { content, move, state } = prepared;
  const isCancel = move === 'cancel';
  const before = await readContent(run, id, notice.revision);
  const ended = await readEnded(run, id);
  const who = isCancel ? toldBefore(run, id) : concerned(run, notice, prepared, before, ended);
  const [counts] = await run<{ accounts: number; contacts: number; withoutContact: number }[]>`
    select count(distinct account_id)::int as accounts, count(contact_id)::int as contacts,
      count(distinct account_id) filter (where contact_id is null)::int as "withoutContact" from ${who} who`;
  const destinations = await destinationsOf(ctx, run, notice, who);
  const all = hitsOf(run, content.objects);
  // Where all of them are told, looking for who is would only take time.
  const hit =
    move !== 'reschedule' && ended.length === 0
      ? all
      : run`(select * from ${all} hits where account_id in (select account_id from ${who} who))`;
  const first = isCancel ? await firstTold(run, who) : await firstHits(run, hit);
  const saying = { id, kind, stage: move, state, content, before, hits: [], ...first };
  const zone = ctx.policy.desk.zone;
  return {
    edition,
    ...(counts ?? { accounts: 0, contacts: 0, withoutContact: 0 }),
    why: isCancel ? [] : await whyOf(run, hit, content.objects),
    calledOff: move === 'resolve' ? partsToCome(content, at).map(({ account }) => account ?? null) : [],
    examples: isCancel ? [] : await examplesOf(run, hit),
    destinations,
    seconds: Math.max(0, ...destinations.map(one => one.seconds)),
    messages: ctx.phrases
      .locales()
      .map(locale => ({ locale, ...wordsOf(ctx, saying, { locale, zone }, at) })),
  };
}

type Table = ReturnType<typeof hitsOf>;

/** Those who would be told: the same as `tellConcerned` would plan for. */
function concerned(
  run: SqlRunner,
  { id, kind, revision, state: stands }: NoticeRow,
  { content, move, state }: Prepared,
  sent: NoticeContent | undefined,
  ended: readonly Ended[],
): Table {
  const before = sent && { revision, state: stands, content: sent };
  const addressed = { id, kind, stage: move, content, ended, state, ...(before && { before }) };
  return audienceOf(run, hitsOf(run, content.objects), addressed);
}

/** For a cancel: those who may know of it, and for whom it is not over. */
function toldBefore(run: SqlRunner, id: number): Table {
  return run`(
    select distinct c.account_id, c.id as contact_id from dispatch d join contact c on c.id = d.contact_id
    where d.notice_id = ${id} and (d.state in ('trying', 'sent', 'unknown') or exists (
      select from delivery v where v.dispatch_id = coalesce(d.lead_id, d.id) and v.state in ('sent', 'unknown')))
      and (select last.stage from dispatch last where last.notice_id = d.notice_id and last.contact_id = d.contact_id order by last.id desc limit 1)
        not similar to 'withdrawn|finish%')`;
}

/** Where contacts have a place at all: what they chose for the type, or else what is known. Whether each can be reached is seen when it is tried. */
async function destinationsOf(
  ctx: Context,
  run: SqlRunner,
  { kind }: NoticeRow,
  who: Table,
): Promise<NoticePreview['destinations']> {
  const type = typeOf(kind);
  const rows = await run<{ channel: string; contacts: number }[]>`
    with who as (select distinct contact_id from ${who} w where contact_id is not null), place as (
      select who.contact_id, h.channel, r.nr from who join route on route.contact_id = who.contact_id and route.type = ${type}
        cross join lateral unnest(route.handles) with ordinality r(handle, nr) join handle h on h.id = r.handle
      union all
      select who.contact_id, h.channel, row_number() over (partition by who.contact_id order by l.linked_at) from who
        join link l on l.contact_id = who.contact_id join handle h on h.id = l.handle_id
        where not exists (select from route where contact_id = who.contact_id and type = ${type})
      union all
      select who.contact_id, ${MAIL}, 1 from who where exists (select from contact_address where contact_id = who.contact_id)
        and not exists (select from route where contact_id = who.contact_id and type = ${type})
    ), first as (
      select distinct on (contact_id, mailed) contact_id, channel from (select *, channel = ${MAIL} as mailed from place) way
      order by contact_id, mailed, nr
    )
    select channel, count(*)::int as contacts from first group by channel order by channel`;
  return rows.flatMap(({ channel, contacts }) => {
    const rate = ctx.channels.get(channel)?.limits.bot;
    if (rate === undefined) return [];
    const after = Math.max(0, contacts - rate.burst * SHARE);
    return [{ channel, contacts, seconds: Math.ceil(after / (rate.perSecond * SHARE)) }];
  });
}

async function whyOf(
  run: SqlRunner,
  hit: Table,
  objects: readonly NoticeObject[],
): Promise<NoticePreview['why']> {
  const counts = await countIn(run, hit, objects);
  return objects.map((object, index) => ({ object, ...(counts[index] ?? { services: 0, accounts: 0 }) }));
}

async function examplesOf(run: SqlRunner, hit: Table): Promise<NoticePreview['examples']> {
  return run<NoticePreview['examples'][number][]>`
    select a.ref, a.name, coalesce(array_agg(distinct s.name) filter (where s.id is not null), '{}') as services
    from ${hit} hit join account a on a.id = hit.account_id left join service s on s.id = hit.service_id
    group by a.id order by a.id limit ${EXAMPLES}`;
}

/** The ref of the first account. What is off is said without what it was about. */
async function firstTold(run: SqlRunner, who: Table): Promise<{ readonly account: string } | undefined> {
  const [first] = await run<{ account: string }[]>`
    select ref as account from account where id = (select min(account_id) from ${who} who)`;
  return first;
}

/** Of the first account: its ref, and by what it is concerned. Undefined when there is none. */
async function firstHits(
  run: SqlRunner,
  table: Table,
): Promise<{ readonly account: string; readonly hits: readonly Hit[] } | undefined> {
  const [first] = await run<{ account: string; hits: Hit[] }[]>`
    with hit as (select * from ${table} hits)
    select a.ref as account, jsonb_agg(jsonb_build_object('object', hit.object, 'service',
      case when s.id is not null then jsonb_build_object('name', s.name, 'order', s.order_number) end) order by hit.object, s.name, s.id) as hits
    from hit join account a on a.id = hit.account_id left join service s on s.id = hit.service_id
    where hit.account_id = (select min(account_id) from hit) group by a.id`;
  return first;
}
