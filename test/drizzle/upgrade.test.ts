/** What an operator has who installs a new release: a database that is at work. */
import { copyFile, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { migrate } from '../../drizzle/migrate.ts';
import { emptyDatabase, type FreshDatabase } from '../harness/database.ts';

const SHIPPED = new URL('../../drizzle/migrations/', import.meta.url).pathname;

let own: FreshDatabase;
let folder: string;
beforeEach(async () => {
  own = await emptyDatabase();
  folder = await mkdtemp(join(tmpdir(), 'switchdesk-migrations-'));
});
afterEach(async () => {
  await own.drop();
  await rm(folder, { recursive: true, force: true });
});

/** Applies the migrations up to one, that included. */
async function upTo(last: string): Promise<void> {
  for (const name of await readdir(SHIPPED))
    if (name <= `${last}~`) await copyFile(join(SHIPPED, name), join(folder, name));
  await migrate(own.database.sql, folder);
}

test('a session by mail, and a link, from before they were bound to an address begin anew; others go on', async () => {
  const { sql } = own.database;
  await upTo('0038');
  await sql`insert into account (ref, name, state, updated_at) values ('A-1', 'Acme', 'active', now())`;
  await sql`insert into contact (ref, account_id, name, roles, updated_at) select 'c-1', id, 'Ana', '{owner}', now() from account`;
  await sql`
    insert into session (sha256, contact_id, how, agent, made_at, seen_at, expires_at)
    select sha256(how::bytea), id, how, 'Firefox', now(), now(), now() + interval '1 day' from contact, unnest(array['chat', 'mail', 'client-area']) how`;
  await sql`
    insert into sign_in (sha256, how, contact_id, browser, made_at, expires_at)
    select sha256(how::bytea), how, id, 'x', now(), now() + interval '1 hour' from contact, unnest(array['chat', 'mail']) how`;
  await migrate(sql);
  expect((await sql`select how from session order by how`).map(({ how }) => how)).toEqual([
    'chat',
    'client-area',
  ]);
  expect([...(await sql`select how, used_at is null as good from sign_in order by how`)]).toEqual([
    { how: 'chat', good: true },
    { how: 'mail', good: false },
  ]);
});

test('work under way with a window of one account ends for everybody with theirs, and for the account with its own', async () => {
  const { sql } = own.database;
  await upTo('0040');
  const [general, late, early] = ['2026-12-01T01:00:00Z', '2026-12-05T01:00:00Z', '2026-11-30T23:00:00Z'];
  const windows = [
    { from: '2026-12-01T00:00:00Z', to: general },
    { from: '2026-12-05T00:00:00Z', to: late },
    { from: '2026-11-30T22:00:00Z', to: early },
  ];
  const place = { type: 'location', value: 'WAW1', impact: 'outage' };
  const account = (value: string, own: number[]) => ({
    type: 'account',
    value,
    impact: 'outage',
    windows: own,
  });
  const notices = [
    { objects: [{ ...place, windows: [0] }, account('A-1', [1]), account('A-2', [2])], windows },
    { objects: [account('A-1', [0])], windows: windows.slice(1, 2) },
    { objects: [place], windows: windows.slice(0, 1) },
  ];
  for (const [index, content] of notices.entries()) {
    const last = index === 2 ? general : late;
    await sql`
      with made as (
        insert into notice (key, sha256, kind, state, revision, edition, created_at, updated_at)
        values (${`n-${index}`}, 'x', 'maintenance', 'running', 1, 1, now(), now()) returning id
      ), said as (
        insert into notice_revision (notice_id, revision, edition, move, state, content, at)
        select id, 1, 1, 'announce', 'confirmed', ${JSON.stringify(content)}::jsonb, now() from made
      )
      insert into notice_step (notice_id, revision, stage, due_at) select id, 1, 'finish', ${last} from made`;
  }
  await migrate(sql);
  const steps = await sql<{ n: string; stage: string; at: Date }[]>`
    select key as n, stage, due_at as at from notice_step s join notice on notice.id = s.notice_id order by key, stage`;
  expect(steps.map(({ n, stage, at }) => [n, stage, at.toISOString().replace('.000', '')])).toEqual([
    ['n-0', 'finish', general],
    ['n-0', 'finish:1', late],
    ['n-0', 'finish:2', early],
    ['n-1', 'finish:0', late],
    ['n-2', 'finish', general],
  ]);
});
