import { type Context, transact } from '../context.ts';
import { handlerOf, type LeasedTimer, type TimerHandlers } from './model.ts';

/** After a try that failed the next is this much later, in ms: doubled each time, at most `RETRY_MOST_MS`. */
const RETRY_MS = 500;
const RETRY_MOST_MS = 30_000;

/**
 * Fires a leased timer: its handler's work and the mark are one transaction. One that was cancelled, set anew or taken over since is left alone.
 * Never rejects for what the handler throws: the timer is tried again, for ever.
 */
export async function fire(ctx: Context, handlers: TimerHandlers, timer: LeasedTimer): Promise<void> {
  const handler = handlerOf(handlers, timer.target);
  try {
    if (handler === undefined) throw new Error(`nobody handles timers of ${timer.target}`);
    await transact(ctx, { type: 'system' }, async act => {
      // Whoever cancels has locked the ticket: the statement waits for them, and sees what they did to the timer.
      const held = await act.tx`
        with mine as (select id from ticket where id = ${timer.ticketId} for no key update)
        update timer set state = 'fired', fired_at = ${act.at}, leased_until = null from mine
        where ticket_id = mine.id and timer.id = ${timer.id} and state = 'pending' and generation = ${timer.generation} and fence = ${timer.fence}
          and leased_until is not null`;
      if (held.count === 1) await handler(act, timer);
    });
  } catch (error) {
    ctx.log.error('a timer could not be fired', {
      ticket: timer.ticketId,
      target: timer.target,
      step: timer.step,
      error: String(error),
    });
    await giveBack(ctx, timer);
  }
}

/** When the database is away this fails, too, and the lease runs out. */
async function giveBack(ctx: Context, { id, fence, attempts }: LeasedTimer): Promise<void> {
  const runAt = new Date(ctx.now().getTime() + Math.min(RETRY_MS * 2 ** attempts, RETRY_MOST_MS));
  await ctx.database.sql`
    update timer set leased_until = null, attempts = attempts + 1, run_at = ${runAt}
    where id = ${id} and fence = ${fence} and state = 'pending'`.catch(() => undefined);
}
