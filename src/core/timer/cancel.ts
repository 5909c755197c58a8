import type { Act } from '../context.ts';

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
