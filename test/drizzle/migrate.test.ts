import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openDatabase } from '../../drizzle/database.ts';
import { migrate } from '../../drizzle/migrate.ts';
import { emptyDatabase, type FreshDatabase } from '../harness/database.ts';

let own: FreshDatabase;
let folder: string;

beforeEach(async () => {
  own = await emptyDatabase();
  folder = await mkdtemp(join(tmpdir(), 'switchdesk-migrations-'));
  await file('0001_begin.sql', 'create table ticket (id int primary key); insert into ticket values (1);');
});

afterEach(async () => {
  await own.drop();
  await rm(folder, { recursive: true, force: true });
});

const file = (name: string, text: string): Promise<void> => writeFile(join(folder, name), text);
const tickets = async (): Promise<number> => (await own.database.sql`select * from ticket`).length;

test('each file runs once, in order', async () => {
  await file('0002_more.sql', 'insert into ticket values (2);');
  expect(await migrate(own.database.sql, folder)).toEqual(['0001_begin.sql', '0002_more.sql']);
  expect(await migrate(own.database.sql, folder)).toEqual([]);
  await file('0003_later.sql', 'insert into ticket values (3);');
  expect(await migrate(own.database.sql, folder)).toEqual(['0003_later.sql']);
  expect(await tickets()).toBe(3);
});

test('desks that start together apply each file once between them', async () => {
  await file('0002_more.sql', 'select pg_sleep(0.1); insert into ticket values (2);');
  const others = await Promise.all([1, 2, 3].map(() => openDatabase({ url: own.url, max: 1 })));
  try {
    const applied = await Promise.all(others.map(other => migrate(other.sql, folder)));
    expect(applied.flat().sort()).toEqual(['0001_begin.sql', '0002_more.sql']);
    expect(await tickets()).toBe(2);
  } finally {
    await Promise.all(others.map(other => other.close()));
  }
});

test('a file that fails leaves nothing of itself, and what came before it stays', async () => {
  await file('0002_broken.sql', 'insert into ticket values (2); insert into nowhere values (1);');
  await expect(migrate(own.database.sql, folder)).rejects.toMatchObject({ code: '42P01' });
  expect(await tickets()).toBe(1);
  await file('0002_broken.sql', 'insert into ticket values (2);');
  expect(await migrate(own.database.sql, folder)).toEqual(['0002_broken.sql']);
});

test('a file changed after it was applied is refused, with what to do', async () => {
  await migrate(own.database.sql, folder);
  await file('0001_begin.sql', 'create table ticket (id bigint primary key);');
  await expect(migrate(own.database.sql, folder)).rejects.toThrow(
    /0001_begin.sql was changed after .* new file/,
  );
});

test('a file from before the last one applied is refused', async () => {
  await file('0003_third.sql', 'select 1;');
  await migrate(own.database.sql, folder);
  await file('0002_late.sql', 'select 1;');
  await expect(migrate(own.database.sql, folder)).rejects.toThrow(
    /0002_late.sql comes before 0003_third.sql/,
  );
});

test('the database of a newer release is refused', async () => {
  await file('0002_newer.sql', 'select 1;');
  await migrate(own.database.sql, folder);
  await rm(join(folder, '0002_newer.sql'));
  await expect(migrate(own.database.sql, folder)).rejects.toThrow(/0002_newer.sql.* a newer one/);
});

test('a file without a number has no place', async () => {
  await file('more.sql', 'select 1;');
  await expect(migrate(own.database.sql, folder)).rejects.toThrow(/more.sql is not named like/);
});
