import type { Limits, Receipt, RefusedCode } from '../../channel/model.ts';
import type { DeliveryKind } from '../model.ts';

/** What is to be done with a delivery after an attempt. */
export interface Verdict {
  readonly state: 'sent' | 'retry' | 'unknown' | 'dead';
  /** For `retry`: when, in ms from now. */
  readonly afterMs: number;
  /** The attempt may have been done. */
  readonly doubt: boolean;
  readonly why: string | null;
  /** The place can never be reached again. */
  readonly gone: RefusedCode | null;
}

/** What the decision depends on besides the receipt. */
export interface Attempt {
  readonly kind: DeliveryKind;
  readonly attempts: number;
  /** An earlier attempt may have been done. */
  readonly doubt: boolean;
  readonly ageMs: number;
  /** The class is a page: better twice than never. */
  readonly page: boolean;
  readonly limits: Pick<Limits, 'resendIsSafe'>;
  /** The channel can look whether an attempt was done. */
  readonly canFind: boolean;
}

/** A delivery that cannot be sent is given up after this: a day. */
export const GIVE_UP_MS = 24 * 3_600_000;
/** Longest wait between two attempts: five minutes. */
const LONGEST_WAIT_MS = 300_000;

/** The wait before attempt n + 1: 1 s, 2 s, 4 s … up to five minutes. */
export function backoffMs(attempts: number): number {
  return Math.min(LONGEST_WAIT_MS, 1000 * 2 ** Math.min(attempts - 1, 20));
}

/** Decides by what is certain: done, not done, never to be done, or not known. */
export function decide(receipt: Receipt, attempt: Attempt): Verdict {
  const settled = { afterMs: 0, doubt: false, gone: null };
  switch (receipt.outcome) {
    case 'delivered':
      return { ...settled, state: 'sent', why: null };
    case 'refused': {
      const gone = receipt.code === 'gone' || receipt.code === 'blocked' ? receipt.code : null;
      return { ...settled, state: 'dead', why: receipt.code, gone };
    }
    case 'retry':
      if (attempt.ageMs > GIVE_UP_MS) return { ...settled, state: 'dead', why: 'gave-up' };
      return {
        ...settled,
        state: 'retry',
        afterMs: Math.max(receipt.afterMs, 50),
        doubt: attempt.doubt,
        why: receipt.why,
      };
    case 'unknown':
      return decideUnknown(receipt.why, attempt);
  }
}

function decideUnknown(why: string, attempt: Attempt): Verdict {
  const settled = { afterMs: 0, doubt: false, gone: null };
  const repeatable = attempt.kind === 'card' || attempt.kind === 'react';
  const resendable = attempt.page || (attempt.limits.resendIsSafe && attempt.kind === 'post');
  const clearable = repeatable || attempt.canFind || resendable;
  if (!clearable || attempt.ageMs > GIVE_UP_MS) return { ...settled, state: 'unknown', why, doubt: true };
  return { ...settled, state: 'retry', afterMs: backoffMs(attempt.attempts), doubt: !repeatable, why };
}
