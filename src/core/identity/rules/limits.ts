/** How long a link or a code works, in ms. NIST SP 800-63B-4 and ASVS 5.0, 6.5.5: at most 10 minutes. */
export const PROOF_MS = 10 * 60_000;

/** How often something may be done within a time, in ms. */
export interface Limit {
  readonly times: number;
  readonly withinMs: number;
}

/** Codes that did not work: of one handle (ASVS 5.0, 6.6.3), and of everybody, so that many handles cannot guess together. */
export const FAILURES = {
  handle: { times: 5, withinMs: PROOF_MS },
  all: { times: 600, withinMs: 60_000 },
} as const satisfies Record<string, Limit>;

/** Tokens from the client area: for one contact, and at all. */
export const TOKENS = {
  contact: { times: 60, withinMs: 3_600_000 },
  all: { times: 6_000, withinMs: 60_000 },
} as const satisfies Record<string, Limit>;

/** Codes by mail: asked for by one handle, sent to one contact, sent at all. Nobody's mailbox is filled by a stranger. */
export const MAILS = {
  handle: { times: 5, withinMs: 3_600_000 },
  contact: { times: 3, withinMs: 3_600_000 },
  all: { times: 60, withinMs: 60_000 },
} as const satisfies Record<string, Limit>;

/** From when on what is limited counts. */
export function since(at: Date, { withinMs }: Limit): Date {
  return new Date(at.getTime() - withinMs);
}
