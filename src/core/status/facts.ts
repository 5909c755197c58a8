import type { Held } from './hold.ts';
import type { Component, ComponentState, Phase, PublicNotice } from './model.ts';
import { effectOfAll, endOf, phaseOf, stateOf, worst } from './rules/state.ts';

/** So far back the history goes, in days. */
export const HISTORY_DAYS = 90;
const DAY_MS = 86_400_000;

/** A notice as it stands at a moment. */
export type NoticeFacts = PublicNotice & {
  readonly phase: Phase;
  /** What it does now. */
  readonly effect: ComponentState;
};

/** How everything is at a moment. */
export interface StatusFacts {
  readonly at: Date;
  /** When it was last known; undefined while it can be looked at. */
  readonly lastKnownAt: Date | undefined;
  readonly state: ComponentState;
  readonly components: readonly (Component & { readonly state: ComponentState })[];
  /** What goes on, the newest word first. */
  readonly now: readonly NoticeFacts[];
  /** What is to come, the next first. */
  readonly planned: readonly NoticeFacts[];
  /** What ended in the last 90 days, the last first. */
  readonly past: readonly NoticeFacts[];
  /** All that have a page of their own, also those that ended before that. */
  readonly all: readonly NoticeFacts[];
}

/** How everything is, by what was last read and by the clock. */
export function factsOf({ snapshot, now, isLast }: Held): StatusFacts {
  const all = snapshot.notices.map(one => ({
    ...one,
    phase: phaseOf(one, now),
    effect: effectOfAll(one, now),
  }));
  const components = snapshot.components.map(one => ({ ...one, state: stateOf(one, all, now) }));
  const since = now.getTime() - HISTORY_DAYS * DAY_MS;
  const inPhase = (phase: Phase): NoticeFacts[] => all.filter(one => one.phase === phase);
  return {
    at: now,
    lastKnownAt: isLast ? new Date(snapshot.readAt) : undefined,
    // Not everything that a notice is about need be a component.
    state: worst([...components.map(one => one.state), ...all.map(one => one.effect)]),
    components,
    now: inPhase('now').toSorted((a, b) => lastWord(b) - lastWord(a)),
    planned: inPhase('planned').toSorted((a, b) => nextTime(a, now) - nextTime(b, now)),
    past: inPhase('past')
      .filter(one => endOf(one) >= since)
      .toSorted((a, b) => endOf(b) - endOf(a)),
    all,
  };
}

function lastWord({ events }: PublicNotice): number {
  return Date.parse(events.at(-1)?.at ?? '');
}

/** When a window begins that has not ended; what has no date comes last. */
function nextTime({ windows }: PublicNotice, now: Date): number {
  const next = windows.find(({ to }) => Date.parse(to) > now.getTime());
  return next === undefined ? Number.MAX_SAFE_INTEGER : Date.parse(next.from);
}
