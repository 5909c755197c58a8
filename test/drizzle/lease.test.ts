import { expect, onTestFinished, test } from 'vitest';
import { createLease } from '../../drizzle/lease.ts';
import { freshDatabase } from '../harness/database.ts';

test('one has it, keeps it, and gives it back; of those who take it at once just one gets it; what ran out is free', async () => {
  const { database, drop } = await freshDatabase({ max: 8 });
  onTestFinished(drop);
  const all = Array.from({ length: 8 }, () => createLease(database.sql, 'mailbox'));

  const got = await Promise.all(all.map(lease => lease.hold(60_000)));
  expect(got.filter(Boolean)).toHaveLength(1);
  const holder = all[got.indexOf(true)] as (typeof all)[0];
  const rest = all.filter(lease => lease !== holder);
  expect(await holder.hold(60_000)).toBe(true);
  expect(await rest[0]?.hold(60_000)).toBe(false);
  expect(await createLease(database.sql, 'another').hold(60_000)).toBe(true);
  await rest[0]?.release();
  expect(await rest[0]?.hold(60_000)).toBe(false);
  await holder.release();
  expect(await rest[0]?.hold(0)).toBe(true);
  expect(await rest[1]?.hold(60_000)).toBe(true);
  expect(await rest[0]?.hold(60_000)).toBe(false);
});
