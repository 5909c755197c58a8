import { afterAll, beforeAll, expect, test } from 'vitest';
import { runCommand } from '../../src/cli/desk.ts';
import { createKeys } from '../../src/core/index.ts';
import { type FreshDatabase, freshDatabase } from '../harness/database.ts';

let fresh: FreshDatabase;
beforeAll(async () => {
  fresh = await freshDatabase();
});
afterAll(() => fresh.drop());

async function keys(...args: string[]) {
  const said = { out: '', err: '' };
  const code = await runCommand(['keys', ...args], {
    out: text => {
      said.out += text;
    },
    err: text => {
      said.err += text;
    },
    tty: false,
    ask: async () => '',
    env: { DATABASE_URL: fresh.url },
  });
  return { code, ...said };
}

test('a key is shown once, opens what it may, and is worth nothing once it is revoked', async () => {
  const made = await keys(
    'create',
    'Billing system',
    '--scope',
    'accounts:read',
    '--scope',
    'accounts:write',
  );
  const secret = made.out.trim();
  expect(made.code).toBe(0);
  expect(secret).toMatch(/^sd_[\w-]{43}$/);
  const looked = createKeys({ database: fresh.database, now: () => new Date() });
  expect(await looked.find(secret)).toMatchObject({
    name: 'Billing system',
    scopes: ['accounts:read', 'accounts:write'],
  });

  const listed = await keys('list');
  expect(listed.out).toContain(`${secret.slice(0, 9)}…  Billing system  accounts:read accounts:write`);
  expect(listed.out + made.err).not.toContain(secret);
  const [id = ''] = listed.out.split(' ');
  expect((await keys('revoke', id)).out).toContain('revoked');
  expect(await looked.find(secret)).toBeUndefined();
  const again = await keys('revoke', id);
  expect(again).toMatchObject({ code: 0, out: (await keys('list')).out });
});

test.each([
  [['create', 'x'], 'Scopes: accounts:read'],
  [['create', '--scope', 'accounts:read'], 'Give the key a name'],
  [['create', 'x', '--scope', 'everything'], 'There is no scope everything'],
  [['revoke', 'sd_abc'], 'Give the number'],
  [['burn'], 'Say create, list or revoke'],
])('%j is refused with what is right', async (args, told) => {
  expect(await keys(...args)).toMatchObject({ code: 2, err: expect.stringContaining(told) });
});

test('a key that is not there is not revoked', async () => {
  expect(await keys('revoke', '4711')).toMatchObject({
    code: 1,
    err: expect.stringContaining('There is no key 4711'),
  });
});
