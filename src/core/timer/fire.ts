import { type Act, allOf, type Context, transact } from '../context.ts';
import { handlerOf, type LeasedTimer, type TimerHandlers } from './model.ts';

/** After a try that failed the next is this much later, in ms: doubled each time, at most `RETRY_MOST_MS`. */
const RETRY_MS = 500;
const RETRY_MOST_MS = 30_000;

/**
 * Fires leased timers of different tickets: the work of their handlers and the marks are one transaction, in which they go on side by side, so
 * that what they ask of the database goes there and back together. One that was cancelled, set anew or taken over since is left alone. Never rejects for what
 * a handler throws: then each is fired by itself, and the one that fails is tried again, for ever.
 */
export async function fire(
  ctx: Context,
  handlers: TimerHandlers,
  timers: readonly LeasedTimer[],
): Promise<void> {
  try {
    await transact(ctx, { type: 'system' }, async act => {
      const held = await hold(act, timers);
      const mine = timers.filter(({ id }) => held.has(id));
      await allOf(mine, timer => handle(act, handlers, timer));
    });
  } catch (error) {
    const [only] = timers;
    if (timers.length > 1) for (const timer of timers) await fire(ctx, handlers, [timer]);
    else if (only !== undefined) await failed(ctx, only, error);
  }
}

/** Marks as fired those that still may; their tickets stay locked. Whoever cancels has locked the ticket: this waits for them, and sees what they did to the timer. */
async function hold(act: Act, timers: readonly LeasedTimer[]): Promise<ReadonlySet<number>> {
  const rows = await act.tx<{ id: number }[]>`
    with mine as (
      select id from ticket where id = any(${timers.map(one => one.ticketId)}::bigint[]) order by id for no key update
    )
    update timer t set state = 'fired', fired_at = ${act.at}, leased_until = null
    from mine, unnest(${timers.map(one => one.id)}::bigint[], ${timers.map(one => one.generation)}::int[],
      ${timers.map(one => one.fence)}::int[]) as leased(id, generation, fence)
    where t.ticket_id = mine.id and t.id = leased.id and t.state = 'pending' and t.generation = leased.generation
      and t.fence = leased.fence and t.leased_until is not null
    returning t.id`;
  return new Set(rows.map(({ id }) => id));
}

async function handle(act: Act, handlers: TimerHandlers, timer: LeasedTimer): Promise<void> {
  const handler = handlerOf(handlers, timer.target);
  if (handler === undefined) throw new Error(`nobody handles timers of ${timer.target}`);
  await handler(act, timer);
}

async function failed(ctx: Context, timer: LeasedTimer, error: unknown): Promise<void> {
  ctx.log.error('a timer could not be fired', {
    ticket: timer.ticketId,
    target: timer.target,
    step: timer.step,
    error: String(error),
  });
  await giveBack(ctx, timer);
}

/** When the database is away this fails, too, and the lease runs out. */
async function giveBack(ctx: Context, { id, fence, attempts }: LeasedTimer): Promise<void> {
  const runAt = new Date(ctx.now().getTime() + Math.min(RETRY_MS * 2 ** attempts, RETRY_MOST_MS));
  await ctx.database.sql`
    update timer set leased_until = null, attempts = attempts + 1, run_at = ${runAt}
    where id = ${id} and fence = ${fence} and state = 'pending'`.catch(() => undefined);
}
