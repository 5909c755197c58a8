import type { SqlRunner } from '../../../drizzle/database.ts';

/** How many contacts stand where. `superseded`: something newer, or a cancel, came before it was sent. */
export interface BoardCounts {
  readonly planned: number;
  readonly held: number;
  readonly sending: number;
  readonly sent: number;
  readonly failed: number;
  readonly unknown: number;
  readonly superseded: number;
}

/** One stage of one revision, with how many were told. */
export type BoardLine = BoardCounts & { readonly revision: number; readonly stage: string };

/** Somebody who was not reached: why, and what was tried. */
export interface NotReached {
  readonly revision: number;
  readonly stage: string;
  readonly account: { readonly ref: string; readonly name: string };
  /** Null when the account has nobody. */
  readonly contact: { readonly ref: string; readonly name: string } | null;
  readonly why: 'nobody' | 'nowhere' | 'all-failed' | 'unknown';
  readonly tried: readonly {
    readonly channel: string;
    readonly name: string;
    readonly state: string;
    readonly why: string | null;
  }[];
}

/** The delivery board of a notice, stage by stage. */
export async function readBoard(run: SqlRunner, id: number): Promise<readonly BoardLine[]> {
  return run<BoardLine[]>`
    select revision, stage, ${counts(run)} from dispatch where notice_id = ${id} group by revision, stage order by min(id)`;
}

function counts(run: SqlRunner) {
  return run`count(*) filter (where state = 'planned')::int as planned, count(*) filter (where state = 'held')::int as held,
    count(*) filter (where state = 'trying')::int as sending, count(*) filter (where state = 'sent')::int as sent,
    count(*) filter (where state = 'failed')::int as failed, count(*) filter (where state = 'unknown')::int as unknown,
    count(*) filter (where state = 'skipped')::int as superseded`;
}

/** Most people who are named. */
const NAMED = 1_000;

/** Who was not reached by a revision, or may not have been: those with nobody, those with nowhere, and those where everything failed. */
export async function readMissed(
  run: SqlRunner,
  id: number,
  revision: number,
): Promise<readonly NotReached[]> {
  return run<NotReached[]>`
    select d.revision, d.stage, jsonb_build_object('ref', a.ref, 'name', a.name) as account,
      jsonb_build_object('ref', c.ref, 'name', c.name) as contact, case when d.state = 'unknown' then 'unknown' else d.why end as why,
      coalesce((select jsonb_agg(jsonb_build_object('channel', h.channel,
          'name', case when h.channel = 'email' then h.external_id else coalesce(nullif(h.name, ''), h.external_id) end,
          'state', v.state, 'why', v.error) order by v.id)
        from delivery v join place p on p.id = v.place_id join handle h on h.id = p.handle_id where v.dispatch_id = coalesce(d.lead_id, d.id)), '[]') as tried
    from dispatch d join contact c on c.id = d.contact_id join account a on a.id = c.account_id
    where d.notice_id = ${id} and d.revision = ${revision} and d.state in ('failed', 'unknown')
    union all
    select distinct h.revision, r.move, jsonb_build_object('ref', a.ref, 'name', a.name), null::jsonb, 'nobody', '[]'::jsonb
    from notice_hit h join account a on a.id = h.account_id join notice_revision r on r.notice_id = h.notice_id and r.revision = h.revision
    where h.notice_id = ${id} and h.revision = ${revision} and not exists (select from contact c where c.account_id = a.id)
    limit ${NAMED}`;
}
