import type { Limits, RefusedCode } from '../../channel/model.ts';
import { type DeliveryKind, isRepeatable, type Outcome, type PlaceRole } from '../model.ts';

/** What is to be done with a delivery after an attempt. */
export interface Verdict {
  readonly state: 'sent' | 'retry' | 'unknown' | 'dead' | 'cancelled';
  /** For `retry`: when, in ms from now. */
  readonly afterMs: number;
  /** The attempt may have been done. */
  readonly doubt: boolean;
  readonly why: string | null;
  /** The place can never be reached again. */
  readonly gone: RefusedCode | null;
  /** The person cannot be reached on this channel: another place would not do. */
  readonly everywhere?: boolean;
  /** The desk post is no longer there: it is made anew. */
  readonly lost?: boolean;
}

/** What the decision depends on besides the receipt. */
export interface Attempt {
  readonly kind: DeliveryKind;
  readonly role: PlaceRole | 'home';
  readonly attempts: number;
  /** An earlier attempt may have been done. */
  readonly doubt: boolean;
  readonly ageMs: number;
  /** Since the first attempt that may have been done began. */
  readonly doubtMs: number;
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

/** A platform may still do what it did not answer in ten seconds; after half a minute it has, or never will. */
export const LATE_MS = 30_000;

/**
 * What is known by its id alone is sent again at these times, in ms since the first attempt that may have been done: after 1 min, 10 min, half an hour and
 * 2 h. A content filter that is slow each time takes the mail each time, and not every mailbox shows it once: five copies are the most. What is behind it
 * in its place waits so long.
 */
const REPEATS_MS = [60_000, 600_000, 1_800_000, 7_200_000];
/** A page is wanted at once, and after hours no more. */
const PAGE_REPEATS_MS = [1000, ...REPEATS_MS.slice(0, 3)];

/** When it is sent again after an attempt that may have been done, both in ms since the first of these; undefined: no more. */
export function repeatAt(doubtMs: number, page: boolean): number | undefined {
  return (page ? PAGE_REPEATS_MS : REPEATS_MS).find(at => at > doubtMs);
}

/** Nobody can be asked whether it was done, and sent again it is the same, also where it makes a place. */
export function isKnownById({
  kind,
  limits,
  canFind,
}: Pick<Attempt, 'kind' | 'limits' | 'canFind'>): boolean {
  return !canFind && limits.resendIsSafe && (kind === 'post' || kind === 'thread');
}

/** The wait before attempt n + 1: 1 s, 2 s, 4 s … up to five minutes. */
export function backoffMs(attempts: number): number {
  return Math.min(LONGEST_WAIT_MS, 1000 * 2 ** Math.min(attempts - 1, 20));
}

/** Decides by what is certain: done, not done, never to be done, or not known. */
export function decide(receipt: Outcome, attempt: Attempt): Verdict {
  const settled = { afterMs: 0, doubt: false, gone: null, lost: false };
  switch (receipt.outcome) {
    case 'placed':
      return { ...settled, state: 'retry', why: null };
    case 'delivered':
      return { ...settled, state: 'sent', why: null };
    case 'cancelled':
      return { ...settled, state: 'cancelled', why: null };
    case 'refused':
      return attempt.role === 'desk'
        ? decideAtDesk(receipt.code, attempt)
        : { ...decideRefused(receipt.code, attempt.kind), everywhere: receipt.everywhere === true };
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

/** A message that cannot be changed because it is gone says nothing of its place. */
function decideRefused(code: RefusedCode, kind: DeliveryKind): Verdict {
  const gone = (code === 'gone' || code === 'blocked') && !isRepeatable(kind) ? code : null;
  return { afterMs: 0, doubt: false, lost: false, state: 'dead', why: code, gone };
}

/** What staff must see is not given up at the first no: a post that is gone is made anew, and one that cannot be made is tried for a day. */
function decideAtDesk(code: RefusedCode, attempt: Attempt): Verdict {
  const young = attempt.ageMs <= GIVE_UP_MS;
  const lost = code === 'gone' && attempt.kind === 'post' && young;
  const again = lost || (attempt.kind === 'desk-post' && young);
  const verdict = { doubt: false, gone: null, lost, why: code };
  return again
    ? { ...verdict, state: 'retry', afterMs: backoffMs(attempt.attempts) }
    : { ...verdict, state: 'dead', afterMs: 0 };
}

function decideUnknown(why: string, attempt: Attempt): Verdict {
  const settled = { afterMs: 0, doubt: false, gone: null, lost: false };
  if (isKnownById(attempt)) {
    const at = attempt.ageMs > GIVE_UP_MS ? undefined : repeatAt(attempt.doubtMs, attempt.page);
    return at === undefined
      ? { ...settled, state: 'unknown', why, doubt: true }
      : { ...settled, state: 'retry', afterMs: Math.max(at - attempt.doubtMs, 50), doubt: true, why };
  }
  const repeatable = isRepeatable(attempt.kind);
  const resendable = attempt.page || (attempt.limits.resendIsSafe && attempt.kind === 'post');
  const clearable = repeatable || attempt.canFind || resendable;
  if (!clearable || attempt.ageMs > GIVE_UP_MS) return { ...settled, state: 'unknown', why, doubt: true };
  // What cannot be repeated unseen is looked up only when a late answer has had its time.
  const patience = repeatable || resendable ? 0 : LATE_MS;
  const afterMs = Math.max(patience, backoffMs(attempt.attempts));
  return { ...settled, state: 'retry', afterMs, doubt: !repeatable, why };
}
