/** A customer may ask for a quicker answer this often: once in 30 minutes for each ticket, in ms. */
export const ESCALATE_EVERY_MS = 30 * 60_000;

/** When the next asking for a quicker answer is heard; undefined: now. */
export function escalatableAt(askedAt: Date | null, now: Date): Date | undefined {
  const next = askedAt === null ? now : new Date(askedAt.getTime() + ESCALATE_EVERY_MS);
  return next > now ? next : undefined;
}
