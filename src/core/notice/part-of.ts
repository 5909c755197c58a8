import type { SqlRunner } from '../../../drizzle/database.ts';
import type { Context } from '../context.ts';

/** Outages that go on, as a condition on `notice n`. */
export function isRunning(run: SqlRunner) {
  return run`(n.kind = 'outage' and n.state in ('investigating', 'identified', 'watching'))`;
}

/** Whether the newest revision of `notice n` is about the service of `ticket t`, or all that its account has, and will be felt; as a condition. */
export function concerns(run: SqlRunner) {
  return run`exists (
    select from notice_hit h join notice_revision r on r.notice_id = h.notice_id and r.revision = h.revision
    where h.notice_id = n.id and h.revision = n.revision
      and (h.service_id = t.service_id or (h.service_id is null and h.account_id = t.account_id))
      and r.content -> 'objects' -> h.object::int ->> 'impact' <> 'none')`;
}

/** Departments whose tickets follow an outage: questions of invoices do not, and general ones are about no service. */
export function followingDepartments({ policy }: Pick<Context, 'policy'>): string[] {
  return policy.departments
    .filter(({ kind = 'technical', general }) => kind === 'technical' && general !== true)
    .map(({ id }) => id);
}

/** The outage that a ticket follows; undefined when it follows none. */
export async function partOf(run: SqlRunner, ticketId: number): Promise<number | undefined> {
  const [part] = await run<{ notice: number }[]>`
    select notice_id as notice from ticket_notice where ticket_id = ${ticketId} and how = 'part' and ended_at is null`;
  return part?.notice;
}
