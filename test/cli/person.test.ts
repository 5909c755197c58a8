import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Command } from '../../src/cli/io.ts';
import { eraseCommand } from '../../src/cli/person/erase.ts';
import { exportCommand } from '../../src/cli/person/export.ts';
import { contact } from '../core/identity/kit.ts';
import { type FreshDatabase, freshDatabase } from '../harness/database.ts';

let directory: string;
let fresh: FreshDatabase;
let env: Record<string, string>;

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'switchdesk-person-'));
  fresh = await freshDatabase();
  await contact(fresh.database, 'ana-1', { name: 'Ana Nowak', addresses: ['ana@example.com'] });
  const policy = join(directory, 'desk.yaml');
  const shipped = readFileSync(new URL('../../desk.yaml', import.meta.url), 'utf8');
  writeFileSync(policy, shipped.replace('telegram: []', 'telegram: [administrator]'));
  env = {
    DESK_POLICY: policy,
    DATABASE_URL: fresh.url,
    DATA_DIR: join(directory, 'data'),
    TELEGRAM_BOT_TOKEN: `1:${'x'.repeat(30)}`,
    TELEGRAM_DESK_CHAT_ID: '-1001234567890',
  };
});
afterAll(async () => {
  await fresh.drop();
  rmSync(directory, { recursive: true, force: true });
});

async function runs(
  command: Command,
  args: string[],
  typed = '',
): Promise<{ code: number; out: string; err: string }> {
  const said = { out: '', err: '' };
  const code = await command.run(args, {
    out: text => {
      said.out += text;
    },
    err: text => {
      said.err += text;
    },
    tty: false,
    ask: async question => {
      said.err += question;
      return typed;
    },
    env,
  });
  return { code, ...said };
}

test('export-person writes JSON; a name that is none is said and nothing is written', async () => {
  const { code, out } = await runs(exportCommand, ['ana-1', '--without-notes']);
  expect(code).toBe(0);
  expect(JSON.parse(out)).toMatchObject({ contact: { name: 'Ana Nowak', addresses: ['ana@example.com'] } });
  expect(await runs(exportCommand, ['nobody'])).toMatchObject({
    code: 1,
    out: '',
    err: expect.stringContaining('no person "nobody"'),
  });
  for (const args of [[], ['a', 'b'], ['--all']])
    expect(await runs(exportCommand, args)).toMatchObject({ code: 2, out: '' });
});

test('erase-person asks for the ref once more, and then it is done', async () => {
  expect(await runs(eraseCommand, ['ana-1'], 'ana-2')).toMatchObject({
    code: 1,
    err: expect.stringContaining('Nothing was erased'),
  });
  expect(await fresh.database.sql`select from contact`).toHaveLength(1);
  expect(await runs(eraseCommand, ['nobody', '--yes'])).toMatchObject({ code: 1 });
  expect(await runs(eraseCommand, ['ana-1'], 'ana-1')).toMatchObject({
    code: 0,
    out: expect.stringContaining('Erased: '),
  });
  expect(await fresh.database.sql`select from contact`).toHaveLength(0);
  expect(await runs(eraseCommand, [])).toMatchObject({ code: 2 });
});

test('without its configuration a command says what is missing', async () => {
  const before = env;
  env = {};
  expect(await runs(exportCommand, ['ana-1'])).toMatchObject({
    code: 1,
    err: expect.stringContaining('The configuration is incomplete'),
  });
  env = before;
});
