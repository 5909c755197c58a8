import type { SqlRunner } from '../../../drizzle/database.ts';
import type { Act, Context } from '../context.ts';
import type { LevelPolicy, OncallPolicy } from '../policy/index.ts';
import type { NobodyWhy, Person, PersonKey } from './model.ts';
import { onDutyNow, readPeople } from './people.ts';
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
function workersOf({ team, oncall }: LevelPolicy): Group {
  return team === undefined ? { oncall: oncall ?? '' } : { team };
}

/** A level without a calendar is always open. */
export function isOpen({ policy }: Context, { calendar }: LevelPolicy, at: Date): boolean {
  return calendar === undefined || openingsOf(policy)(calendar, at).open;
}

/** Whether they are on duty or not. */
async function everybodyIn(act: Act, group: Exclude<Group, { level: string }>): Promise<Person[]> {
  if ('person' in group) return readPeople(act, act.tx, [group.person]);
  if ('oncall' in group) {
    const schedule = act.policy.oncall.find(one => one.id === group.oncall);
    if (schedule === undefined) return [];
    const { person } = onCallAt(
      schedule,
      await standInsOf(act.tx, schedule, act.at),
      openingsOf(act.policy),
      act.at,
    );
    return person === undefined ? [] : readPeople(act, act.tx, [person]);
  }
  const members = membersOf(act.policy.teams, group.team);
  return members === 'anyone' ? onDutyNow(act, act.tx) : readPeople(act, act.tx, members);
}

/** Who stands in on a rotation from a moment on, in the order in which it was said. */
export async function standInsOf(run: SqlRunner, { id }: OncallPolicy, from: Date): Promise<Override[]> {
  return run<Override[]>`
    select person, from_at as "from", to_at as "to" from stand_in where oncall = ${id} and to_at > ${from} order by id`;
}
