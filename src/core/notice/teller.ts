import type { Act } from '../context.ts';
import { isOvertaken } from '../outbox/index.ts';
import type { NoticeMatter, NoticeTeller, Reader, Words } from '../preference/index.ts';
import { planMissed } from './missed.ts';
import type { NoticeContent, NoticeKind, NoticeState, Stage } from './model.ts';
import { sheetOf } from './rules/calendar.ts';
import { isLate } from './rules/steps.ts';
import { titleIn, wordsIn } from './rules/worded.ts';
import { type Hit, wordsOf } from './words.ts';

interface StageRow {
  readonly id: number;
  readonly kind: NoticeKind;
  readonly revision: number;
  readonly stage: Stage;
  readonly state: NoticeState;
  readonly content: NoticeContent;
  readonly before: NoticeContent | null;
  /** The account that is told, by its ref. */
  readonly account: string;
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
    const hits = await hitsFor(act, row, reader.contactId);
    return { is: 'wanted', words: wordsFor(act, row, hits, reader), class: classOf(row) };
  },
  async missed(act, dispatchId) {
    const row = await rowOf(act, dispatchId);
    if (row !== undefined) await planMissed(act, row.id, row.revision);
  },
};

/** What is said, and for those who are told by mail the calendar with it. */
function wordsFor(act: Act, row: StageRow, hits: readonly Hit[], reader: Reader): Words {
  const { content, account } = row;
  const saying = { ...row, before: row.before ?? undefined, hits };
  const words = wordsOf(act, saying, reader, act.at);
  const { links } = act.files;
  const services = hits.flatMap(({ service }) => (service === null ? [] : [service.order ?? service.name]));
  const planned = {
    ...saying,
    title: titleIn(content, reader.locale),
    text: wordsIn(content.text, reader.locale),
    objects: hits.map(({ object }) => object),
    services: [...new Set(services)],
    provider: links === undefined ? act.policy.desk.name : new URL(links.publicUrl).hostname,
    account,
  };
  return { ...words, calendar: sheetOf(planned, act.at) };
}

function classOf({ kind, stage }: StageRow): 'outage' | 'maintenance' | 'reminder' {
  if (kind === 'outage') return 'outage';
  return stage.startsWith('reminder:') ? 'reminder' : 'maintenance';
}

async function rowOf(act: Act, dispatchId: number): Promise<StageRow | undefined> {
  const rows = await act.tx<StageRow[]>`
    select n.id, n.kind, d.revision, d.stage, r.state, r.content, b.content as before, a.ref as account
    from dispatch d join contact c on c.id = d.contact_id join account a on a.id = c.account_id
    join notice n on n.id = d.notice_id join notice_revision r on r.notice_id = n.id and r.revision = d.revision
    left join notice_revision b on b.notice_id = n.id and b.revision = d.revision - 1 where d.id = ${dispatchId}`;
  return rows[0];
}

/** That something is off is said to those only who know of it. What may have been sent was sent, as far as this goes. */
async function unlessTold(act: Act, dispatchId: number, stage: Stage): Promise<NoticeMatter | undefined> {
  if (stage !== 'cancel' && stage !== 'withdrawn') return undefined;
  const [row] = await act.tx<{ told: boolean | null; open: boolean | null }[]>`
    select bool_or(v.doubt or v.state in ('sent', 'unknown')) as told, bool_or(v.state in ('pending', 'sending', 'retry')) as open
    from dispatch d join dispatch earlier on earlier.notice_id = d.notice_id and earlier.contact_id = d.contact_id and earlier.revision < d.revision
    join delivery v on v.dispatch_id = earlier.id where d.id = ${dispatchId}`;
  if (row?.open) return { is: 'open' };
  return row?.told ? undefined : { is: 'unwanted', why: 'never-told' };
}

/** By what it concerns the contact's account; what is off concerns it by what it last did. */
async function hitsFor(
  act: Act,
  { id, revision }: Pick<StageRow, 'id' | 'revision'>,
  contactId: number,
): Promise<readonly Hit[]> {
  return act.tx<Hit[]>`
    select h.object, case when s.id is not null then jsonb_build_object('name', s.name, 'order', s.order_number) end as service
    from contact c join notice_hit h on h.account_id = c.account_id left join service s on s.id = h.service_id
    where c.id = ${contactId} and h.notice_id = ${id} and h.revision = (
      select max(last.revision) from notice_hit last where last.notice_id = ${id} and last.account_id = c.account_id and last.revision <= ${revision})
    order by h.object, s.name, s.id`;
}
