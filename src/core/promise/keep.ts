import type { Act } from '../context.ts';
import { refreshCards, refreshHome } from '../outbox/index.ts';
import { type Cycle, cyclesOf, type PromiseStep, stepsOf, type Terms } from '../sla/index.ts';
import type { TicketRow } from '../ticket/index.ts';
import { replan, type TimerPlan } from '../timer/index.ts';
import { readLog } from './read-log.ts';
import { termsBehind } from './terms.ts';

/** The kind of the timers of promises; the target follows its colon. */
export const TIMERS = 'promise';

/** What a ticket's events come to, read anew. */
export async function countCycles(
  act: Act,
  ticketId: number,
): Promise<{ readonly cycles: Cycle[]; readonly termsBy: (hash: string) => Terms }> {
  const { log, hashes } = await readLog(act, act.tx, ticketId);
  const termsBy = await termsBehind(act, act.tx, hashes);
  return { cycles: cyclesOf(log, termsBy), termsBy };
}

/**
 * The promises and their timers become what the events come to, in the transaction of the event; the cards show it when it is something else
 * than before. Done once or often, in any order: the result is the same.
 */
export async function keepClock(act: Act, ticket: Pick<TicketRow, 'id' | 'handleId'>): Promise<void> {
  const { cycles, termsBy } = await countCycles(act, ticket.id);
  const steps = cycles.flatMap(one => stepsOf(one, termsBy(one.terms)));
  const [changed] = await Promise.all([
    writeCycles(act, ticket.id, cycles),
    replan(act, ticket.id, TIMERS, steps.map(planOf)),
  ]);
  if (!changed) return;
  await refreshCards(act, ticket.id);
  await refreshHome(act, ticket.handleId, 'reminder');
}

function planOf({ target, cycle, step, dueAt }: PromiseStep): Omit<TimerPlan, 'ticketId'> {
  return { target: `${TIMERS}:${target}`, cycle, step, dueAt: new Date(dueAt) };
}

/** Returns whether anything that people see was different: that the desk itself greets is nowhere shown. */
async function writeCycles(act: Act, ticketId: number, cycles: readonly Cycle[]): Promise<boolean> {
  const rows = JSON.stringify(cycles.map(rowOf));
  const changed = await act.tx<{ target: string }[]>`
    with given as (
      select * from jsonb_to_recordset(${rows}::jsonb) as g(target text, cycle int, started timestamptz, due timestamptz, state text,
        ended timestamptz, missed timestamptz, paused jsonb, terms text)
    ), gone as (
      delete from promise p where p.ticket_id = ${ticketId}
        and not exists (select from given g where g.target = p.target and g.cycle = p.cycle) returning target
    ), put as (
      insert into promise as p (ticket_id, target, cycle, started_at, due_at, state, ended_at, missed_at, paused, terms)
      select ${ticketId}::bigint, target, cycle, started, due, state, ended, missed, paused, terms from given
      on conflict (ticket_id, target, cycle) do update set started_at = excluded.started_at, due_at = excluded.due_at,
        state = excluded.state, ended_at = excluded.ended_at, missed_at = excluded.missed_at, paused = excluded.paused, terms = excluded.terms
      where (p.started_at, p.due_at, p.state, p.ended_at, p.missed_at, p.paused, p.terms) is distinct from
        (excluded.started_at, excluded.due_at, excluded.state, excluded.ended_at, excluded.missed_at, excluded.paused, excluded.terms)
      returning target
    )
    select target from gone union all select target from put`;
  return changed.some(({ target }) => target !== 'acknowledgement');
}

/** A promise as its table has it. */
export function rowOf(one: Cycle): Readonly<Record<string, unknown>> {
  const time = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString());
  return {
    target: one.target,
    cycle: one.cycle,
    started: time(one.startedAt),
    due: time(one.dueAt),
    state: one.state,
    ended: time(one.endedAt),
    missed: time(one.missedAt),
    paused: one.paused.map(([from, to]) => [from / 1000, to === null ? null : to / 1000]),
    terms: one.terms,
  };
}
