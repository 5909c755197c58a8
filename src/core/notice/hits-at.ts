import type { SqlRunner } from '../../../drizzle/database.ts';
import type { Hit } from './words.ts';

/** By what a notice concerns an account, as of a revision or the last before it that did; in the order of its objects. */
export async function hitsAt(
  run: SqlRunner,
  { id, revision, accountId }: { readonly id: number; readonly revision: number; readonly accountId: number },
): Promise<readonly Hit[]> {
  return run<Hit[]>`
    select h.object, case when s.id is not null then jsonb_build_object('name', s.name, 'order', s.order_number) end as service
    from notice_hit h left join service s on s.id = h.service_id
    where h.account_id = ${accountId} and h.notice_id = ${id} and h.revision = (
      select max(last.revision) from notice_hit last where last.notice_id = ${id} and last.account_id = ${accountId} and last.revision <= ${revision})
    order by h.object, s.name, s.id`;
}
