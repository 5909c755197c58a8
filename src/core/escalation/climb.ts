import type { Act } from '../context.ts';
import { Refusal } from '../errors.ts';
import { type EscalationPolicy, priorityOf } from '../policy/index.ts';
import { happened, lockTicket, type TicketRow } from '../ticket/index.ts';
import { cancel, schedule, type Timer } from '../timer/index.ts';
import type { Person, PersonKey } from './model.ts';
import { onDutyNow, readPeople } from './people.ts';
import { ASKED, isFor, isTimed, type Next, nextOf, type Standing } from './rules/climb.ts';
import { levelOf, rungsAbove } from './rules/levels.ts';
import { openingsOf } from './rules/openings.ts';
import { type Group, staffOf } from './staffing.ts';

/** A way up the ladder that is not at its end. */
export interface ClimbRow extends Standing {
  readonly id: number;
  readonly ticketId: number;
  readonly plan: EscalationPolicy;
  readonly state: 'climbing' | 'acknowledged' | 'calling';
  /** The last step whose moment has come. */
  readonly reached: number;
  /** Who acknowledged last. */
  readonly person: PersonKey | null;
}

const NEXT = { target: 'ladder:next', cycle: 0, step: 'next' } as const;

/** Why somebody is called, as the key of its words ends. */
export type PageWhy = 'opened' | 'share' | 'missed' | 'moved' | 'asked' | 'again' | 'all';

/** The open climb of a ticket, locked; the ticket must be. */
export async function lockClimb(act: Act, ticketId: number): Promise<ClimbRow | undefined> {
  const [row] = await act.tx<ClimbRow[]>`
    select id, ticket_id as "ticketId", plan, state, step, reached, repeated, round, person from climb
    where ticket_id = ${ticketId} and state <> 'ended' for update`;
  return row;
}

/** The moment of a step has come: it begins a climb, or takes one further. One that goes on by another ladder, or is further up, stays. */
export async function trigger(
  act: Act,
  ticket: TicketRow,
  plan: EscalationPolicy,
  step: number,
): Promise<void> {
  const climb = await lockClimb(act, ticket.id);
  if (climb === undefined) return begin(act, ticket, plan, step);
  if (climb.plan.id !== plan.id || step <= climb.reached) return;
  await act.tx`update climb set reached = ${step} where id = ${climb.id}`;
  if (climb.state !== 'climbing' || climb.round > 0 || step <= climb.step) return;
  await go(act, ticket, { ...climb, reached: step }, { do: 'page', at: { step, repeated: 0, round: 0 } });
}

/** Begins a climb at a step. `reached`: steps up to this one do not wait for a moment of their own. */
export async function begin(
  act: Act,
  ticket: TicketRow,
  plan: EscalationPolicy,
  step: number,
  reached = step,
): Promise<void> {
  const [made] = await act.tx<{ id: number }[]>`
    insert into climb (ticket_id, plan, state, step, reached, begun_at)
    values (${ticket.id}, ${JSON.stringify(plan)}::jsonb, 'climbing', -1, ${reached}, ${act.at})
    on conflict do nothing returning id`;
  if (made === undefined) return;
  const climb = {
    id: made.id,
    ticketId: ticket.id,
    plan,
    state: 'climbing',
    step: -1,
    reached,
    repeated: 0,
    round: 0,
    person: null,
  } as const;
  await go(act, ticket, climb, { do: 'page', at: { step, repeated: 0, round: 0 } });
}

/** Pages whoever is next; a step with nobody there is passed at once, and a whole ladder with nobody on it ends at everybody. */
export async function go(act: Act, ticket: TicketRow, climb: ClimbRow, first: Next): Promise<void> {
  const { plan } = climb;
  let next = first;
  for (let passed = 0; next.do === 'page' && passed < plan.steps.length; passed++) {
    const people = await peopleAt(act, ticket, climb, next.at.step);
    if (people.length > 0) {
      await stand(act, climb, 'climbing', next.at);
      await call(act, ticket, climb, people, { step: next.at.step, why: whyOf(plan, next.at.step) });
      if (isTimed(plan, next.at, climb.reached)) await wake(act, ticket.id, plan.wait);
      else await cancel(act, { ticketId: ticket.id, target: NEXT.target });
      return;
    }
    next = nextOf(plan, next.at, true);
  }
  await callAll(act, ticket, climb);
}

function whyOf(plan: EscalationPolicy, step: number): PageWhy {
  if (plan.id === 'moved') return 'moved';
  if (plan.id === ASKED) return 'asked';
  const at = plan.steps[step]?.at ?? {};
  return 'share' in at ? 'share' : 'missed' in at ? 'missed' : 'opened';
}

/** Who a step pages now. Each level, team or person that is passed is an event with its reason. */
async function peopleAt(act: Act, ticket: TicketRow, { plan }: ClimbRow, step: number): Promise<Person[]> {
  const { page = [], when, how } = plan.steps[step] ?? {};
  if (when !== undefined && !applies(act, ticket, when)) return [];
  const found = new Map<PersonKey, Person>();
  for (const whom of page) {
    const group = await groupOf(act, ticket, whom);
    if (group === undefined) continue;
    const staffed = await staffOf(act, group);
    if (staffed.why !== undefined)
      await happened(act, ticket, { type: 'page-nobody', step, group: nameOf(group), why: staffed.why });
    for (const one of staffed.people) found.set(one.key, one);
  }
  return [...found.values()].map(one => {
    const spots = how?.flatMap(way => one.spots.filter(spot => spot.way === way)) ?? [];
    return spots.length > 0 ? { ...one, spots } : one;
  });
}

function applies(
  act: Act,
  ticket: TicketRow,
  { during, ...when }: NonNullable<EscalationPolicy['steps'][number]['when']>,
): boolean {
  if (!isFor(when, climberOf(act, ticket))) return false;
  return during === undefined || openingsOf(act.policy)(during, act.at).open;
}

/** What its ladder is found by. */
export function climberOf(
  { policy }: Pick<Act, 'policy'>,
  ticket: Pick<TicketRow, 'priority' | 'department'>,
) {
  return { critical: priorityOf(policy, ticket.priority)?.critical === true, department: ticket.department };
}

/** The policy's words for whom, as of now; undefined for a level that the ladder has not, and for who takes care of a ticket of nobody's. */
async function groupOf(
  act: Act,
  ticket: TicketRow,
  whom: EscalationPolicy['steps'][number]['page'][number],
): Promise<Group | undefined> {
  if ('up' in whom) {
    const { levels } = act.policy;
    const here = levelOf(levels, ticket.level);
    const level = here && rungsAbove(levels, here, whom.up, ticket.department);
    return level && { level: level.id };
  }
  if (!('assignee' in whom)) return whom;
  if (ticket.assigneeId === null) return undefined;
  const [row] = await act.tx<{ channel: string; externalId: string }[]>`
    select channel, external_id as "externalId" from handle where id = ${ticket.assigneeId}`;
  const listed = act.policy.people.find(
    one => row !== undefined && one.reach[row.channel] === row.externalId,
  );
  return { person: listed?.id ?? `@${ticket.assigneeId}` };
}

const nameOf = (group: Group): string =>
  Object.entries(group)
    .map(([kind, id]) => `${kind}:${id}`)
    .join();

async function stand(act: Act, { id }: ClimbRow, state: ClimbRow['state'], at: Standing): Promise<void> {
  await act.tx`
    update climb set state = ${state}, step = ${at.step}, repeated = ${at.repeated}, round = ${at.round} where id = ${id}`;
}

/** In so many seconds the climb goes on. */
async function wake(act: Act, ticketId: number, seconds: number): Promise<void> {
  await schedule(act, [{ ...NEXT, ticketId, dueAt: new Date(act.at.getTime() + seconds * 1000) }]);
}

/** Writes down that people are to be called; the round calls them. Who was called about it before is called anew. */
async function call(
  act: Act,
  ticket: TicketRow,
  climb: ClimbRow,
  people: readonly Person[],
  { step, why }: { readonly step: number; readonly why: PageWhy },
): Promise<void> {
  const persons = people.map(one => one.key);
  await act.tx`
    update page set state = 'ended', due_at = null, settled_at = ${act.at}
    where climb_id = ${climb.id} and person = any(${persons}::text[]) and state in ('due', 'called')`;
  const rows = JSON.stringify(people.map(({ key, spots }) => ({ person: key, ways: spots })));
  await act.tx`
    insert into page (climb_id, ticket_id, person, step, ways, why, state, due_at, made_at)
    select ${climb.id}, ${ticket.id}, person, ${step}, ways, ${why}, 'due', ${act.at}, ${act.at}
    from jsonb_to_recordset(${rows}::jsonb) as p(person text, ways jsonb)`;
  if (why !== 'all') await happened(act, ticket, { type: 'paged', step, persons, again: why === 'again' });
}

/** Nobody was found, or nobody answered: everybody on duty is called, over and over, and the desk shows it in red. Only a person can end it. */
async function callAll(act: Act, ticket: TicketRow, climb: ClimbRow): Promise<void> {
  const listed = await readPeople(
    act,
    act.tx,
    act.policy.people.map(one => one.id),
  );
  const all = [...(await onDutyNow(act, act.tx)), ...listed].filter(
    one => one.onDuty && one.spots.length > 0,
  );
  const people = [...new Map(all.map(one => [one.key, one])).values()];
  const last = {
    step: climb.plan.steps.length - 1,
    repeated: climb.plan.steps.at(-1)?.repeat ?? 0,
    round: climb.plan.again,
  };
  await stand(act, climb, 'calling', last);
  await call(act, ticket, climb, people, { step: last.step, why: 'all' });
  await wake(act, ticket.id, climb.plan.catch_all);
  await happened(act, ticket, {
    type: 'all-called',
    persons: people.map(one => one.key),
    first: climb.state !== 'calling',
  });
}

/** The time has come at which the climb goes on: nobody acknowledged, whoever did has not answered, or everybody is called again. */
export async function goOn(act: Act, { ticketId }: Timer): Promise<void> {
  const ticket = await lockTicket(act, ticketId);
  const climb = await lockClimb(act, ticketId);
  if (climb?.state === 'acknowledged') return expire(act, ticket, climb);
  if (climb?.state === 'calling') return callAll(act, ticket, climb);
  if (climb !== undefined) await go(act, ticket, climb, nextOf(climb.plan, climb, false));
}

/** An acknowledgement is no answer: whoever gave it is reminded, and then the ladder goes on. */
export async function expire(act: Act, ticket: TicketRow, climb: ClimbRow): Promise<void> {
  const person = climb.person ?? '';
  await stand(act, climb, 'climbing', climb);
  // The moments of the first way up have passed meanwhile: from here on each step waits for the one before.
  await act.tx`update climb set reached = ${climb.plan.steps.length} where id = ${climb.id}`;
  await happened(act, ticket, { type: 'page-expired', person });
  const staffed = await staffOf(act, { person });
  if (staffed.why !== undefined) return go(act, ticket, climb, nextOf(climb.plan, climb, true));
  await call(act, ticket, climb, staffed.people, { step: climb.step, why: 'again' });
  await wake(act, ticket.id, climb.plan.wait);
}

/**
 * The customer cannot wait: whoever has it in hand is called again, and where nobody has, the ladder goes on, unless it has called somebody a moment
 * ago. Without a climb one begins: the one who has claimed the ticket, the ticket's level, then those above.
 */
export async function hurry(act: Act, ticket: TicketRow, plan: EscalationPolicy): Promise<void> {
  const climb = await lockClimb(act, ticket.id);
  if (climb === undefined) return begin(act, ticket, plan, 0, plan.steps.length);
  if (climb.state === 'calling') return;
  if (climb.state === 'acknowledged') {
    const { people } = await staffOf(act, { person: climb.person ?? '' });
    if (people.length > 0) return call(act, ticket, climb, people, { step: climb.step, why: 'asked' });
  } else if (await wasCalledLately(act, climb)) return;
  await go(act, ticket, climb, nextOf(climb.plan, climb, true));
}

async function wasCalledLately(act: Act, { id, plan }: ClimbRow): Promise<boolean> {
  const since = new Date(act.at.getTime() - plan.wait * 1000);
  const lately = await act.tx`
    select from page where climb_id = ${id} and made_at > ${since} and state in ('due', 'called') limit 1`;
  return lately.count > 0;
}

/** Somebody has it in hand: nobody is called until the time that the policy gives them has passed. Returns until when. */
export async function acknowledgeClimb(
  act: Act,
  ticket: TicketRow,
  climb: ClimbRow,
  person: PersonKey,
): Promise<Date> {
  const until = new Date(act.at.getTime() + climb.plan.acknowledged * 1000);
  await act.tx`update climb set state = 'acknowledged', person = ${person} where id = ${climb.id}`;
  await act.tx`
    update page set state = case when person = ${person} then 'acknowledged' else 'ended' end, due_at = null, settled_at = ${act.at}
    where climb_id = ${climb.id} and state in ('due', 'called')`;
  await wake(act, ticket.id, climb.plan.acknowledged);
  await happened(act, ticket, { type: 'page-acknowledged', person, until });
  return until;
}

/**
 * Somebody cannot, or cannot be reached. The last of those whom its step called takes the ladder on at once. Throws `Refusal` for whoever is
 * not called, or has passed it on already.
 */
export async function passClimb(
  act: Act,
  ticket: TicketRow,
  climb: ClimbRow,
  person: PersonKey,
  why: 'passed' | 'unreachable',
): Promise<void> {
  const theirs = await act.tx`
    update page set state = ${why}, due_at = null, settled_at = ${act.at}
    where climb_id = ${climb.id} and person = ${person} and state in ('due', 'called', 'acknowledged')`;
  if (theirs.count === 0) throw new Refusal('page-not-yours');
  const type = why === 'passed' ? 'page-passed-on' : 'page-unreachable';
  await happened(act, ticket, { type, person });
  if (climb.state === 'acknowledged' && climb.person !== person) return;
  if (climb.state === 'calling') return;
  const [open] =
    await act.tx`select from page where climb_id = ${climb.id} and step = ${climb.step} and state in ('due', 'called') limit 1`;
  if (open === undefined) await go(act, ticket, climb, nextOf(climb.plan, climb, true));
}

/** A person has answered, or nothing is to be answered any more: nobody is called, and what was to come does not. */
export async function endClimb(act: Act, ticketId: number): Promise<void> {
  for (const target of ['ladder:next', 'ladder:step']) await cancel(act, { ticketId, target });
  const ended = await act.tx<{ id: number }[]>`
    update climb set state = 'ended', ended_at = ${act.at} where ticket_id = ${ticketId} and state <> 'ended' returning id`;
  const [climb] = ended;
  if (climb === undefined) return;
  await act.tx`
    update page set state = 'ended', due_at = null, settled_at = ${act.at} where climb_id = ${climb.id} and state in ('due', 'called')`;
}
