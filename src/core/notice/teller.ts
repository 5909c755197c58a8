import type { Act } from '../context.ts';
import { isOvertaken } from '../outbox/index.ts';
import type { NoticeMatter, NoticeTeller, Reader, Words } from '../preference/index.ts';
import { calendarFor } from './calendar.ts';
import { hitsAt } from './hits-at.ts';
import { planMissed } from './missed.ts';
import type { NoticeContent, NoticeKind, NoticeState, Stage } from './model.ts';
import { isLate } from './rules/steps.ts';
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
    return { is: 'wanted', words: wordsFor(act, row, hits, reader), class: classOf(row) };
  },
  async missed(act, dispatchId) {
    const row = await rowOf(act, dispatchId);
    if (row !== undefined) await planMissed(act, row.id, row.revision);
  },
};

/** What is said, and for those who are told by mail the calendar with it. */
function wordsFor(act: Act, row: StageRow, hits: readonly Hit[], reader: Reader): Words {
  const told = { ...row, before: row.before ?? undefined };
  return {
    ...wordsOf(act, { ...told, hits }, reader, act.at),
    calendar: calendarFor(act, told, hits, reader, act.at),
  };
}

function classOf({ kind, stage }: StageRow): 'outage' | 'maintenance' | 'reminder' {
  if (kind === 'outage') return 'outage';
  return stage.startsWith('reminder:') ? 'reminder' : 'maintenance';
}

async function rowOf(act: Act, dispatchId: number): Promise<StageRow | undefined> {
  const rows = await act.tx<StageRow[]>`
    select n.id, n.kind, d.revision, d.stage, r.state, r.content, b.content as before, a.ref as account, a.id as "accountId"
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
    join delivery v on v.dispatch_id = coalesce(earlier.lead_id, earlier.id) where d.id = ${dispatchId}`;
  if (row?.open) return { is: 'open' };
  return row?.told ? undefined : { is: 'unwanted', why: 'never-told' };
}
