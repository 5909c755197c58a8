import type { Context } from '../context.ts';
import { AT_ONCE, attachOne, type Candidate, candidates } from './attach.ts';
import { leavers, letGo } from './detach.ts';
import { isRunning } from './part-of.ts';

/** Tickets are numbered before they are committed, and may be proved to be somebody's later: so far back, in numbers, the round looks again. */
const OVERLAP = 1_000;
/** One that failed is tried again after this, in ms. */
const AGAIN_MS = 60_000;

/**
 * Round: tickets about what a running outage concerns become part of it, and those of one that is over, or about something else, are let go. What
 * was looked at is not looked at again before an outage begins, changes or ends. One that fails holds up no other.
 */
export function keepParts(ctx: Context): () => Promise<void> {
  const resting = new Map<number, number>();
  let seen = '';
  let looked = 0;
  let isClean = false;
  const each = async (found: readonly Candidate[], work: typeof attachOne): Promise<void> => {
    for (const one of found)
      await work(ctx, one).catch(error => {
        ctx.log.error('a ticket could not follow an outage, it is tried again', {
          ...one,
          error: String(error),
        });
        resting.set(one.ticket, ctx.now().getTime() + AGAIN_MS);
      });
  };
  return async () => {
    const { sql } = ctx.database;
    const rows = await sql<{ id: number; revision: number; state: string }[]>`
      select id, revision, state from notice n where kind = 'outage' and (${isRunning(sql)}
        or exists (select from ticket_notice k where k.notice_id = n.id and k.how = 'part' and k.ended_at is null)) order by id`;
    const now = rows.map(({ id, revision, state }) => `${id}.${revision}.${state}`).join();
    if (now !== seen) [seen, looked, isClean] = [now, 0, false];
    if (rows.length === 0) return;
    const at = ctx.now().getTime();
    for (const [ticket, until] of resting) if (until <= at) resting.delete(ticket);
    const rest = [...resting.keys()];
    if (!isClean) {
      const gone = await leavers(ctx, { rest });
      await each(gone, letGo);
      isClean = gone.length === 0 && resting.size === 0;
    }
    const [last] = await sql<{ id: number | null }[]>`select max(id) as id from ticket`;
    const found = await candidates(ctx, { above: Math.max(0, looked - OVERLAP), rest });
    await each(found, attachOne);
    if (found.length < AT_ONCE && resting.size === 0) looked = last?.id ?? 0;
  };
}
