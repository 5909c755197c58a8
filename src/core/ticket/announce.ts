import type { Act } from '../context.ts';
import { departmentName, priorityName } from '../policy/index.ts';
import type { PromiseTarget } from '../sla/index.ts';
import { formatWhen, oneLine } from '../text/index.ts';
import type { EventOf } from './events.ts';
import type { TicketRow } from './model.ts';
import { tellCustomer, tellDesk } from './say.ts';

/** The name of who acts, for staff only: it never goes to a customer. */
export function actorName({ actor, policy }: Act): string {
  if (actor.type === 'system') return policy.desk.name;
  return oneLine(actor.handle.name || actor.handle.externalId, 60);
}

/** The name under which customers may know who acts: only what the policy says, and only for who stands there. */
export function publicName({ actor, policy }: Act): string | undefined {
  if (actor.type !== 'staff') return undefined;
  const { channel, externalId } = actor.handle;
  return policy.people.find(one => one.reach[channel] === externalId)?.public;
}

/** Staff see who gave the ticket to whom. */
export async function tellDeskOfAssignment(
  act: Act,
  ticket: TicketRow,
  { to }: EventOf<'assigned'>,
): Promise<void> {
  const args = { name: oneLine(to.name || to.externalId, 60), by: actorName(act) };
  await tellDesk(act, ticket.id, { say: 'desk-assigned', args, locale: act.policy.staff.language });
}

/** Staff see who handed the ticket on, and to which department. */
export async function tellDeskOfTransfer(
  act: Act,
  ticket: TicketRow,
  { to }: EventOf<'transferred'>,
): Promise<void> {
  const locale = act.policy.staff.language;
  const args = { department: departmentName(act.policy, to, locale), by: actorName(act) };
  await tellDesk(act, ticket.id, { say: 'desk-transferred', args, locale });
}

/** The customer is told who takes care of it now: the department, never a name. */
export async function tellCustomerOfTransfer(
  act: Act,
  ticket: TicketRow,
  { to }: EventOf<'transferred'>,
): Promise<void> {
  const { id: number, locale } = ticket;
  const args = { number, department: departmentName(act.policy, to, locale) };
  await tellCustomer(act, ticket, { say: 'ticket-transferred', args, locale });
}

/** Staff see who changed the priority. */
export async function tellDeskOfPriority(
  act: Act,
  ticket: TicketRow,
  { to }: EventOf<'prioritised'>,
): Promise<void> {
  const locale = act.policy.staff.language;
  const args = { priority: priorityName(act.policy, to, locale), by: actorName(act) };
  await tellDesk(act, ticket.id, { say: 'desk-prioritised', args, locale });
}

/** The customer is told the new priority, and by when the first reply comes while there was none. */
export async function tellCustomerOfPriority(
  act: Act,
  ticket: TicketRow,
  { to }: EventOf<'prioritised'>,
): Promise<void> {
  const { id: number, locale } = ticket;
  const priority = priorityName(act.policy, to, locale);
  const dueAt = await promisedBy(act, ticket, 'first-reply');
  if (dueAt === undefined)
    return tellCustomer(act, ticket, { say: 'ticket-prioritised', args: { number, priority }, locale });
  const args = { number, priority, by: whenSaid(act, dueAt, locale) };
  return tellCustomer(act, ticket, { say: 'ticket-prioritised-by', args, locale });
}

/** Staff are told that the customer asks for a quicker answer, and what was promised. */
export async function tellDeskOfEscalation(act: Act, ticket: TicketRow): Promise<void> {
  const locale = act.policy.staff.language;
  const dueAt = (await promisedBy(act, ticket, 'answer')) ?? act.at;
  const args = { by: whenSaid(act, dueAt, locale) };
  await tellDesk(act, ticket.id, { say: 'desk-escalated', args, locale });
}

/** The customer hears by when they get an answer. */
export async function tellCustomerOfEscalation(act: Act, ticket: TicketRow): Promise<void> {
  const { id: number, locale } = ticket;
  const dueAt = (await promisedBy(act, ticket, 'answer')) ?? act.at;
  const args = { number, by: whenSaid(act, dueAt, locale) };
  await tellCustomer(act, ticket, { say: 'ticket-escalated', args, locale });
}

/** By when something is promised that is still open; undefined when it is not. The clock was kept ahead of this (`core/reactions.ts`). */
export async function promisedBy(
  act: Act,
  ticket: TicketRow,
  target: PromiseTarget,
): Promise<Date | undefined> {
  const [row] = await act.tx<{ dueAt: Date | null }[]>`
    select due_at as "dueAt" from promise where ticket_id = ${ticket.id} and target = ${target} and ended_at is null`;
  return row?.dueAt ?? undefined;
}

/** A promised time as it is told, in the desk's zone. */
export function whenSaid(act: Act, at: Date, locale: string): string {
  return formatWhen(at, locale, act.policy.desk.zone, act.at, { zone: 'abbreviation' });
}
