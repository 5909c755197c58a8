import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDatabase } from '../../drizzle/database.ts';
import { integer, jsonb, pgTable, timestamp } from '../../drizzle/orm.ts';
import { emptyDatabase, type FreshDatabase, freshDatabase } from '../harness/database.ts';

let own: FreshDatabase;

beforeAll(async () => {
  own = await emptyDatabase();
});

afterAll(() => own.drop());

test('a clone of the template is migrated and belongs to one test alone', async () => {
  const [one, other] = await Promise.all([freshDatabase(), freshDatabase()]);
  try {
    await one.database.sql`create table mine (id int)`;
    const [seen] = await other.database
      .sql`select to_regclass('mine') as mine, to_regclass('migration') as migration`;
    expect(seen).toEqual({ mine: null, migration: 'migration' });
  } finally {
    await Promise.all([one.drop(), other.drop()]);
  }
});

test('raw statements read bigint as number and times as Date, and take Date and objects', async () => {
  const at = new Date('2026-11-22T14:30:00.123Z');
  const [row] = await own.database.sql`
    select ${at}::timestamptz as at, 9007199254740991::bigint as big, ${own.database.sql.json({ a: [1] })}::jsonb as json`;
  expect(row).toEqual({ at, big: 9_007_199_254_740_991, json: { a: [1] } });
});

test('Drizzle and raw statements write the same times and JSON through one pool', async () => {
  const { sql, db } = own.database;
  const thing = pgTable('thing', {
    id: integer('id').primaryKey(),
    at: timestamp('at', { withTimezone: true }).notNull(),
    what: jsonb('what').notNull(),
  });
  await sql`create table thing (id int primary key, at timestamptz not null, what jsonb not null)`;
  const at = new Date('2026-11-22T14:30:00.000Z');
  await db.insert(thing).values({ id: 1, at, what: { said: '"quoted"' } });
  await sql`insert into thing (id, at, what) values (2, ${at}, ${sql.json({ said: '"quoted"' })})`;
  const [first, second] = await db.select().from(thing).orderBy(thing.id);
  expect(first).toEqual({ id: 1, at, what: { said: '"quoted"' } });
  expect(second).toEqual({ ...first, id: 2 });
  const raw = await sql`select jsonb_typeof(what) as type, at from thing`;
  expect([...raw]).toEqual([
    { type: 'object', at },
    { type: 'object', at },
  ]);
});

test('a statement that takes too long is cut off', async () => {
  const impatient = await openDatabase({ url: own.url, max: 1, statementTimeout: 50 });
  try {
    await expect(impatient.sql`select pg_sleep(10)`).rejects.toMatchObject({ code: '57014' });
  } finally {
    await impatient.close();
  }
});

test('an unreachable database is an error at once, not a pool that waits', async () => {
  await expect(openDatabase({ url: 'postgres://nobody@127.0.0.1:1/none' })).rejects.toMatchObject({
    code: 'ECONNREFUSED',
  });
});
