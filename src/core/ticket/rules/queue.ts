/** What decides when a ticket's turn comes. */
export interface Waiting {
  readonly id: number;
  readonly critical: boolean;
  /** The promise that is due first; null when none is open. */
  readonly dueAt: Date | null;
  /** When something last changed. */
  readonly updatedAt: Date;
}

/** What is next: the critical ones, then by the promise that is due soonest, then those that have lain longest. */
export function inOrder<T extends Waiting>(tickets: readonly T[]): T[] {
  return tickets.toSorted(
    (a, b) => turn(a, b) || a.updatedAt.getTime() - b.updatedAt.getTime() || a.id - b.id,
  );
}

function turn(a: Waiting, b: Waiting): number {
  if (a.critical !== b.critical) return a.critical ? -1 : 1;
  const dueA = a.dueAt?.getTime() ?? Number.POSITIVE_INFINITY;
  const dueB = b.dueAt?.getTime() ?? Number.POSITIVE_INFINITY;
  return dueA === dueB ? 0 : dueA - dueB;
}
