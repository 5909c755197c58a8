/** What the operator of a bench asked for. */
export interface Options {
  /** Less of everything, for a check that takes under a minute. */
  readonly short: boolean;
  /** Says what is being done and what was seen, one line at a time. */
  readonly say: (line: string) => void;
}

/** A number with the bound it has to keep. */
export interface Target {
  readonly name: string;
  readonly value: number;
  readonly atLeast?: number;
  readonly atMost?: number;
  readonly below?: number;
}

/** One line: the number, its bound, and whether it is kept. */
export function judged({ name, value, atLeast, atMost, below }: Target): string {
  const kept =
    (atLeast === undefined || value >= atLeast) &&
    (atMost === undefined || value <= atMost) &&
    (below === undefined || value < below);
  const bound =
    atLeast !== undefined
      ? `at least ${atLeast}`
      : atMost !== undefined
        ? `at most ${atMost}`
        : `below ${below}`;
  return `${kept ? 'kept  ' : 'MISSED'} ${name} ${value} (${bound})`;
}
