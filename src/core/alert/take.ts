import { type Act, type Context, transact } from '../context.ts';
import { followAlerts } from './follow.ts';
import type { AlertsSent, AlertsTaken, SupplierWork } from './model.ts';
import { lockAlerts, sourceOf } from './read.ts';
import type { Heard } from './rules/heard.ts';
import { storeAlerts } from './store.ts';
import { takeWorks } from './works.ts';

/**
 * Takes what a source tells: what is new is written down, grouped into outages that staff see as drafts, and shown at the desk, all in one transaction.
 * What comes again, and what comes too late, changes nothing, or waits (`begin-held.ts`). Rejects only when the database does.
 */
export function takeAlerts(ctx: Context, sent: AlertsSent): Promise<AlertsTaken> {
  return transact(ctx, { type: 'system' }, act => takeSent(act, sent));
}

async function takeSent(
  act: Act,
  { source: name, id, alerts, works = [], truncated }: AlertsSent,
): Promise<AlertsTaken> {
  await lockAlerts(act);
  const nothing = { alerts: alerts.length + works.length, changed: 0 };
  if (nothing.alerts === 0 || (id !== undefined && !(await isFirst(act, name, id)))) return nothing;
  const source = sourceOf(act, name);
  const moved = (await takeWorks(act, source, works)).filter(heard => heard === 'news').length;
  if (alerts.length === 0) return { ...nothing, changed: moved };
  const heard = await storeAlerts(act, source, alerts);
  await followAlerts(act, source, heard, truncated);
  return {
    ...nothing,
    changed: moved + heard.filter(({ step }) => step === 'begins' || step === 'ends').length,
  };
}

/** Takes the work that a letter of a supplier tells of, in the transaction that takes the letter. Returns what each tells. */
export async function takeWorksOf(
  act: Act,
  source: string,
  works: readonly SupplierWork[],
): Promise<readonly Heard[]> {
  await lockAlerts(act);
  return takeWorks(act, sourceOf(act, source), works);
}

/** A request that has an id of its own is taken once, as an event of a platform is. */
async function isFirst(act: Act, source: string, id: string): Promise<boolean> {
  const kept = await act.tx`
    insert into receipt (channel, event_id, state, run_at, received_at)
    values (${`alerts:${source}`}, ${id}, 'done', ${act.at}, ${act.at}) on conflict do nothing`;
  return kept.count > 0;
}
