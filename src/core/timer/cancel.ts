import type { Act } from '../context.ts';
import type { TimerPlan } from './model.ts';
import { schedule } from './schedule.ts';

/** Which timers of a ticket are meant: all of a target, of a cycle, or one step. */
export interface TimerMatch {
  readonly ticketId: number;
  /** A whole target, `promise:first-reply`, or with a colon at its end all that begin so: `promise:`. */
  readonly target: string;
  readonly cycle?: number;
  readonly step?: string;
}

/** Cancels those that wait, in the transaction of what makes them needless; the ticket must be locked. Returns how many. */
export async function cancel(act: Act, { ticketId, target, cycle, step }: TimerMatch): Promise<number> {
  const done = await act.tx`
    update timer set state = 'cancelled', generation = generation + 1, leased_until = null
    where ticket_id = ${ticketId} and state = 'pending'
      and (target = ${target} or (${target.endsWith(':')} and starts_with(target, ${target})))
      and (${cycle ?? null}::int is null or cycle = ${cycle ?? null}) and (${step ?? null}::text is null or step = ${step ?? null})`;
  return done.count;
}

/** Makes the timers of a ticket whose targets begin with `kind` and a colon be these and no others. */
export async function replan(
  act: Act,
  ticketId: number,
  kind: string,
  plans: readonly Omit<TimerPlan, 'ticketId'>[],
): Promise<void> {
  const wanted = JSON.stringify(plans.map(({ target, cycle, step }) => ({ target, cycle, step })));
  await act.tx`
    update timer t set state = 'cancelled', generation = t.generation + 1, leased_until = null
    where t.ticket_id = ${ticketId} and t.state = 'pending' and starts_with(t.target, ${`${kind}:`})
      and not exists (select from jsonb_to_recordset(${wanted}::jsonb) as p(target text, cycle int, step text)
        where p.target = t.target and p.cycle = t.cycle and p.step = t.step)`;
  await schedule(
    act,
    plans.map(plan => ({ ...plan, ticketId })),
  );
}
