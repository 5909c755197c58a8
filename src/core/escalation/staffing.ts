import type { SqlRunner } from '../../../drizzle/database.ts';
import type { Act, Context } from '../context.ts';
import type { LevelPolicy, OncallPolicy } from '../policy/index.ts';
import type { NobodyWhy, Person, PersonKey } from './model.ts';
import { keysOnDuty, readPeople } from './people.ts';
import { type Override, onCallAt } from './rules/oncall.ts';
import { openingsOf } from './rules/openings.ts';
import { membersOf } from './rules/teams.ts';

/** Whom somebody can be asked of: a level, a team, shifts, or one person. */
export type Group =
  | { readonly level: string }
  | { readonly team: string }
  | { readonly oncall: string }
  | { readonly person: PersonKey };

/** Who of a group can be paged now; when nobody can, why. */
export type Staffed =
  | { readonly people: readonly Person[]; readonly why?: undefined }
  | { readonly people: readonly []; readonly why: NobodyWhy };

/** Who of a group is there now, on duty and to be reached. */
export async function staffOf(act: Act, group: Group): Promise<Staffed> {
  if ('level' in group) {
    const level = act.policy.levels.find(one => one.id === group.level);
    if (level === undefined) return { people: [], why: 'empty' };
    if (!isOpen(act, level, act.at)) return { people: [], why: 'closed' };
    return staffOf(act, workersOf(level));
  }
  const people = await everybodyIn(act, group);
  const there = people.filter(one => one.onDuty);
  if (there.length === 0) return { people: [], why: 'empty' };
  const reached = there.filter(one => one.spots.length > 0);
  return reached.length === 0 ? { people: [], why: 'unreachable' } : { people: reached };
}

/** Who works at a level; the policy names one of the two. */
function workersOf({ team, oncall }: LevelPolicy): Exclude<Group, { level: string }> {
  return team === undefined ? { oncall: oncall ?? '' } : { team };
}

/** A level without a calendar is always open. */
export function isOpen({ policy }: Context, { calendar }: LevelPolicy, at: Date): boolean {
  return calendar === undefined || openingsOf(policy)(calendar, at).open;
}

/** Whether they are on duty or not. */
async function everybodyIn(act: Act, group: Exclude<Group, { level: string }>): Promise<Person[]> {
  return readPeople(act, act.tx, await keysIn(act, group));
}

async function keysIn(act: Act, group: Exclude<Group, { level: string }>): Promise<readonly PersonKey[]> {
  if ('person' in group) return [group.person];
  if ('oncall' in group) {
    const schedule = act.policy.oncall.find(one => one.id === group.oncall);
    if (schedule === undefined) return [];
    const standIns = await standInsOf(act.tx, schedule, act.at);
    const { person } = onCallAt(schedule, standIns, openingsOf(act.policy), act.at);
    return person === undefined ? [] : [person];
  }
  const members = membersOf(act.policy.teams, group.team);
  return members === 'anyone' ? keysOnDuty(act.tx) : members;
}

/**
 * The levels whose tickets are somebody's: those at which the ladder would call them. Who is at none has those that are open to whoever begins
 * a duty, and where there is no such level, all.
 */
export async function levelsOf(act: Act, key: PersonKey): Promise<readonly string[]> {
  const { levels, teams } = act.policy;
  const theirs: string[] = [];
  for (const level of levels) if ((await keysIn(act, workersOf(level))).includes(key)) theirs.push(level.id);
  if (theirs.length > 0) return theirs;
  const free = levels.filter(({ team }) => team !== undefined && membersOf(teams, team) === 'anyone');
  return (free.length > 0 ? free : levels).map(one => one.id);
}

/** Who stands in on a rotation from a moment on, in the order in which it was said. */
export async function standInsOf(run: SqlRunner, { id }: OncallPolicy, from: Date): Promise<Override[]> {
  return run<Override[]>`
    select person, from_at as "from", to_at as "to" from stand_in where oncall = ${id} and to_at > ${from} order by id`;
}
