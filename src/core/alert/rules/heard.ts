import type { SupplierWork, WorkRow } from '../model.ts';

/** What a calendar tells beside what is known: `unclear` says something else, and nothing says that it is later. */
export type Heard = 'news' | 'same' | 'old' | 'unclear';

/**
 * Whether work is told of anew: by its SEQUENCE, and when that is equal by its DTSTAMP (RFC 5546 §2.1.5). Many suppliers never raise their SEQUENCE, so what
 * may be later is never taken for old.
 */
export function heardOf(
  known: Pick<WorkRow, 'sequence' | 'stampedAt' | 'words'> | undefined,
  { sequence, stampedAt }: Pick<SupplierWork, 'sequence' | 'stampedAt'>,
  words: Buffer,
): Heard {
  if (known === undefined || sequence > known.sequence) return 'news';
  if (known.words?.equals(words)) return 'same';
  const before = known.stampedAt?.getTime() ?? Number.NEGATIVE_INFINITY;
  const isLater = stampedAt !== undefined && stampedAt.getTime() > before;
  if (sequence < known.sequence) return isLater ? 'unclear' : 'old';
  if (isLater) return 'news';
  return stampedAt !== undefined && stampedAt.getTime() < before ? 'old' : 'unclear';
}
