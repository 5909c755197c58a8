import type { Act } from '../context.ts';
import { Refusal } from '../errors.ts';
import { type LevelPolicy, levelName } from '../policy/index.ts';
import { literalInline, oneLine, raw } from '../text/index.ts';
import {
  actorName,
  type EventOf,
  lockTicket,
  putAtLevel,
  type TicketRow,
  tellCustomer,
  tellDesk,
  whenSaid,
} from '../ticket/index.ts';
import { schedule, type Timer, type TimerPlan } from '../timer/index.ts';
import { above, below, levelOf, readMove } from './rules/levels.ts';
import { openedFor, openingsOf } from './rules/openings.ts';

/** Longest reason, in UTF-16 units. */
const REASON = 500;

/**
 * Hands a ticket to the level that can solve it: the one that is named before the reason, else the next one up. The customer is told to whom,
 * why, and what comes next. Throws `Refusal` without a reason, at the top, and for the level where it is.
 */
export async function escalateTo(act: Act, ticket: TicketRow, text: string): Promise<void> {
  const { here, reason, level } = moveIn(act, ticket, text);
  const to = level ?? above(act.policy.levels, here, ticket.department);
  if (to === undefined) {
    const choices = act.policy.levels.map(one => one.id).join(', ');
    throw new Refusal('level-top', { number: ticket.id, choices });
  }
  await put(act, ticket, 'escalated', { here, to, reason });
}

/** Hands a ticket back to the level below. Throws `Refusal` without a reason, and at the bottom. */
export async function deescalate(act: Act, ticket: TicketRow, text: string): Promise<void> {
  const { here, reason, level } = moveIn(act, ticket, text);
  const to = level ?? below(act.policy.levels, here, ticket.department);
  if (to === undefined) throw new Refusal('level-bottom', { number: ticket.id });
  await put(act, ticket, 'deescalated', { here, to, reason });
}

function moveIn(act: Act, ticket: TicketRow, text: string) {
  const { levels } = act.policy;
  const here = levelOf(levels, ticket.level);
  if (here === undefined) throw new Refusal('no-levels');
  return { here, ...readMove(levels, oneLine(text, REASON)) };
}

async function put(
  act: Act,
  ticket: TicketRow,
  type: 'escalated' | 'deescalated',
  move: { readonly here: LevelPolicy; readonly to: LevelPolicy; readonly reason: string },
): Promise<void> {
  const { here, to, reason } = move;
  if (to.id === here.id) throw new Refusal('already-so');
  if (reason === '') throw new Refusal('escalate-why');
  await putAtLevel(act, ticket, { type, from: here.id, to: to.id, reason, opensAt: opensAt(act, to) });
}

/** When a level that is closed now opens; null when it is open. */
function opensAt({ policy, at }: Act, { calendar }: LevelPolicy): Date | null {
  if (calendar === undefined) return null;
  const { open, until } = openingsOf(policy)(calendar, at);
  return open ? null : (until ?? null);
}

type Moved = EventOf<'escalated' | 'deescalated'>;

/** Staff see who moved the ticket, where to, and why. */
export async function tellDeskOfLevel(act: Act, ticket: TicketRow, event: Moved): Promise<void> {
  const locale = act.policy.staff.language;
  const level = levelName(act.policy, event.to, locale);
  if (event.reason === null) return tellDesk(act, ticket.id, { say: 'desk-raised', args: { level }, locale });
  const args = { level, by: actorName(act), reason: event.reason };
  return tellDesk(act, ticket.id, { say: `desk-${event.type}-to`, args, locale });
}

/** The customer is told who takes care of it now, why, and what comes next: never a name. */
export async function tellCustomerOfLevel(act: Act, ticket: TicketRow, event: Moved): Promise<void> {
  const { id: number, locale } = ticket;
  const say = act.phrases.say.bind(act.phrases, locale);
  const reason = event.reason === null ? say('level-why-untouched') : literalInline(event.reason);
  const next =
    event.opensAt === null
      ? say('level-next-open')
      : say('level-next-closed', { when: whenSaid(act, event.opensAt, locale) });
  const args = {
    number,
    level: levelName(act.policy, event.to, locale),
    reason: raw(reason),
    next: raw(next),
  };
  await tellCustomer(act, ticket, { say: `ticket-${event.type}-to`, args, locale });
}

const UNTOUCHED = { target: 'level:untouched', cycle: 0, step: 'up' } as const;

/** By when a ticket that is opened now, or put at a level now, must have been touched; undefined when its level has no such time, or is the last. */
export function untouchedTimer(
  act: Pick<Act, 'policy'>,
  { level: id, department }: { readonly level: string | null; readonly department: string },
  since: Date,
): Omit<TimerPlan, 'ticketId'> | undefined {
  const { levels } = act.policy;
  const level = levelOf(levels, id);
  if (level?.untouched === undefined || above(levels, level, department) === undefined) return undefined;
  return { ...UNTOUCHED, dueAt: openedFor(act.policy, level.calendar, since, level.untouched * 1000) };
}

/** The time in which somebody must touch the ticket begins anew: it is at another level, or open again. */
export async function watchLevel(act: Act, ticket: TicketRow): Promise<void> {
  const timer = untouchedTimer(act, ticket, act.at);
  if (timer !== undefined) await schedule(act, [{ ...timer, ticketId: ticket.id }]);
}

/** What somebody of the staff does to a ticket. */
const TOUCHES = [
  'claimed',
  'assigned',
  'staff-replied',
  'note-added',
  'transferred',
  'prioritised',
  'proof-asked',
  'page-acknowledged',
];

/** A ticket that nobody has touched within its level's time goes up by itself. */
export async function raiseUntouched(act: Act, { ticketId }: Timer): Promise<void> {
  const ticket = await lockTicket(act, ticketId);
  if (ticket.state !== 'open') return;
  const [touched] = await act.tx<{ at: Date }[]>`
    select greatest(t.opened_at, t.level_since, (select max(e.at) from event e where e.ticket_id = t.id and (e.type = any(${TOUCHES})
      or (e.type = 'moved' and e.data ->> 'to' = 'open')))) as at
    from ticket t where t.id = ${ticketId}`;
  const timer = touched && untouchedTimer(act, ticket, touched.at);
  if (timer === undefined) return;
  if (timer.dueAt > act.at) return schedule(act, [{ ...timer, ticketId }]);
  const here = levelOf(act.policy.levels, ticket.level);
  const to = here && above(act.policy.levels, here, ticket.department);
  if (here === undefined || to === undefined) return;
  await putAtLevel(act, ticket, {
    type: 'escalated',
    from: here.id,
    to: to.id,
    reason: null,
    opensAt: opensAt(act, to),
  });
}
