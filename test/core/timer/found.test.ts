import { afterEach, beforeEach, expect, test } from 'vitest';
import { replan } from '../../../src/core/timer/index.ts';
import { type TestDesk, testDesk } from '../../harness/desk.ts';
import { contextOf } from '../kit.ts';
import { plan, tickets, withTicket } from './kit.ts';

let t: TestDesk;
beforeEach(async () => {
  t = await testDesk([]);
});
afterEach(() => t.close());

test('the timers of one ticket are found without reading those of others, also where the statement was planned for few', async () => {
  const { sql } = t.database;
  await sql`alter table timer set (autovacuum_enabled = false)`;
  const [id = 0, ...others] = await tickets(t.database, 3_000);
  const due = new Date(t.clock.now().getTime() + 3_600_000);
  const read = await withTicket(contextOf(t, []), id, async act => {
    const { ticketId: _, ...one } = plan(id, due, 's1');
    const again = () => replan(act, id, 'test', [one]);
    // From the sixth time on its plan stays.
    for (let times = 0; times < 8; times += 1) await again();
    await act.tx`
      insert into timer (ticket_id, target, cycle, step, due_at, run_at)
      select ticket, 'test:one', 1, 's1', ${due}, ${due} from unnest(${others}::bigint[]) ticket`;
    const looked = async () => {
      const [row] = await act.tx<{ read: number }[]>`
        select sum(pg_stat_get_xact_tuples_returned(oid))::int as read from pg_class
        where oid in ('timer'::regclass, 'timer_due'::regclass, 'timer_next'::regclass, 'timer_step'::regclass)`;
      return row?.read ?? 0;
    };
    const before = await looked();
    await again();
    return (await looked()) - before;
  });
  expect(read).toBeLessThan(50);
});
