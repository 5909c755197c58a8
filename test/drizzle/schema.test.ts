import { readdir } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { getTableConfig, is, PgTable } from '../../drizzle/orm.ts';
import { dumpSchema, readSchema } from '../../scripts/schema.ts';
import { type FreshDatabase, freshDatabase } from '../harness/database.ts';

let fresh: FreshDatabase;

beforeAll(async () => {
  fresh = await freshDatabase();
});

afterAll(() => fresh.drop());

/** Each table's columns with their types, `!` for not null. */
type Shape = Record<string, Record<string, string>>;

const bookkeeping = ['migration']; // migrate.ts reads and writes it, nobody else

async function shapeInDatabase(): Promise<Shape> {
  const rows = await fresh.database.sql<{ table: string; column: string; type: string }[]>`
    select relname as table, attname as column, format_type(atttypid, atttypmod) || case when attnotnull then '!' else '' end as type
    from pg_attribute join pg_class on pg_class.oid = attrelid
    where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and attnum > 0 and not attisdropped`;
  const shape: Shape = {};
  for (const { table, column, type } of rows)
    if (!bookkeeping.includes(table)) shape[table] = { ...shape[table], [column]: type };
  return shape;
}

async function shapeInDrizzle(): Promise<Shape> {
  const folder = new URL('../../drizzle/schema/', import.meta.url);
  const shape: Shape = {};
  for (const name of await readdir(folder)) {
    const exported: Record<string, unknown> = await import(new URL(name, folder).href);
    for (const table of Object.values(exported)) {
      if (!is(table, PgTable)) continue;
      const config = getTableConfig(table);
      const columns = config.columns.map(column => [column.name, typeOf(column)] as const);
      shape[config.name] = Object.fromEntries(columns);
    }
  }
  return shape;
}

function typeOf(column: { getSQLType(): string; notNull: boolean }): string {
  const type = column.getSQLType().replace(/^varchar/, 'character varying');
  return `${type === 'timestamp' ? 'timestamp without time zone' : type}${column.notNull ? '!' : ''}`;
}

test('the Drizzle schema and the migrated database have the same tables and columns', async () => {
  const drizzle = await shapeInDrizzle();
  expect(Object.keys(drizzle)).not.toEqual([]);
  expect(drizzle).toEqual(await shapeInDatabase());
});

test('drizzle/schema.sql is what the migrations make (else: npm run schema)', async () => {
  expect(await readSchema()).toBe(await dumpSchema(fresh.database.sql));
});

test('drizzle/schema.sql makes the schema it describes', async () => {
  const { sql } = fresh.database;
  const before = await dumpSchema(sql);
  await sql.unsafe('drop schema public cascade; create schema public').simple();
  await sql.unsafe(inOrderOfReference(before)).simple();
  expect(await dumpSchema(sql)).toBe(before);
});

/** Tables refer to each other in both directions, so foreign keys come last. */
function inOrderOfReference(dump: string): string {
  const foreign: string[] = [];
  let table = '';
  const lines = dump.split('\n').filter(line => {
    table = /^create table (\w+)/.exec(line)?.[1] ?? table;
    if (!/^ {2}constraint \w+ FOREIGN KEY/.test(line)) return true;
    foreign.push(`alter table ${table} add ${line.trim().replace(/,$/, '')};`);
    return false;
  });
  const text = lines.join('\n').replace(/,\n\)/g, '\n)');
  return `${text}\n${foreign.join('\n')}`;
}
