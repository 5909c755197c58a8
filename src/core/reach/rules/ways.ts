import { openingsOf } from '../../escalation/rules/openings.ts';
import type { Policy } from '../../policy/model.ts';
import type { PromiseRule } from '../../sla/model.ts';
import { fittingRule } from '../../sla/rules/match.ts';
import type { FirstReply, Opened, ReachWay, WayFacts } from '../model.ts';

/** The calendar of rules that name none. */
const ALWAYS = 'always';

/** What a way promises to accounts of no tier: each first reply once, with the departments and priorities that it is for. */
export function wayFacts(policy: Policy, way: Exclude<ReachWay, 'notices'>, now: Date): WayFacts {
  const departments = policy.departments.map(({ id }) => id);
  const priorities = policy.priorities.map(({ id }) => id);
  const [department = '', priority = ''] = [departments[0], priorities[0]];
  const acknowledged = fittingRule(policy.terms, 'acknowledgement', {
    department,
    priority,
    way,
    tier: null,
  });
  const groups = new Map<string, { readonly rule: PromiseRule; readonly whose: [string, string][] }>();
  for (const one of priorities)
    for (const other of departments) {
      const facts = { department: other, priority: one, way, tier: null };
      const rule = fittingRule(policy.terms, 'first-reply', facts);
      if (rule === undefined) continue;
      const key = JSON.stringify([rule.within, rule.latest ?? null, rule.calendar ?? ALWAYS]);
      const group = groups.get(key) ?? { rule, whose: [] };
      group.whose.push([other, one]);
      groups.set(key, group);
    }
  const replies = [...groups.values()].map(({ rule, whose }) =>
    replyOf(policy, rule, whoseOf(whose, departments, priorities), now),
  );
  return { way, acknowledged: acknowledged?.within, replies };
}

type Whose = Pick<FirstReply, 'departments' | 'priorities'>;

/** A condition that all fulfil is none. */
function whoseOf(
  pairs: readonly (readonly [string, string])[],
  departments: readonly string[],
  priorities: readonly string[],
): Whose {
  const some = (all: readonly string[], at: 0 | 1): readonly string[] | undefined => {
    const named = all.filter(id => pairs.some(pair => pair[at] === id));
    return named.length === all.length ? undefined : named;
  };
  return { departments: some(departments, 0), priorities: some(priorities, 1) };
}

function replyOf(policy: Policy, rule: PromiseRule, whose: Whose, now: Date): FirstReply {
  const calendar = rule.calendar ?? ALWAYS;
  const { open, until } = openingsOf(policy)(calendar, now);
  const always = policy.terms.calendars[calendar]?.always ?? true;
  return {
    ...whose,
    within: rule.within,
    latest: rule.latest,
    always,
    opened: { isOpen: open, until },
  };
}

/** When each level of support is at work. */
export function levelOpenings(
  policy: Policy,
  now: Date,
): readonly { readonly level: string; readonly opened: Opened }[] {
  const openings = openingsOf(policy);
  return policy.levels.map(({ id, calendar = ALWAYS }) => {
    const { open, until } = openings(calendar, now);
    return { level: id, opened: { isOpen: open, until } };
  });
}
