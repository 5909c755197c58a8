import { type Policy, priorityOf } from '../policy/index.ts';
import { promisesAtOpening, type Way } from '../sla/index.ts';

/** In how many ms a person answers whoever comes now by this way with a question that is not critical; undefined when nothing is promised. */
export function promisedWithin(policy: Policy, way: Way, at: Date): number | undefined {
  const department = policy.departments.find(({ general }) => general) ?? policy.departments[0];
  const priority = policy.priorities.find(({ id }) => priorityOf(policy, id)?.critical === false);
  const facts = { department: department?.id ?? '', priority: priority?.id ?? '', way, tier: null, at };
  const first = promisesAtOpening(policy.terms, facts).cycles.find(({ target }) => target === 'first-reply');
  return first?.dueAt == null ? undefined : first.dueAt - at.getTime();
}
