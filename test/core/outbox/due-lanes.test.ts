import { afterEach, expect, test } from 'vitest';
import type { SqlRunner } from '../../../drizzle/database.ts';
import { scriptedChannel } from '../../harness/channel.ts';
import { type TestDesk, testDesk } from '../../harness/desk.ts';

let t: TestDesk;

afterEach(() => t.close());

test.each([
  ['in a table of which nothing is known yet', false],
  ['when nearly nothing was due as it was last looked at', true],
])('the most urgent of many lanes are found without reading the others, %s', async (_, analysed) => {
  t = await testDesk([scriptedChannel('chat')]);
  const { sql } = t.database;
  await sql`alter table lane set (autovacuum_enabled = false)`;
  const now = t.clock.now();
  await sql`
    with made as (insert into place (channel, role, address) select 'chat', 'customer', 'far' || n from generate_series(1, 20000) n returning id)
    insert into lane (place_id, channel, tail, backlog, rank, wake_at, opens)
    select id, 'chat', 1, 0, 1 + id % 3, ${now}::timestamptz - id * interval '1 ms', false from made`;
  if (analysed) await sql`analyze lane`;
  await sql`update lane set backlog = 1`;
  const read = await sql.begin(async tx => {
    const before = await looked(tx);
    const rows = await tx<{ rank: number; wakeAt: Date }[]>`
      select rank, wake_at as "wakeAt" from due_lanes('chat', false, 99, ${now}, 200)`;
    expect(rows).toHaveLength(200);
    expect(rows.every(({ rank }) => rank === 1)).toBe(true);
    expect(rows.map(({ wakeAt }) => wakeAt.getTime())).toEqual(
      rows.map(({ wakeAt }) => wakeAt.getTime()).toSorted((a, b) => a - b),
    );
    return (await looked(tx)) - before;
  });
  expect(read).toBeLessThan(1_000);
});

/** Rows of `lane` and entries of its index that this transaction has read so far. */
async function looked(tx: SqlRunner): Promise<number> {
  const [row] = await tx<{ read: number }[]>`
    select pg_stat_get_xact_tuples_returned('lane_due'::regclass) + pg_stat_get_xact_tuples_returned('lane'::regclass) as read`;
  return row?.read ?? 0;
}
