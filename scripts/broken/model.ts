/** One change of a file of the source: `from` stands there exactly once. `§{` is written for a dollar and a brace. */
export type Edit = readonly [file: string, from: string, to: string];

/** A way to break a guarantee of DESIGN.md §6, and the test file that must notice it. */
export interface Break {
  readonly guarantee: number;
  readonly what: string;
  readonly edits: readonly Edit[];
  readonly test: string;
}
