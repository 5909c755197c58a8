import type { SupplierWork, WorkRow } from '../model.ts';

/** What a calendar tells beside what is known: `unclear` says something else, and nothing says that it is later. */
export type Heard = 'news' | 'same' | 'old' | 'unclear';

type Known = Pick<WorkRow, 'sequence' | 'stampedAt' | 'words' | 'state' | 'fromAt' | 'toAt'>;

/** Nothing is written after it is heard: a supplier whose clock is ahead would be taken for old until that time. */
export function stampedBy(work: SupplierWork, now: Date): SupplierWork {
  return work.stampedAt !== undefined && work.stampedAt > now ? { ...work, stampedAt: now } : work;
}

/**
 * Whether work is told of anew: by its SEQUENCE, and when that is equal by its DTSTAMP (RFC 5546 §2.1.5). Many suppliers never raise their SEQUENCE, so what
 * may be later is never taken for old.
 */
export function heardOf(
  known: Known | undefined,
  work: Pick<SupplierWork, 'sequence' | 'stampedAt' | 'state' | 'from' | 'to'>,
  words: Buffer,
): Heard {
  const { sequence, stampedAt } = work;
  if (known === undefined || sequence > known.sequence) return 'news';
  if (known.words?.equals(words) ?? isAsKept(known, work)) return 'same';
  const before = known.stampedAt?.getTime() ?? Number.NEGATIVE_INFINITY;
  const isLater = stampedAt !== undefined && stampedAt.getTime() > before;
  if (sequence < known.sequence) return isLater ? 'unclear' : 'old';
  if (isLater) return 'news';
  return stampedAt !== undefined && stampedAt.getTime() < before ? 'old' : 'unclear';
}

/** Of what was heard before its words were kept there is only how it stood, and when it was. */
function isAsKept(known: Known, { state, from, to }: Pick<SupplierWork, 'state' | 'from' | 'to'>): boolean {
  return (
    known.state === state &&
    known.fromAt.getTime() === from.getTime() &&
    known.toAt.getTime() === to.getTime()
  );
}
