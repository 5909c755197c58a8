import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';

let dataDir: string;
let child: ChildProcess | undefined;

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'switchdesk-demo-'));
});
afterEach(() => {
  child?.kill('SIGKILL');
  rmSync(dataDir, { recursive: true, force: true });
});

/** Starts the command as a user does; what it writes is kept. */
function start(
  args: readonly string[],
  port: number,
): { out: string; err: string; ended: Promise<unknown[]> } {
  const env = { ...process.env, PORT: String(port), DATA_DIR: dataDir, LOG_LEVEL: 'error' };
  child = spawn(process.execPath, ['src/demo.ts', ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  const seen = { out: '', err: '', ended: once(child, 'exit') };
  child.stdout?.on('data', chunk => {
    seen.out += chunk;
  });
  child.stderr?.on('data', chunk => {
    seen.err += chunk;
  });
  return seen;
}

it('opens the stage with a ticket on it, and leaves nothing behind', { timeout: 60_000 }, async () => {
  const demo = start([], 0);
  await expect
    .poll(() => demo.out, { timeout: 40_000 })
    .toMatch(/^The stage is open: http:\/\/localhost:\d+\/stage .*\n$/);
  const stage = new URL(/http:\S+/.exec(demo.out)?.[0] ?? '');
  const root = await fetch(new URL('/', stage), { redirect: 'manual' });
  expect([root.status, root.headers.get('location')]).toEqual([302, '/stage']);
  const look = async (): Promise<string> => (await fetch(new URL('/stage/state', stage))).text();
  await expect.poll(look, { timeout: 20_000 }).toContain('#1 Strona sklepu');
  child?.kill('SIGINT');
  expect(await demo.ended).toEqual([0, null]);
  expect(demo.err).toBe('');
  expect(readdirSync(dataDir)).toEqual([]);
});

it('says what to do when the port is taken', { timeout: 60_000 }, async () => {
  const other = createServer().listen(0);
  await once(other, 'listening');
  const { port } = other.address() as AddressInfo;
  const demo = start([], port);
  expect(await demo.ended).toEqual([1, null]);
  expect(demo.err).toContain(`Port ${port} is taken`);
  expect(demo.err).toContain(`PORT=${port + 1} npm run demo`);
  expect(demo.out).toBe('');
  expect(readdirSync(dataDir)).toEqual([]);
  other.close();
});

it('refuses what is no port', async () => {
  const demo = start(['--tour'], Number.NaN);
  expect(await demo.ended).toEqual([1, null]);
  expect(demo.err).toContain('PORT is no port: NaN');
});
