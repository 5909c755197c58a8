import type { Context } from '../context.ts';
import { dropOldSessions } from '../session/index.ts';

/** The next look, in ms. */
const REST_MS = 600_000;

/** Round: drops sessions and links that have ended. */
export function keepClient(ctx: Context): () => Promise<void> {
  let next = 0;
  return async () => {
    const now = ctx.now();
    if (now.getTime() < next) return;
    next = now.getTime() + REST_MS;
    await dropOldSessions(ctx.database.sql, now);
  };
}
