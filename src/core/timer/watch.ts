import { type Act, type Context, transact } from '../context.ts';
import { enqueue } from '../outbox/index.ts';

/** A timer that is late by more than this, in ms, is an alarm. */
export const OVERDUE_MS = 5_000;
/** How often the checker looks, in ms. */
const LOOK_MS = 5_000;
/** Posts that one look marks red: when more are overdue, the oldest say how many there are. */
const POSTS = 3;

interface Overdue {
  readonly id: number;
  readonly ticketId: number;
  readonly target: string;
  readonly dueAt: Date;
}

/** Looks after the timers without sharing anything with what fires them: neither its query, nor its turn, nor what it believes. */
export interface Watch {
  /**
   * Alarms for each timer that is overdue and was not alarmed for. Resolves with how many there were. A timer has to be due at two looks, so the
   * first finds none: when the machine's clock jumps, what fires timers gets its turn first.
   */
  check(): Promise<number>;
  start(): void;
  stop(): Promise<void>;
}

/** The checker: an overdue timer is an error in the log and a red message in the desk, once. */
export function createWatch(ctx: Context): Watch {
  let interval: NodeJS.Timeout | undefined;
  let checking: Promise<number> | undefined;
  let lookedAt: Date | undefined;
  const look = async (): Promise<number> => {
    const dueBy = lookedAt;
    lookedAt = ctx.now();
    return dueBy === undefined ? 0 : alarm(ctx, dueBy);
  };
  const check = (): Promise<number> => {
    checking ??= look().finally(() => {
      checking = undefined;
    });
    return checking;
  };
  const checkAlone = (): void =>
    void check().catch(error => ctx.log.error('nobody looked after the timers', { error: String(error) }));
  return {
    check,
    start() {
      interval ??= setInterval(checkAlone, LOOK_MS);
    },
    async stop() {
      clearInterval(interval);
      await checking?.catch(() => undefined);
    },
  };
}

/** Whoever marks them first tells of them: of two desks one. */
function alarm(ctx: Context, dueBy: Date): Promise<number> {
  return transact(ctx, { type: 'system' }, async act => {
    const late = act.at.getTime() - OVERDUE_MS;
    const before = new Date(Math.min(late, dueBy.getTime()));
    const found = await act.tx<Overdue[]>`
      with late as (
        select id from timer where state = 'pending' and due_at < ${before} and alarmed_at is null
        order by id for update skip locked
      )
      update timer t set alarmed_at = ${act.at} from late where t.id = late.id
      returning t.id, t.ticket_id as "ticketId", t.target, t.due_at as "dueAt"`;
    const overdue = found.toSorted((a, b) => a.dueAt.getTime() - b.dueAt.getTime() || a.id - b.id);
    const [oldest] = overdue;
    if (oldest === undefined) return 0;
    const lateS = Math.round((act.at.getTime() - oldest.dueAt.getTime()) / 1000);
    ctx.log.error('timers are overdue', { count: overdue.length, late_s: lateS, ticket: oldest.ticketId });
    const tickets = [...new Set(overdue.map(one => one.ticketId))];
    for (const ticketId of tickets.slice(0, POSTS)) await redMessage(act, ticketId, tickets.length - 1);
    return overdue.length;
  });
}

async function redMessage(act: Act, ticketId: number, others: number): Promise<void> {
  const desks = await act.tx<{ id: number }[]>`
    select id from place where ticket_id = ${ticketId} and role = 'desk'`;
  const locale = act.policy.staff.language;
  for (const { id } of desks)
    enqueue(act, {
      placeId: id,
      role: 'desk',
      kind: 'post',
      class: 'page',
      ticketId,
      content: { say: 'timer-overdue', args: { others }, locale },
    });
}
