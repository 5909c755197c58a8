import { afterCustomerMessage } from '../../ticket/rules/lifecycle.ts';
import { isSameSubject } from './subject.ts';

/** A ticket as far as it decides whether a letter goes into it. */
export interface Target {
  readonly state: 'open' | 'waiting' | 'solved' | 'closed';
  readonly subject: string;
  /** Ms since it was closed. */
  readonly closedAgoMs: number;
}

/** How a letter was found to be about a ticket: it proves that it answers our mail, says so, or names its number. */
export type Evidence = 'answer' | 'reference' | 'number';

/**
 * Where a letter goes that is about a ticket: into it, or, when that is closed and the letter has another subject or comes too late, into a new one
 * that follows it. Who was not part of it may write there with proof that they were sent our mail, and not on their own word.
 */
export function routeOf(
  target: Target,
  letter: {
    readonly subject: string;
    readonly evidence: Evidence;
    readonly belongs: boolean;
    readonly vouched: boolean;
  },
  reopenMs: number,
): 'into' | 'follows' | 'apart' {
  const { subject, evidence, belongs, vouched } = letter;
  if (evidence !== 'answer' && !belongs) return 'apart';
  // Anybody can write the name of somebody for whom nobody vouches, and guess a number.
  if (evidence === 'number' && !vouched) return 'apart';
  if (target.state !== 'closed') return 'into';
  if (!isSameSubject(subject, target.subject)) return 'follows';
  return afterCustomerMessage(target.state, target.closedAgoMs, reopenMs) === 'too-late' ? 'follows' : 'into';
}
