import type { Policy, Priority } from './model.ts';

/** The department's name in a language; the desk's own language, then the id, when that is missing. */
export function departmentName(policy: Policy, id: string, locale: string): string {
  const name = policy.departments.find(one => one.id === id)?.name;
  return name?.[locale] ?? name?.[policy.desk.language] ?? id;
}

/** The priority's name in a language; the desk's own language, then the id, when that is missing. */
export function priorityName(policy: Policy, id: string, locale: string): string {
  const name = policy.priorities.find(one => one.id === id)?.name;
  return name?.[locale] ?? name?.[policy.desk.language] ?? id;
}

/** The priority with that id, if the policy has it. */
export function priorityOf(policy: Policy, id: string): Priority | undefined {
  return policy.priorities.find(one => one.id === id);
}

/** The level's name in a language; the desk's own language, then the id, when that is missing. */
export function levelName(policy: Policy, id: string, locale: string): string {
  const name = policy.levels.find(one => one.id === id)?.name;
  return name?.[locale] ?? name?.[policy.desk.language] ?? id;
}
