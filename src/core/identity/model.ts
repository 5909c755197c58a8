/** One row of `handle` as the verbs read it. */
export interface HandleRow {
  readonly id: number;
  readonly channel: string;
  readonly externalId: string;
  readonly name: string;
  readonly locale: string | null;
}
