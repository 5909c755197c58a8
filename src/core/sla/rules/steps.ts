import type { Terms } from '../model.ts';
import { type Cycle, calendarIn } from './cycles.ts';
import { dueOf, givenMs } from './due.ts';

/** Something that is to happen to a promise: a share of its time passes, or all of it. */
export interface PromiseStep {
  readonly target: Cycle['target'];
  readonly cycle: number;
  /** `due`, or `risk-75`: the share in percent. */
  readonly step: string;
  readonly dueAt: number;
}

/** The steps of a promise that still runs. Of one that was missed it is still to be said, unless it was; none when it is paused or over. */
export function stepsOf(cycle: Cycle, terms: Terms): PromiseStep[] {
  const { target, cycle: number, dueAt, state } = cycle;
  if (cycle.endedAt !== null || dueAt === null) return [];
  const steps: PromiseStep[] = [{ target, cycle: number, step: 'due', dueAt }];
  if (state === 'missed') return steps;
  for (const share of sharesOf(cycle, terms)) {
    const at = dueOf(
      calendarIn(terms, cycle.rule),
      cycle.countedFrom,
      Math.round((givenMs(cycle.rule) * share) / 100),
      cycle.paused,
    );
    if (at !== null) steps.push({ target, cycle: number, step: `risk-${share}`, dueAt: at });
  }
  return steps;
}

/** Nobody need be warned that the desk's own first words take long. A promise with a latest time is at risk when the told one has passed. */
function sharesOf({ target, rule }: Cycle, { atRisk }: Terms): number[] {
  if (target === 'acknowledgement') return [];
  const told = rule.latest === undefined ? [] : [Math.floor((rule.within * 100) / rule.latest)];
  return [...new Set([...(rule.at_risk ?? atRisk), ...told])].sort((a, b) => a - b);
}

/** The share in the name of a step; undefined for the due time itself. */
export function shareIn(step: string): number | undefined {
  const [, share] = /^risk-(\d+)$/.exec(step) ?? [];
  return share === undefined ? undefined : Number(share);
}

/** By when the customer is told: `within` of the time, which is not later than when it is missed. */
export function toldAt({ rule, countedFrom, paused }: Cycle, terms: Terms): number | null {
  return dueOf(calendarIn(terms, rule), countedFrom, rule.within * 1000, paused);
}
