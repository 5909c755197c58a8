import type { Terms, Way } from './model.ts';
import { type Cycle, cyclesOf } from './rules/cycles.ts';
import { type PromiseStep, stepsOf, toldAt } from './rules/steps.ts';
import { hashOf } from './terms.ts';

/** A ticket that is being opened, as far as promises depend on it. */
export interface OpeningFacts {
  readonly department: string;
  readonly priority: string;
  readonly way: Way;
  readonly tier: string | null;
  readonly at: Date;
}

/** What is promised with the opening of a ticket. */
export interface OpeningPromises {
  readonly cycles: readonly Cycle[];
  readonly steps: readonly PromiseStep[];
  /** Kept with the event: what cannot be seen from the ticket later. */
  readonly kept: { readonly terms: string; readonly way: Way; readonly tier: string | null };
  /** By when the customer is told to hear from a person. */
  readonly by: Date;
}

/** What is promised with the opening of a ticket under these terms. */
export function promisesAtOpening(terms: Terms, { at, ...facts }: OpeningFacts): OpeningPromises {
  const hash = hashOf(terms);
  const cycles = cyclesOf([{ type: 'opened', at: at.getTime(), terms: hash, ...facts }], () => terms);
  const first = cycles.find(one => one.target === 'first-reply');
  const by = first === undefined ? null : toldAt(first, terms);
  return {
    cycles,
    steps: cycles.flatMap(one => stepsOf(one, terms)),
    kept: { terms: hash, way: facts.way, tier: facts.tier },
    by: new Date(by ?? at.getTime()),
  };
}
