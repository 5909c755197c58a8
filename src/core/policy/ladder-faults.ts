import type { LadderPolicy, StepPolicy, Whom } from './ladder.ts';

/** A fault of the policy: where, and what to do. */
export type Fault = [path: (string | number)[], why: string];

/** What the sections about levels and ladders name in other sections. */
export interface Named extends LadderPolicy {
  readonly desk: { readonly language: string };
  readonly departments: readonly { readonly id: string }[];
  /** Ids of the calendars. */
  readonly calendarIds: readonly string[];
  /** Shares of promises at which staff are warned, in percent. */
  readonly shares: readonly number[];
}

/** Everything in the sections about people, teams, shifts, levels and ladders that contradicts itself or another section. */
export function ladderFaults(policy: Named): Fault[] {
  return [
    ...doubles(policy),
    ...unnamed(policy),
    ...teamFaults(policy),
    ...oncallFaults(policy),
    ...levelFaults(policy),
    ...policy.ladder.flatMap((one, at) => [
      ...departmentsIn(policy, ['ladder', at, 'for', 'departments'], one.for.departments),
      ...stepFaults(policy, one.steps, at),
    ]),
  ];
}

const groups = ['people', 'teams', 'oncall', 'levels', 'ladder'] as const;

function doubles(policy: Named): Fault[] {
  return groups.flatMap(group => {
    const ids = policy[group].map(one => one.id);
    return ids.flatMap((id, at): Fault[] =>
      ids.indexOf(id) < at ? [[[group, at, 'id'], `"${id}" is there twice`]] : [],
    );
  });
}

function unnamed(policy: Named): Fault[] {
  const { language } = policy.desk;
  return (['teams', 'oncall', 'levels'] as const).flatMap(group =>
    policy[group].flatMap((one, at): Fault[] =>
      one.name[language] === undefined
        ? [[[group, at, 'name'], `has no name in the desk's language (${language})`]]
        : [],
    ),
  );
}

function unknown(
  what: string,
  id: string | undefined,
  known: readonly { id: string }[],
  path: Fault[0],
): Fault[] {
  if (id === undefined || known.some(one => one.id === id)) return [];
  const there = known.length === 0 ? 'there are none' : `there are: ${known.map(one => one.id).join(', ')}`;
  return [[path, `there is no ${what} "${id}"; ${there}`]];
}

const calendar = ({ calendarIds }: Named, id: string | undefined, path: Fault[0]): Fault[] =>
  unknown(
    'calendar',
    id,
    calendarIds.map(one => ({ id: one })),
    path,
  );

function departmentsIn(policy: Named, path: Fault[0], ids: readonly string[] = []): Fault[] {
  return ids.flatMap((id, at) => unknown('department', id, policy.departments, [...path, at]));
}

function teamFaults(policy: Named): Fault[] {
  const faults = policy.teams.flatMap(({ members }, at) =>
    members === 'anyone'
      ? []
      : members.flatMap((member, index) => {
          const path = ['teams', at, 'members', index];
          return member.startsWith('team:')
            ? unknown('team', member.slice(5), policy.teams, path)
            : unknown('person', member, policy.people, path);
        }),
  );
  const within = new Map(
    policy.teams.map(({ id, members }) => [
      id,
      members === 'anyone' ? [] : members.filter(one => one.startsWith('team:')).map(one => one.slice(5)),
    ]),
  );
  return [...faults, ...loops(within, 'teams', 'members', policy.teams, 'contains')];
}

function oncallFaults(policy: Named): Fault[] {
  return policy.oncall.flatMap(({ layers }, at) =>
    layers.flatMap((layer, index) => [
      ...calendar(policy, layer.calendar, ['oncall', at, 'layers', index, 'calendar']),
      ...layer.members.flatMap((member, n) =>
        unknown('person', member, policy.people, ['oncall', at, 'layers', index, 'members', n]),
      ),
    ]),
  );
}

function levelFaults(policy: Named): Fault[] {
  const { levels } = policy;
  const faults = levels.flatMap((one, at) => {
    const both: Fault[] =
      (one.team === undefined) === (one.oncall === undefined)
        ? [[['levels', at], `say who works at "${one.id}": either a team or an oncall`]]
        : [];
    return [
      ...both,
      ...unknown('team', one.team, policy.teams, ['levels', at, 'team']),
      ...unknown('oncall', one.oncall, policy.oncall, ['levels', at, 'oncall']),
      ...calendar(policy, one.calendar, ['levels', at, 'calendar']),
      ...departmentsIn(policy, ['levels', at, 'departments'], one.departments),
      ...one.up.flatMap((up, n) => unknown('level', up, levels, ['levels', at, 'up', n])),
    ];
  });
  return [
    ...faults,
    ...loops(new Map(levels.map(one => [one.id, one.up])), 'levels', 'up', levels, 'leads to'),
  ];
}

/** Each circle once, told at its first member in the file. */
function loops(
  edges: ReadonlyMap<string, readonly string[]>,
  group: string,
  field: string,
  order: readonly { readonly id: string }[],
  verb: string,
): Fault[] {
  const seen = new Set<string>();
  return order.flatMap(({ id }, at): Fault[] => {
    const circle = seen.has(id) ? undefined : circleFrom(edges, id);
    for (const one of circle ?? []) seen.add(one);
    return circle === undefined
      ? []
      : [[[group, at, field], `goes in a circle: ${circle.join(` ${verb} `)}`]];
  });
}

function circleFrom(edges: ReadonlyMap<string, readonly string[]>, start: string): string[] | undefined {
  const walk = (path: readonly string[], done: Set<string>): string[] | undefined => {
    for (const next of edges.get(path.at(-1) ?? '') ?? []) {
      if (next === start) return [...path, next];
      if (done.has(next)) continue;
      done.add(next);
      const found = walk([...path, next], done);
      if (found !== undefined) return found;
    }
    return undefined;
  };
  return walk([start], new Set());
}

function stepFaults(policy: Named, steps: readonly StepPolicy[], ladder: number): Fault[] {
  return steps.flatMap((step, at) => {
    const path = ['ladder', ladder, 'steps', at];
    const before = steps[at - 1];
    const order = before === undefined ? undefined : disorder(before, step);
    return [
      ...(order === undefined ? [] : [[[...path, 'at'], order] as Fault]),
      ...lateShare(policy, step, path),
      ...calendar(policy, step.when?.during, [...path, 'when', 'during']),
      ...departmentsIn(policy, [...path, 'when', 'departments'], step.when?.departments),
      ...step.page.flatMap((whom, n) => whomFaults(policy, whom, [...path, 'page', n])),
    ];
  });
}

function disorder({ at: before }: StepPolicy, { at: after }: StepPolicy): string | undefined {
  const kinds = ['opened', 'share', 'missed'] as const;
  const kindOf = (one: StepPolicy['at']) => kinds.findIndex(kind => kind in one);
  if (kindOf(after) < kindOf(before))
    return 'is out of order: first times since the opening, then shares of the promise, then missed';
  if (kindOf(after) > kindOf(before)) return undefined;
  const size = (one: StepPolicy['at']): number => Object.values(one)[0] ?? 0;
  return size(after) < size(before) ? 'comes before the step above it; put the steps in order' : undefined;
}

function whomFaults(policy: Named, whom: Whom, path: Fault[0]): Fault[] {
  if ('level' in whom) return unknown('level', whom.level, policy.levels, path);
  if ('team' in whom) return unknown('team', whom.team, policy.teams, path);
  if ('oncall' in whom) return unknown('oncall', whom.oncall, policy.oncall, path);
  if ('person' in whom) return unknown('person', whom.person, policy.people, path);
  return [];
}

/** A step waits for a share at which somebody is warned: past the last one it would never come. */
function lateShare({ shares }: Named, { at }: StepPolicy, path: Fault[0]): Fault[] {
  if (!('share' in at) || shares.some(share => share >= at.share)) return [];
  return [
    [[...path, 'at'], `no promise warns as late as that; at_risk has: ${shares.join(', ') || 'nothing'}`],
  ];
}
