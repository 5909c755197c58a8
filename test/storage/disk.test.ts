import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { diskStore } from '../../src/storage/disk.ts';
import { deskSecret } from '../../src/storage/secret.ts';
import { whole } from '../core/file/kit.ts';

const KEY = `2026/11/${'ab'.repeat(16)}`;
const facts = { size: 5, sha256: '', type: 'text/plain' };

let directory: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'disk-'));
});
afterEach(() => rm(directory, { recursive: true }));

test('a file is moved in whole, read, and dropped; twice is once', async () => {
  const store = diskStore(join(directory, 'kept'));
  const path = join(directory, 'incoming');
  expect(await store.read(KEY)).toBeUndefined();
  await writeFile(path, 'hello');
  await store.put(KEY, path, facts);
  await writeFile(path, 'again');
  await store.put(KEY, path, facts);
  expect((await whole(await store.read(KEY))).toString()).toBe('again');
  expect(await readdir(directory)).toEqual(['kept']);
  await store.drop(KEY);
  await store.drop(KEY);
  expect(await store.read(KEY)).toBeUndefined();
});

test.each(['../../etc/passwd', '/etc/passwd', '2026/11/../../x', '', `${KEY}/..`, `${KEY}\0`])(
  'no path from outside: %j',
  async key => {
    const store = diskStore(directory);
    await expect(store.read(key)).rejects.toThrow('no key');
    await expect(store.put(key, directory, facts)).rejects.toThrow('no key');
    await expect(async () => store.drop(key)).rejects.toThrow('no key');
  },
);

test('the secret is made once, is for the desk alone, and a given one comes first', async () => {
  const dataDir = join(directory, 'data');
  const made = await deskSecret(dataDir, undefined)();
  expect(made.byteLength).toBeGreaterThanOrEqual(32);
  expect((await stat(join(dataDir, 'desk.secret'))).mode & 0o777).toBe(0o600);
  expect(await deskSecret(dataDir, undefined)()).toEqual(made);
  expect(await deskSecret(dataDir, 'x'.repeat(32))()).toEqual(Buffer.from('x'.repeat(32)));
  await writeFile(join(dataDir, 'desk.secret'), 'short');
  await expect(deskSecret(dataDir, undefined)()).rejects.toThrow('delete it');
  expect(await readFile(join(dataDir, 'desk.secret'), 'utf8')).toBe('short');
});
