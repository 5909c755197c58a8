import type { SqlRunner } from '../../../drizzle/database.ts';
import type { Ended } from './rules/parts.ts';

/** As an expression: which ends of the notice `n` the clock has told, a list of `Ended`. */
export function endedOf(run: SqlRunner) {
  return run`coalesce((
    select jsonb_agg(jsonb_build_object('stage', s.stage, 'content', was.content)) from notice_step s
      join notice_revision was on was.notice_id = s.notice_id and was.revision = s.revision
    where s.notice_id = n.id and s.done_at is not null and s.stage like 'finish%'), '[]')`;
}

/** Which ends of a notice the clock has told. */
export async function readEnded(run: SqlRunner, id: number): Promise<readonly Ended[]> {
  const [row] = await run<
    { ended: Ended[] }[]
  >`select ${endedOf(run)} as ended from notice n where n.id = ${id}`;
  return row?.ended ?? [];
}
