import type { SqlRunner } from '../../../drizzle/database.ts';
import { type BoardLine, type NotReached, readBoard, readMissed } from './board.ts';
import type { NoticeContent, NoticeMove, NoticeRow, NoticeState } from './model.ts';
import { readNotice } from './read.ts';

/** What was confirmed of a notice, once. */
export interface NoticeRevision {
  readonly revision: number;
  readonly move: NoticeMove;
  readonly state: NoticeState;
  readonly content: NoticeContent;
  readonly at: Date;
}

/** A notice with all that was confirmed, and its delivery board. */
export type NoticeView = NoticeRow & {
  readonly revisions: readonly NoticeRevision[];
  readonly board: readonly BoardLine[];
  /** Of the newest revision. */
  readonly notReached: readonly NotReached[];
};

/** A notice as a list shows it. */
export type NoticeLine = Omit<NoticeRow, 'prepared'> & { readonly content: NoticeContent };

/** All of a notice; undefined when there is none with that number. */
export async function viewNotice(run: SqlRunner, id: number): Promise<NoticeView | undefined> {
  const notice = await readNotice(run, id);
  if (notice === undefined) return undefined;
  const revisions = await run<NoticeRevision[]>`
    select revision, move, state, content, at from notice_revision where notice_id = ${id} order by revision`;
  const [board, notReached] = [await readBoard(run, id), await readMissed(run, id, notice.revision)];
  return { ...notice, revisions, board, notReached };
}

/** Most notices that a list shows. */
const LISTED = 50;

/** The newest notices, those that are not over first. */
export async function listNotices(run: SqlRunner, limit = LISTED): Promise<readonly NoticeLine[]> {
  return run<NoticeLine[]>`
    select n.id, n.kind, n.state, n.revision, n.edition, n.created_at as "createdAt", n.updated_at as "updatedAt",
      coalesce(r.content, n.prepared -> 'content') as content
    from notice n left join notice_revision r on r.notice_id = n.id and r.revision = n.revision
    order by n.state in ('done', 'cancelled', 'resolved'), n.id desc limit ${limit}`;
}
