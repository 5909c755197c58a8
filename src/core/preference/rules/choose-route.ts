import type { Destination } from '../model.ts';

/** What became of trying a destination: under way, done, failed for good, or not known. */
export type TryState = 'open' | 'sent' | 'failed' | 'unknown';

/** What the choice depends on. */
export interface RouteQuestion {
  /** First choice first. */
  readonly destinations: readonly Destination[];
  /** By handle: what was tried so far. */
  readonly tried: ReadonlyMap<number, TryState>;
  /** The handle in whose conversation the same is said anyway, with what became of it there; it counts when its turn comes. */
  readonly there?: { readonly handleId: number; readonly state: TryState };
  /** Until when it is quiet; undefined when it is not. */
  readonly quietUntil: Date | undefined;
  /** It may break the quiet, and better come twice than not. */
  readonly urgent: boolean;
  /** To be told nowhere is what the contact wants. */
  readonly refusable: boolean;
}

/** What is to be done next. */
export type NextStep =
  | { readonly do: 'send'; readonly to: Destination }
  | { readonly do: 'hold'; readonly until: Date }
  | { readonly do: 'wait' }
  | {
      readonly do: 'end';
      readonly state: 'sent' | 'failed' | 'unknown' | 'skipped';
      /** `refused`: not wanted; `in-conversation`: said there; `nowhere`: no destination can be used; `all-failed`: each was tried. */
      readonly why: 'refused' | 'in-conversation' | 'nowhere' | 'all-failed' | null;
    };

/** The first destination that can take it and has not failed; what is under way is waited for, and quiet hours hold what can wait. */
export function chooseRoute(question: RouteQuestion): NextStep {
  const { destinations, tried, there, urgent } = question;
  const states = [...tried.values()];
  if (states.includes('sent')) return { do: 'end', state: 'sent', why: null };
  if (states.includes('open')) return { do: 'wait' };
  if (states.includes('unknown') && !urgent) return { do: 'end', state: 'unknown', why: null };
  for (const one of destinations) {
    if (one.state !== 'ready' || tried.has(one.handleId)) continue;
    if (one.handleId !== there?.handleId) return send(question, one);
    const step = afterThere(there.state, question);
    if (step !== undefined) return step;
  }
  return ended(question);
}

function send({ quietUntil, urgent }: RouteQuestion, to: Destination): NextStep {
  return quietUntil === undefined || urgent ? { do: 'send', to } : { do: 'hold', until: quietUntil };
}

/** Undefined when the next one's turn has come. What was to go elsewhere too, and could not, has failed all the same: staff are to see it. */
function afterThere(state: TryState, { urgent, tried }: RouteQuestion): NextStep | undefined {
  const done: NextStep =
    tried.size === 0
      ? { do: 'end', state: 'skipped', why: 'in-conversation' }
      : { do: 'end', state: 'failed', why: 'all-failed' };
  switch (state) {
    case 'open':
      return { do: 'wait' };
    case 'sent':
      return done;
    case 'unknown':
      return urgent ? undefined : done;
    case 'failed':
      return undefined;
  }
}

function ended({ destinations, tried, there, refusable }: RouteQuestion): NextStep {
  if (refusable && destinations.length === 0 && tried.size === 0)
    return { do: 'end', state: 'skipped', why: 'refused' };
  if ([...tried.values()].includes('unknown')) return { do: 'end', state: 'unknown', why: null };
  const some = tried.size > 0 || destinations.some(one => one.handleId === there?.handleId);
  return { do: 'end', state: 'failed', why: some ? 'all-failed' : 'nowhere' };
}

/** What of one handle's deliveries says of the try: one that failed decides, one that waits keeps it open. */
export function tryOf(states: readonly string[]): TryState {
  if (states.some(state => state === 'dead')) return 'failed';
  if (states.some(state => state === 'pending' || state === 'sending' || state === 'retry')) return 'open';
  if (states.some(state => state === 'unknown')) return 'unknown';
  return states.some(state => state === 'sent') ? 'sent' : 'failed';
}
