import type { SqlRunner } from '../../../drizzle/database.ts';
import type { Act } from '../context.ts';
import type { NoticeContent, NoticeRow } from './model.ts';

/** A notice; undefined when there is none with that number. */
export async function readNotice(run: SqlRunner, id: number): Promise<NoticeRow | undefined> {
  const rows = await run<NoticeRow[]>`
    select id, kind, state, revision, edition, prepared, created_at as "createdAt", updated_at as "updatedAt" from notice where id = ${id}`;
  return rows[0];
}

/** The same, for who changes it: of two the second waits for the first, and sees what that one did. */
export async function lockNotice(act: Act, id: number): Promise<NoticeRow | undefined> {
  await act.tx`select from notice where id = ${id} for no key update`;
  return readNotice(act.tx, id);
}

/** What a revision said. */
export async function readContent(
  run: SqlRunner,
  id: number,
  revision: number,
): Promise<NoticeContent | undefined> {
  const rows = await run<{ content: NoticeContent }[]>`
    select content from notice_revision where notice_id = ${id} and revision = ${revision}`;
  return rows[0]?.content;
}
