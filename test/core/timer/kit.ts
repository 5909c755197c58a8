import type { Database } from '../../../drizzle/database.ts';
import { type Act, type Context, transact } from '../../../src/core/context.ts';
import {
  createTimers,
  type TimerHandlers,
  type TimerPlan,
  type Timers,
} from '../../../src/core/timer/index.ts';
import type { TestDesk } from '../../harness/desk.ts';
import { contextOf } from '../kit.ts';

/** What a handler of these tests did, as the database remembers it: in its transaction or not at all. */
export interface Deed {
  readonly ticket: number;
  readonly target: string;
  readonly cycle: number;
  readonly step: string;
  readonly generation: number;
  readonly due: Date;
  readonly at: Date;
}

/** A table of deeds, which handlers fill. */
export async function prepare({ sql }: Database): Promise<void> {
  await sql`create table deed (ticket bigint, target text, cycle int, step text, generation int, due timestamptz, at timestamptz)`;
}

/** Writes down that it was called. */
export async function note(act: Act, timer: Parameters<TimerHandlers[string]>[1]): Promise<void> {
  await act.tx`insert into deed values (${timer.ticketId}, ${timer.target}, ${timer.cycle}, ${timer.step}, ${timer.generation},
    ${timer.dueAt}, ${act.at})`;
}

export async function deeds({ sql }: Database): Promise<Deed[]> {
  return sql<Deed[]>`select * from deed order by at, ticket, step, due`;
}

/** Tickets with nothing but a number, in one statement. */
export async function tickets({ sql }: Database, count: number): Promise<number[]> {
  const [who] = await sql<{ handle: number; place: number }[]>`
    with h as (insert into handle (channel, space, external_id, name, seen_at) values ('chat', 's', 'crowd', '', now())
      on conflict (channel, space, external_id) do update set name = '' returning id),
    p as (insert into place (channel, role, handle_id) select 'chat', 'customer', id from h returning id)
    select h.id as handle, p.id as place from h, p`;
  const rows = await sql<{ id: number }[]>`
    insert into ticket (state, priority, department, subject, facts, locale, handle_id, place_id, opened_at, updated_at)
    select 'open', 'regular', 'technical', 'x', '{}', 'en', ${who?.handle ?? 0}, ${who?.place ?? 0}, now(), now()
    from generate_series(1, ${count}) returning id`;
  return rows.map(({ id }) => id);
}

/** Does something as the desk itself, with the ticket locked as whoever causes timers has it. */
export function withTicket<T>(ctx: Context, id: number, work: (act: Act) => Promise<T>): Promise<T> {
  return transact(ctx, { type: 'system' }, async act => {
    await act.tx`select from ticket where id = ${id} for no key update`;
    return work(act);
  });
}

/** A plan of these tests. */
export function plan(ticketId: number, dueAt: Date, step = 'due', cycle = 1): TimerPlan {
  return { ticketId, target: 'test:one', cycle, step, dueAt };
}

/** The timers of a desk with one handler. */
export function timersOf(
  t: TestDesk,
  handler: TimerHandlers[string] = note,
): { ctx: Context; timers: Timers } {
  const ctx = contextOf(t, []);
  return { ctx, timers: createTimers(ctx, { test: handler }) };
}
