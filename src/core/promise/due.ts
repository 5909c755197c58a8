import type { Act } from '../context.ts';
import { shareIn } from '../sla/index.ts';
import { happened, lockTicket } from '../ticket/index.ts';
import type { Timer } from '../timer/index.ts';
import { countCycles, keepClock, TIMERS } from './keep.ts';

/**
 * A promise is due, or a share of its time has passed. Whether it was missed is decided by the events and not by this: a timer that finds it
 * kept, put off or over says nothing.
 */
export async function promiseDue(act: Act, timer: Timer): Promise<void> {
  const ticket = await lockTicket(act, timer.ticketId);
  const { cycles } = await countCycles(act, ticket.id);
  const one = cycles.find(
    cycle => `${TIMERS}:${cycle.target}` === timer.target && cycle.cycle === timer.cycle,
  );
  const share = shareIn(timer.step);
  const at = act.at.getTime();
  if (one === undefined || one.endedAt !== null || one.dueAt === null) return keepClock(act, ticket);
  const { target, cycle } = one;
  const dueAt = new Date(one.dueAt);
  if (share === undefined && one.dueAt <= at)
    await happened(act, ticket, { type: 'promise-missed', target, cycle, dueAt });
  else if (share !== undefined && one.dueAt > at)
    await happened(act, ticket, { type: 'promise-at-risk', target, cycle, dueAt, share });
  else await keepClock(act, ticket);
}
