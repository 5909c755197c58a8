import type { Policy, Priority } from './model.ts';

/** The name of a part of the policy in a language; in the desk's own, then its id, when that is missing. */
export function nameIn(
  policy: Pick<Policy, 'desk'>,
  part: { readonly id: string; readonly name: Readonly<Record<string, string>> },
  locale: string,
): string {
  return part.name[locale] ?? part.name[policy.desk.language] ?? part.id;
}

const named = (
  policy: Policy,
  parts: readonly { readonly id: string; readonly name: Readonly<Record<string, string>> }[],
  id: string,
  locale: string,
): string => nameIn(policy, parts.find(one => one.id === id) ?? { id, name: {} }, locale);

/** The department's name in a language; the desk's own language, then the id, when that is missing. */
export function departmentName(policy: Policy, id: string, locale: string): string {
  return named(policy, policy.departments, id, locale);
}

/** The priority's name in a language; the desk's own language, then the id, when that is missing. */
export function priorityName(policy: Policy, id: string, locale: string): string {
  return named(policy, policy.priorities, id, locale);
}

/** The priority with that id, if the policy has it. */
export function priorityOf(policy: Policy, id: string): Priority | undefined {
  return policy.priorities.find(one => one.id === id);
}

/** The level's name in a language; the desk's own language, then the id, when that is missing. */
export function levelName(policy: Policy, id: string, locale: string): string {
  return named(policy, policy.levels, id, locale);
}
