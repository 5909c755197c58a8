const HOUR_MS = 3_600_000;

/** A link works for a day, in ms. */
export const ASK_MS = 24 * HOUR_MS;

/** Mails to one address, whoever asks: nobody's mailbox is filled by a stranger. */
export const PER_ADDRESS = { times: 2, withinMs: 24 * HOUR_MS } as const;
/** Mails to all addresses: more than a page that many look at during an outage needs, less than would make the desk a sender of spam. */
export const ALL = { times: 300, withinMs: HOUR_MS } as const;
/** What was said longer ago than this is no news, in ms: a desk that was down for days does not write of it. */
export const NEWS_MS = 24 * HOUR_MS;
