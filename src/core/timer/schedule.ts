import type { Act } from '../context.ts';
import type { TimerPlan } from './model.ts';

/**
 * Sets timers, in the transaction of what causes them; the ticket must be locked. One that waits for the same moment stays as it is; for
 * another moment it is set anew. A step that has fired fires again only when it is set to a later moment than it fired at.
 */
export async function schedule(act: Act, plans: readonly TimerPlan[]): Promise<void> {
  if (plans.length === 0) return;
  await act.tx`
    insert into timer (ticket_id, target, cycle, step, due_at, run_at)
    select ticket, target, cycle, step, due, due
    from jsonb_to_recordset(${planJson(plans)}::jsonb) as p(ticket bigint, target text, cycle int, step text, due timestamptz)
    order by ticket, target, cycle, step
    on conflict (ticket_id, target, cycle, step) do update set due_at = excluded.due_at, run_at = excluded.due_at, state = 'pending',
      generation = timer.generation + 1, attempts = 0, leased_until = null, fired_at = null, alarmed_at = null
    where case timer.state when 'pending' then timer.due_at <> excluded.due_at when 'fired' then excluded.due_at > timer.fired_at
      else true end`;
}

/** As the statements that write timers take them. */
function planJson(plans: readonly Omit<TimerPlan, 'ticketId'>[]): string {
  return JSON.stringify(
    plans.map(plan => ({
      ticket: 'ticketId' in plan ? plan.ticketId : null,
      target: plan.target,
      cycle: plan.cycle,
      step: plan.step,
      due: plan.dueAt,
    })),
  );
}
