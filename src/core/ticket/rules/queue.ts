/** What decides when a ticket's turn comes. */
export interface Waiting {
  readonly id: number;
  readonly critical: boolean;
  /** The first reply is due then; null once it was given. */
  readonly firstReplyDueAt: Date | null;
  /** A quicker answer was promised until then. */
  readonly answerDueAt: Date | null;
  /** When something last changed. */
  readonly updatedAt: Date;
}

/** The promise that is due first; undefined when none is open. */
export function dueAt({ firstReplyDueAt, answerDueAt }: Waiting): Date | undefined {
  const due = [firstReplyDueAt, answerDueAt].filter(one => one !== null).map(one => one.getTime());
  return due.length === 0 ? undefined : new Date(Math.min(...due));
}

/** What is next: the critical ones, then by the promise that is due soonest, then those that have lain longest. */
export function inOrder<T extends Waiting>(tickets: readonly T[]): T[] {
  return tickets.toSorted(
    (a, b) => turn(a, b) || a.updatedAt.getTime() - b.updatedAt.getTime() || a.id - b.id,
  );
}

function turn(a: Waiting, b: Waiting): number {
  if (a.critical !== b.critical) return a.critical ? -1 : 1;
  const [dueA, dueB] = [
    dueAt(a)?.getTime() ?? Number.POSITIVE_INFINITY,
    dueAt(b)?.getTime() ?? Number.POSITIVE_INFINITY,
  ];
  return dueA === dueB ? 0 : dueA - dueB;
}
