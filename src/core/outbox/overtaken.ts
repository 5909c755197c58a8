import type { SqlRunner } from '../../../drizzle/database.ts';

/**
 * Whether a dispatch of a notice says what is no longer so: a newer revision was confirmed, or its contact is to be told something newer of
 * it. What has not been sent then never is; it is asked before each attempt, so that nothing goes out after a cancel. That it is over stays true for whom it is: only
 * something newer for themselves overtakes that.
 */
export function isOvertaken(run: SqlRunner, dispatchId: number): Promise<boolean> {
  return isAny(run, run`d.id = ${dispatchId}`);
}

/** The same of a message that tells of several: one of them is enough, as long as it is in it. */
export function saysOvertaken(run: SqlRunner, dispatchId: number): Promise<boolean> {
  return isAny(run, run`(d.id = ${dispatchId} or (d.lead_id = ${dispatchId} and d.state = 'trying'))`);
}

async function isAny(run: SqlRunner, which: ReturnType<SqlRunner>): Promise<boolean> {
  const rows = await run`
    select from dispatch d join notice n on n.id = d.notice_id
    where ${which} and ((n.revision > d.revision and d.stage not like 'finish%') or exists (
      select from dispatch later where later.notice_id = d.notice_id and later.contact_id = d.contact_id and later.id > d.id
        and later.revision >= d.revision and (later.state <> 'skipped' or later.why = 'superseded'))) limit 1`;
  return rows.count > 0;
}
