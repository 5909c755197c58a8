/** How a ladder is climbed: pure. */
import type { EscalationPolicy, Policy, StepPolicy } from '../../policy/index.ts';

/** Where a climb is: its step, how often that was repeated, and how often the whole ladder was. */
export interface Standing {
  readonly step: number;
  readonly repeated: number;
  readonly round: number;
}

/** What comes next: a step that pages, or everybody. */
export type Next = { readonly do: 'page'; readonly at: Standing } | { readonly do: 'call-all' };

/** What comes after a step: the same again, the one above, the whole ladder again, and at last everybody. `passed`: there was nobody, so it is not repeated. */
export function nextOf(plan: EscalationPolicy, { step, repeated, round }: Standing, passed: boolean): Next {
  const again = plan.steps[step]?.repeat ?? 0;
  if (!passed && repeated < again) return { do: 'page', at: { step, repeated: repeated + 1, round } };
  if (step + 1 < plan.steps.length) return { do: 'page', at: { step: step + 1, repeated: 0, round } };
  return round < plan.again
    ? { do: 'page', at: { step: 0, repeated: 0, round: round + 1 } }
    : { do: 'call-all' };
}

/**
 * Whether the climb waits for the next step only as long as the policy's `wait`. While the ladder is gone through for the first time, a step whose
 * moment is to come waits for that.
 */
export function isTimed(
  plan: EscalationPolicy,
  { step, repeated, round }: Standing,
  reached: number,
): boolean {
  const again = plan.steps[step]?.repeat ?? 0;
  return round > 0 || repeated < again || step + 1 >= plan.steps.length || step + 1 <= reached;
}

/** What brings a step about. */
export type Cause = 'opened' | 'share' | 'missed';

/** What is known of a ticket to find its ladder. */
export interface Climber {
  readonly critical: boolean;
  readonly department: string;
}

/** The ladder of a ticket: the first that is for it and has a step of that kind. */
export function ladderFor(
  { ladder }: Pick<Policy, 'ladder'>,
  climber: Climber,
  cause: Cause | 'any',
): EscalationPolicy | undefined {
  return ladder.find(
    one => isFor(one.for, climber) && (cause === 'any' || one.steps.some(({ at }) => cause in at)),
  );
}

/** Whether a condition is for a ticket; its calendar is not looked at. */
export function isFor(
  { critical, departments }: Omit<NonNullable<StepPolicy['when']>, 'during'>,
  climber: Climber,
): boolean {
  return (
    (critical ?? climber.critical) === climber.critical && (departments?.includes(climber.department) ?? true)
  );
}

/** The last step that a share of a promise brings about; undefined when it is none. */
export function stepAtShare({ steps }: EscalationPolicy, share: number): number | undefined {
  const found = steps.findLastIndex(({ at }) => 'share' in at && at.share <= share);
  return found < 0 ? undefined : found;
}

/** Steps that come so many ms after something: the opening, or the miss of a promise. */
export function stepsAfter(
  { steps }: EscalationPolicy,
  cause: 'opened' | 'missed',
): readonly { readonly step: number; readonly ms: number }[] {
  return steps.flatMap(({ at }, step) => {
    const seconds =
      cause === 'opened' ? ('opened' in at ? at.opened : undefined) : 'missed' in at ? at.missed : undefined;
    return seconds === undefined ? [] : [{ step, ms: seconds * 1000 }];
  });
}

/** The id of a ladder that a customer's asking began: no policy can have it. */
export const ASKED = '@asked';

/** The ladder of a ticket whose customer cannot wait: who has claimed it, its level, then those above, as patiently as its own ladder. */
export function ladderAsked(own: EscalationPolicy, levels: number): EscalationPolicy {
  const claimed: StepPolicy = { at: { opened: 0 }, page: [{ assignee: true }], repeat: 0 };
  return { ...own, id: ASKED, steps: [claimed, ...ladderFrom(own, levels).steps] };
}

/** The ladder of a ticket that was put at a level: that level at once, then those above, as patiently as its own ladder. */
export function ladderFrom(own: EscalationPolicy, levels: number): EscalationPolicy {
  const steps = Array.from(
    { length: Math.max(1, levels) },
    (_, up): StepPolicy => ({
      at: { opened: 0 },
      page: [{ up }],
      repeat: 0,
    }),
  );
  return { ...own, id: 'moved', steps };
}
