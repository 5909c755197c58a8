import type { Act } from '../context.ts';
import { refreshCards } from '../outbox/index.ts';
import { priorityOf } from '../policy/index.ts';
import { oneLine } from '../text/index.ts';
import { type EventOf, lockTicket, type TicketRow, tellDesk, whenSaid } from '../ticket/index.ts';
import { cancel, schedule, type Timer, type TimerPlan } from '../timer/index.ts';
import { begin, climberOf, endClimb, goOn, hurry, trigger } from './climb.ts';
import { raiseUntouched, untouchedTimer, watchLevel } from './levels.ts';
import { readPeople } from './people.ts';
import { ladderAsked, ladderFor, ladderFrom, stepAtShare, stepsAfter } from './rules/climb.ts';

/** Promises whose danger pages somebody: those that a person keeps by answering. */
const ANSWERED = ['first-reply', 'next-reply', 'update', 'answer'];

/** What is set with a ticket's opening: the steps of its ladder that count from then, and the time in which somebody must touch it. */
export function openingTimers(
  act: Pick<Act, 'policy'>,
  request: Pick<TicketRow, 'priority' | 'department'>,
  at: Date,
): Omit<TimerPlan, 'ticketId'>[] {
  const untouched = untouchedTimer(act, { level: null, department: request.department }, at);
  return [...stepTimers(act, request, at), ...(untouched === undefined ? [] : [untouched])];
}

function stepTimers(
  act: Pick<Act, 'policy'>,
  request: Pick<TicketRow, 'priority' | 'department'>,
  at: Date,
): Omit<TimerPlan, 'ticketId'>[] {
  const ladder = ladderFor(act.policy, climberOf(act, request), 'opened');
  return (ladder === undefined ? [] : stepsAfter(ladder, 'opened')).map(({ step, ms }) =>
    timerOf(step, at, ms),
  );
}

const timerOf = (step: number, from: Date, ms: number): Omit<TimerPlan, 'ticketId'> => ({
  target: 'ladder:step',
  cycle: 0,
  step: String(step),
  dueAt: new Date(from.getTime() + ms),
});

/** A timer of the ladder is due: a step's own moment, the end of a wait, or the hour at which a level opens. */
export async function climbByTimer(act: Act, timer: Timer): Promise<void> {
  if (timer.target === 'ladder:next') return goOn(act, timer);
  const ticket = await lockTicket(act, timer.ticketId);
  if (ticket.state !== 'open') return;
  if (timer.target === 'ladder:opens') return pageLevel(act, ticket);
  const step = Number(timer.step);
  const climber = climberOf(act, ticket);
  const opened = ladderFor(act.policy, climber, 'opened');
  const missed = ladderFor(act.policy, climber, 'missed');
  const plan = [opened, missed].find(one => one !== undefined && timer.cycle === (one === opened ? 0 : 1));
  if (plan?.steps[step] !== undefined) await trigger(act, ticket, plan, step);
}

/** A timer of the level is due. */
export async function raiseByTimer(act: Act, timer: Timer): Promise<void> {
  await raiseUntouched(act, timer);
}

/** A share of a promise has passed: whoever the ladder names then is paged. */
export async function climbOnRisk(
  act: Act,
  ticket: TicketRow,
  event: EventOf<'promise-at-risk'>,
): Promise<void> {
  const ladder = ladderFor(act.policy, climberOf(act, ticket), 'share');
  if (ladder === undefined || !ANSWERED.includes(event.target)) return;
  const step = stepAtShare(ladder, event.share);
  if (step !== undefined) await trigger(act, ticket, ladder, step);
}

/** A promise was missed: the steps at that moment come now, those after it in their time. */
export async function climbOnMiss(
  act: Act,
  ticket: TicketRow,
  event: EventOf<'promise-missed'>,
): Promise<void> {
  const ladder = ladderFor(act.policy, climberOf(act, ticket), 'missed');
  if (ladder === undefined || !ANSWERED.includes(event.target)) return;
  const steps = stepsAfter(ladder, 'missed');
  const later = steps.filter(({ ms }) => ms > 0);
  await schedule(
    act,
    later.map(({ step, ms }) => ({ ...timerOf(step, act.at, ms), cycle: 1, ticketId: ticket.id })),
  );
  const now = steps.findLast(({ ms }) => ms === 0);
  if (now !== undefined) await trigger(act, ticket, ladder, now.step);
}

/** A ticket that became critical, or is no longer, has another ladder from now on. */
export async function climbOnPriority(
  act: Act,
  ticket: TicketRow,
  { to }: EventOf<'prioritised'>,
): Promise<void> {
  if (ticket.state !== 'open') return;
  await cancel(act, { ticketId: ticket.id, target: 'ladder:step' });
  if (priorityOf(act.policy, to)?.critical !== true) return;
  const replied =
    await act.tx`select from event where ticket_id = ${ticket.id} and type = 'staff-replied' limit 1`;
  if (replied.count > 0) return;
  const timers = stepTimers(act, { priority: to, department: ticket.department }, act.at);
  await schedule(
    act,
    timers.map(timer => ({ ...timer, ticketId: ticket.id })),
  );
}

/** A ticket was put at another level: those who work there are called, or when they are there again. */
export async function climbOnLevel(
  act: Act,
  ticket: TicketRow,
  event: EventOf<'escalated' | 'deescalated'>,
): Promise<void> {
  await endClimb(act, ticket.id);
  await cancel(act, { ticketId: ticket.id, target: 'ladder:opens' });
  await watchLevel(act, ticket);
  if (ticket.state !== 'open') return;
  if (event.opensAt === null) return pageLevel(act, ticket);
  const timer = { target: 'ladder:opens', cycle: 0, step: event.to, ticketId: ticket.id };
  await schedule(act, [{ ...timer, dueAt: event.opensAt }]);
}

/** A customer who asks for a quicker answer has people called at once, and not only when the answer is late. */
export async function climbOnAsking(act: Act, ticket: TicketRow): Promise<void> {
  const own = ladderFor(act.policy, climberOf(act, ticket), 'any');
  if (own !== undefined) await hurry(act, ticket, ladderAsked(own, act.policy.levels.length));
}

async function pageLevel(act: Act, ticket: TicketRow): Promise<void> {
  const own = ladderFor(act.policy, climberOf(act, ticket), 'any');
  if (own === undefined) return;
  const plan = ladderFrom(own, act.policy.levels.length);
  await begin(act, ticket, plan, 0, plan.steps.length);
}

/** An answer ends the climb. */
export async function endClimbOnReply(act: Act, ticket: TicketRow): Promise<void> {
  await endClimb(act, ticket.id);
}

/** A ticket that is part of an outage pages nobody: whoever mends the outage is at work. */
export async function endClimbOnAttach(act: Act, ticket: TicketRow): Promise<void> {
  await endClimb(act, ticket.id);
  await cancel(act, { ticketId: ticket.id, target: 'level:' });
}

/** It goes its own way again: somebody is to see to it as if it had just come. */
export async function climbOnDetach(
  act: Act,
  ticket: TicketRow,
  { why }: EventOf<'detached'>,
): Promise<void> {
  if (why === 'over' || ticket.state !== 'open') return;
  await watchLevel(act, ticket);
  await climbOnPriority(act, ticket, { type: 'prioritised', from: ticket.priority, to: ticket.priority });
}

/** So does a ticket that waits for the customer, is solved or closed; one that is open again must be touched in its level's time. */
export async function endClimbOnMove(act: Act, ticket: TicketRow, { to }: EventOf<'moved'>): Promise<void> {
  if (to === 'open') await watchLevel(act, ticket);
  else await endClimb(act, ticket.id);
}

/** Staff see who has it in hand, and until when they have to answer. */
export async function tellDeskOfAcknowledgement(
  act: Act,
  ticket: TicketRow,
  { person, until }: EventOf<'page-acknowledged'>,
): Promise<void> {
  const locale = act.policy.staff.language;
  const args = { name: await named(act, person), until: whenSaid(act, until, locale) };
  await tellDesk(act, ticket.id, { say: 'desk-acknowledged', args, locale });
}

/** Staff see in red that nobody was found, the first time. */
export async function tellDeskOfCall(
  act: Act,
  ticket: TicketRow,
  event: EventOf<'all-called'>,
): Promise<void> {
  if (!event.first) return;
  const args = { count: event.persons.length };
  await tellDesk(act, ticket.id, { say: 'desk-all-called', args, locale: act.policy.staff.language });
  await refreshCards(act, ticket.id);
}

async function named(act: Act, key: string): Promise<string> {
  const [person] = await readPeople(act, act.tx, [key]);
  return oneLine(person?.name ?? key, 60);
}
