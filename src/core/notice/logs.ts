import type { SqlRunner } from '../../../drizzle/database.ts';
import type { NoticeContent, NoticeKind, NoticeMove, NoticeState } from './model.ts';
import type { RackPlace } from './racks.ts';

/** All that was confirmed of a notice, and what the clock did with it. Times are ISO 8601. */
export interface NoticeLog {
  readonly id: number;
  readonly kind: NoticeKind;
  readonly state: NoticeState;
  readonly revisions: readonly {
    readonly revision: number;
    readonly move: NoticeMove;
    readonly state: NoticeState;
    readonly content: NoticeContent;
    readonly racks: readonly RackPlace[];
    readonly at: string;
  }[];
  /** Starts and ends that came by themselves; reminders are nobody's history. */
  readonly steps: readonly {
    readonly revision: number;
    readonly stage: `start:${number}` | 'finish';
    readonly at: string;
  }[];
}

/** Which of them: at most so many, changed since then, or only these. */
export interface LogsWanted {
  readonly limit: number;
  readonly since?: Date;
  readonly ids?: readonly number[];
}

/** The newest confirmed notices, those that are not over first. What is only drafted or prepared is not among them. */
export async function readLogs(
  run: SqlRunner,
  { limit, since = new Date(0), ids }: LogsWanted,
): Promise<readonly NoticeLog[]> {
  return run<NoticeLog[]>`
    select n.id, n.kind, n.state,
      (select jsonb_agg(jsonb_build_object('revision', r.revision, 'move', r.move, 'state', r.state, 'content', r.content,
        'racks', coalesce(r.racks, '[]'), 'at', r.at)
        order by r.revision) from notice_revision r where r.notice_id = n.id) as revisions,
      coalesce((select jsonb_agg(jsonb_build_object('revision', s.revision, 'stage', s.stage, 'at', s.done_at) order by s.done_at, s.due_at)
        from notice_step s where s.notice_id = n.id and s.done_at is not null and (s.stage = 'finish' or s.stage like 'start:%')), '[]') as steps
    from notice n where n.revision > 0 and n.updated_at > ${since} and (${ids === undefined} or n.id = any(${[...(ids ?? [])]}::bigint[]))
    order by n.state in ('done', 'cancelled', 'resolved'), n.id desc limit ${limit}`;
}
