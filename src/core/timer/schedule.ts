import type { Act } from '../context.ts';
import type { TimerPlan } from './model.ts';

/**
 * Sets timers, in the transaction of what causes them; the ticket must be locked. One that waits for the same moment stays as it is; for
 * another moment it is set anew. A step that has fired fires again only when it is set to a later moment than it fired at.
 */
export async function schedule(act: Act, plans: readonly TimerPlan[]): Promise<void> {
  if (plans.length > 0) await put(act, plans, null);
}

/** Makes the timers of a ticket whose targets begin with `kind` and a colon be these and no others: the rest is cancelled. */
export async function replan(
  act: Act,
  ticketId: number,
  kind: string,
  plans: readonly Omit<TimerPlan, 'ticketId'>[],
): Promise<void> {
  await put(
    act,
    plans.map(plan => ({ ...plan, ticketId })),
    { ticketId, prefix: `${kind}:` },
  );
}

/** One statement: each row is either cancelled or set, never both. */
async function put(
  act: Act,
  plans: readonly TimerPlan[],
  rest: { readonly ticketId: number; readonly prefix: string } | null,
): Promise<void> {
  const rows = plans.map(({ ticketId, target, cycle, step, dueAt }) => ({
    ticket: ticketId,
    target,
    cycle,
    step,
    due: dueAt,
  }));
  await act.tx`
    with plan as (
      select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
        as p(ticket bigint, target text, cycle int, step text, due timestamptz)
    ), cancelled as (
      update timer t set state = 'cancelled', generation = t.generation + 1, leased_until = null
      where t.ticket_id = ${rest?.ticketId ?? null}::bigint and t.state not in ('fired', 'cancelled') and starts_with(t.target, ${rest?.prefix ?? ''})
        and not exists (select from plan p where p.target = t.target and p.cycle = t.cycle and p.step = t.step)
    )
    insert into timer (ticket_id, target, cycle, step, due_at, run_at)
    select ticket, target, cycle, step, due, due from plan order by ticket, target, cycle, step
    on conflict (ticket_id, target, cycle, step) do update set due_at = excluded.due_at, run_at = excluded.due_at, state = 'pending',
      generation = timer.generation + 1, attempts = 0, leased_until = null, fired_at = null, alarmed_at = null
    where case timer.state when 'pending' then timer.due_at <> excluded.due_at when 'fired' then excluded.due_at > timer.fired_at
      else true end`;
}
