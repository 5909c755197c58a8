const HOUR_MS = 3_600_000;

/** A code works for a day, in ms: people read mail late, and confirm in no hurry. */
export const CODE_MS = 24 * HOUR_MS;

/** How often something may be done within a time, in ms. */
export interface Limit {
  readonly times: number;
  readonly withinMs: number;
}

/** Codes for one contact, and to one address whoever asks: nobody's mailbox is filled by a stranger. */
export const CODES = {
  contact: { times: 5, withinMs: HOUR_MS },
  address: { times: 3, withinMs: 24 * HOUR_MS },
} as const satisfies Record<string, Limit>;

/** Wrong codes of one contact. */
export const WRONG: Limit = { times: 5, withinMs: 10 * 60_000 };

/** Places that one type may have. */
export const DESTINATIONS = 10;

/** From when on what is limited counts. */
export function since(at: Date, { withinMs }: Limit): Date {
  return new Date(at.getTime() - withinMs);
}
