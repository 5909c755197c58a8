import type { Act } from '../context.ts';

/** Which step of what: there is one timer for each. */
export interface TimerKey {
  readonly ticketId: number;
  /** Whose it is, and of what: `promise:first-reply`. What stands before the colon names the handler. */
  readonly target: string;
  readonly cycle: number;
  readonly step: string;
}

/** A step with the moment it is due. */
export interface TimerPlan extends TimerKey {
  readonly dueAt: Date;
}

/** A timer as its handler gets it. */
export interface Timer extends TimerPlan {
  readonly id: number;
  /** Grows whenever the step is set anew or cancelled. */
  readonly generation: number;
}

/**
 * What is done when a timer is due, in the transaction that marks it fired: both happen, once, or neither. The ticket is locked. One that throws
 * is tried again. Handlers of other tickets are at work in the same transaction: one must not end before all that it began has ended.
 */
export type TimerHandler = (act: Act, timer: Timer) => Promise<void>;

/** The handlers by what stands before the colon of their targets. */
export type TimerHandlers = Readonly<Record<string, TimerHandler>>;

/** The handler of a target; undefined when nobody has said that it is theirs. */
export function handlerOf(handlers: TimerHandlers, target: string): TimerHandler | undefined {
  const kind = target.split(':', 1)[0] ?? '';
  return Object.hasOwn(handlers, kind) ? handlers[kind] : undefined;
}

/** A timer under lease. */
export interface LeasedTimer extends Timer {
  readonly fence: number;
  readonly attempts: number;
}
