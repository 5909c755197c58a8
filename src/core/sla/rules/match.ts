import type { PromiseRule, PromiseTarget, Terms } from '../model.ts';

/** What of a ticket decides what is promised on it. */
export interface TicketFacts {
  readonly department: string;
  readonly priority: string;
  readonly way: string;
  readonly tier: string | null;
}

/** The first rule that fits; undefined when nothing is promised. */
export function fittingRule(
  { promises }: Terms,
  target: PromiseTarget,
  facts: TicketFacts,
): PromiseRule | undefined {
  return promises[target].find(rule =>
    (['department', 'priority', 'way', 'tier'] as const).every(
      key => rule[key] === undefined || rule[key] === facts[key],
    ),
  );
}

/** Whether two rules give the same time: in each the calendar is that of its own terms. */
export function sameRule(terms: Terms, rule: PromiseRule, other: Terms, otherRule: PromiseRule): boolean {
  const essence = (of: Terms, { within, latest, calendar }: PromiseRule): string =>
    JSON.stringify([within, latest ?? null, of.calendars[calendar ?? 'always'] ?? null]);
  return essence(terms, rule) === essence(other, otherRule);
}

/** Whether the tier of an account makes a difference anywhere: only then it has to be looked up. */
export function asksForTier({ promises }: Terms): boolean {
  return Object.values(promises).some(rules => rules.some(rule => rule.tier !== undefined));
}
