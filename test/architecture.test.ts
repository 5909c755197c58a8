import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { checkArchitecture } from '../scripts/architecture.ts';

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'switchdesk-architecture-'));
  write('package.json', JSON.stringify({ dependencies: { 'discord.js': '1', postgres: '1', hono: '1' } }));
  for (const name of ['discord.js', 'postgres', 'hono', 'vitest']) {
    write(`node_modules/${name}/package.json`, JSON.stringify({ name, version: '1.0.0', main: 'index.js' }));
    write(`node_modules/${name}/index.js`, 'export const it = 1;');
  }
});

afterEach(() => rmSync(root, { recursive: true, force: true }));

function write(path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

/** `from` imports `to`, which exists; both are paths from the root, or `to` is a package. */
function imports(from: string, to: string, statement = "import { it } from 'TO';"): void {
  const local = to.endsWith('.ts');
  if (local) write(to, 'export const it = 1;\n');
  const up = '../'.repeat(from.split('/').length - 1);
  write(from, `${statement.replace('TO', local ? `${up || './'}${to}` : to)}\nexport const own = [it];\n`);
}

const forbidden: [rule: string, from: string, to: string][] = [
  ['adapters-by-the-door', 'src/adapters/slack/deliver.ts', 'src/core/ticket/open.ts'],
  ['adapters-by-the-door', 'src/adapters/slack/deliver.ts', 'src/adapters/discord/deliver.ts'],
  ['adapters-by-the-door', 'src/adapters/slack/deliver.ts', 'drizzle/database.ts'],
  ['core-stands-alone', 'src/core/ticket/open.ts', 'src/config.ts'],
  ['core-knows-no-platform', 'src/core/ticket/open.ts', 'discord.js'],
  ['core-knows-no-platform', 'src/core/ticket/open.ts', 'hono'],
  ['core-knows-no-platform', 'src/core/ticket/open.ts', 'node:http'],
  ['http-names-no-platform', 'src/http/webhooks.ts', 'src/adapters/slack/index.ts'],
  ['http-names-no-platform', 'src/http/webhooks.ts', 'discord.js'],
  ['http-names-no-platform', 'src/http/webhooks.ts', 'src/core/ticket/open.ts'],
  ['who-names-platforms', 'src/config.ts', 'src/adapters/slack/index.ts'],
  ['who-starts-the-simulator', 'src/main.ts', 'src/simulator/slack/index.ts'],
  ['who-plays-the-tour', 'src/main.ts', 'src/tour/index.ts'],
  ['simulator-shares-no-line', 'src/simulator/slack/text.ts', 'src/core/text/index.ts'],
  ['simulator-shares-no-line', 'src/simulator/discord/gateway.ts', 'discord.js'],
  ['rules-are-pure', 'src/core/sla/rules/due.ts', 'src/core/sla/start.ts'],
  ['rules-are-pure', 'src/core/sla/rules/due.ts', 'drizzle/database.ts'],
  ['rules-are-pure', 'src/core/sla/rules/due.ts', 'node:fs'],
  ['features-meet-at-doors', 'src/core/ticket/open.ts', 'src/core/sla/start.ts'],
  ['doors-from-above', 'src/core/index.ts', 'src/core/ticket/open.ts'],
  ['one-database-driver', 'src/core/ticket/open.ts', 'postgres'],
  ['drizzle-is-the-ground', 'drizzle/schema/ticket.ts', 'src/core/ids.ts'],
  ['source-needs-no-tests', 'src/main.ts', 'test/harness/desk.ts'],
  ['no-dev-dependencies', 'src/main.ts', 'vitest'],
  ['resolvable', 'src/main.ts', 'nowhere-to-be-found'],
];

test.each(forbidden)('%s: %s must not import %s', async (rule, from, to) => {
  imports(from, to);
  const { faults } = await checkArchitecture(root);
  expect(faults.map(fault => fault.split(':')[0])).toContain(rule);
});

const allowed: [from: string, to: string][] = [
  ['src/adapters/slack/deliver.ts', 'src/core/index.ts'],
  ['src/adapters/slack/deliver.ts', 'src/adapters/slack/api.ts'],
  ['src/adapters/discord/listen.ts', 'discord.js'],
  ['src/core/ticket/open.ts', 'drizzle/database.ts'],
  ['src/core/ticket/open.ts', 'src/core/sla/index.ts'],
  ['src/core/reactions.ts', 'src/core/sla/start.ts'],
  ['src/core/sla/rules/due.ts', 'src/core/ticket/model.ts'],
  ['src/http/app.ts', 'src/core/index.ts'],
  ['src/main.ts', 'src/adapters/slack/index.ts'],
  ['src/demo.ts', 'src/simulator/slack/index.ts'],
  ['test/stories/ticket.test.ts', 'src/simulator/slack/index.ts'],
  ['drizzle/database.ts', 'postgres'],
];

test.each(allowed)('%s may import %s', async (from, to) => {
  imports(from, to);
  expect(await checkArchitecture(root)).toEqual({ faults: [], files: to.endsWith('.ts') ? 2 : 1 });
});

test('a re-export and a dynamic import are imports too', async () => {
  imports(
    'src/adapters/slack/index.ts',
    'src/core/ticket/open.ts',
    "export { it } from 'TO'; declare const it: 1;",
  );
  imports('src/adapters/discord/index.ts', 'src/core/ticket/open.ts', "const { it } = await import('TO');");
  const { faults } = await checkArchitecture(root);
  expect(faults.map(fault => fault.split(' ')[1])).toEqual([
    'src/adapters/discord/index.ts',
    'src/adapters/slack/index.ts',
  ]);
});

test('a cycle is found, one that only types close is none', async () => {
  write('src/core/a.ts', "import { b } from './b.ts';\nexport const a = (): number => b();\n");
  write('src/core/b.ts', "import { a } from './a.ts';\nexport const b = (): number => a();\n");
  expect((await checkArchitecture(root)).faults.join()).toMatch(/no-cycles: .*a\.ts.*b\.ts/);
  write(
    'src/core/b.ts',
    "import type { a } from './a.ts';\nexport const b = (): ReturnType<typeof a> => 1;\n",
  );
  expect((await checkArchitecture(root)).faults).toEqual([]);
});

test('a tool that cannot read the files fails the check and does not pass it', async () => {
  imports('src/core/ticket/open.ts', 'src/config.ts');
  const { faults } = await checkArchitecture(root, { extraExtensionsToScan: ['.ts'] });
  expect(faults.join()).toMatch(/unseen: src\/core\/ticket\/open\.ts/);
});

test('a file that the tool leaves out fails the check', async () => {
  imports('src/core/ticket/open.ts', 'drizzle/database.ts');
  const { faults } = await checkArchitecture(root, { exclude: { path: 'drizzle' } });
  expect(faults.join()).toMatch(/unseen: drizzle\/database\.ts/);
});
