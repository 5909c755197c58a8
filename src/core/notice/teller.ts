import type { Act } from '../context.ts';
import { isOvertaken } from '../outbox/index.ts';
import type { NoticeMatter, NoticeTeller, Reader, Words } from '../preference/index.ts';
import { calendarFor } from './calendar.ts';
import { hitsAt } from './hits-at.ts';
import { planMissed } from './missed.ts';
import type { NoticeContent, NoticeKind, NoticeState, Stage } from './model.ts';
import { isForCalendar, type Said } from './rules/calendar.ts';
import type { Numbered } from './rules/numbers.ts';
import { isLate } from './rules/steps.ts';
import { type Hit, wordsOf } from './words.ts';

interface StageRow {
  readonly id: number;
  readonly kind: NoticeKind;
  readonly revision: number;
  readonly stage: Stage;
  readonly state: NoticeState;
  readonly content: NoticeContent;
  readonly numbers: readonly number[] | null;
  readonly resolvedAt: Date | null;
  /** What they were told of it last; where that was nothing, what was said. */
  readonly before: NoticeContent | null;
  /** The account that is told, by its ref. */
  readonly account: string;
  readonly accountId: number;
}

/** What dispatches of notices say, and whether they still may. */
export const noticeTeller: NoticeTeller = {
  async matter(act, dispatchId, reader) {
    const row = await rowOf(act, dispatchId);
    if (row === undefined || (await isOvertaken(act.tx, dispatchId)))
      return { is: 'unwanted', why: 'superseded' };
    if (isLate(row.stage, row.content, act.at)) return { is: 'unwanted', why: 'too-late' };
    const unwanted = await unlessTold(act, dispatchId, row.stage);
    if (unwanted !== undefined) return unwanted;
    const hits = await hitsAt(act.tx, row);
    return { is: 'wanted', words: await wordsFor(act, dispatchId, row, hits, reader), class: classOf(row) };
  },
  async missed(act, dispatchId) {
    const row = await rowOf(act, dispatchId);
    if (row !== undefined) await planMissed(act, row.id, row.revision);
  },
};

/** What is said, and for those who are told by mail the calendar with it. */
async function wordsFor(
  act: Act,
  dispatchId: number,
  row: StageRow,
  hits: readonly Hit[],
  reader: Reader,
): Promise<Words> {
  const before = row.revision > 1 && isForCalendar(row.stage) ? await heldBefore(act, dispatchId, row) : [];
  return {
    ...wordsOf(act, { ...row, before: row.before ?? undefined, hits }, reader, act.at),
    calendar: calendarFor(act, { ...row, before }, hits, reader, act.at),
  };
}

/** What their calendar may have: of what they were told last, and of what may have been sent since. */
async function heldBefore(act: Act, dispatchId: number, { id, kind, accountId }: StageRow): Promise<Said[]> {
  if (kind === 'outage') return [];
  const rows = await act.tx<(Numbered & { revision: number; content: NoticeContent })[]>`
    select distinct r.revision, r.content, r.numbers from dispatch d
      join dispatch e on e.notice_id = d.notice_id and e.contact_id = d.contact_id and e.revision < d.revision
      join notice_revision r on r.notice_id = e.notice_id and r.revision = e.revision
    where d.id = ${dispatchId} and e.state in ('trying', 'sent', 'unknown') and not exists (
      select from dispatch later where later.notice_id = d.notice_id and later.contact_id = d.contact_id
        and later.revision > e.revision and later.revision < d.revision and later.state = 'sent')
    order by r.revision desc`;
  const said: Said[] = [];
  for (const { revision, ...one } of rows) {
    const hits = await hitsAt(act.tx, { id, revision, accountId });
    if (hits.length > 0) said.push({ ...one, objects: hits.map(({ object }) => object) });
  }
  return said;
}

function classOf({ kind, stage }: StageRow): 'outage' | 'maintenance' | 'reminder' {
  if (kind === 'outage') return 'outage';
  return stage.startsWith('reminder:') ? 'reminder' : 'maintenance';
}

async function rowOf(act: Act, dispatchId: number): Promise<StageRow | undefined> {
  const rows = await act.tx<StageRow[]>`
    select n.id, n.kind, d.revision, d.stage, r.state, r.content, r.numbers, case when r.move = 'resolve' then r.at end as "resolvedAt",
      b.content as before, a.ref as account, a.id as "accountId"
    from dispatch d join contact c on c.id = d.contact_id join account a on a.id = c.account_id
    join notice n on n.id = d.notice_id join notice_revision r on r.notice_id = n.id and r.revision = d.revision
    left join notice_revision b on b.notice_id = n.id and b.revision = coalesce((
      select max(last.revision) from dispatch last where last.notice_id = d.notice_id and last.contact_id = d.contact_id
        and last.revision < d.revision and last.state in ('sent', 'unknown')), d.revision - 1)
    where d.id = ${dispatchId}`;
  return rows[0];
}

/** That something is off is said to those only who know of it. What may have been sent was sent, as far as this goes. */
async function unlessTold(act: Act, dispatchId: number, stage: Stage): Promise<NoticeMatter | undefined> {
  if (stage !== 'cancel' && stage !== 'withdrawn') return undefined;
  const [row] = await act.tx<{ told: boolean | null; open: boolean | null }[]>`
    select bool_or(v.doubt or v.state in ('sent', 'unknown')) as told, bool_or(v.state in ('pending', 'sending', 'retry')) as open
    from dispatch d join dispatch earlier on earlier.notice_id = d.notice_id and earlier.contact_id = d.contact_id and earlier.revision < d.revision
    join delivery v on v.dispatch_id = coalesce(earlier.lead_id, earlier.id) where d.id = ${dispatchId}`;
  if (row?.open) return { is: 'open' };
  return row?.told ? undefined : { is: 'unwanted', why: 'never-told' };
}
