import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { diskStore } from '../../src/storage/index.ts';
import { serve as servePages } from './serve.ts';

const KEY = `2026/11/${'ab'.repeat(16)}`;

let directory: string;
let server: Awaited<ReturnType<typeof servePages>>;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'http-files-'));
  const store = diskStore(directory);
  await writeFile(join(directory, 'x'), '<script>alert(1)</script>');
  await store.put(KEY, join(directory, 'x'), { size: 25, sha256: '', type: 'text/html' });
  server = await servePages({
    file: async token => {
      const key = { right: KEY, lost: KEY.replace('2026', '2025') }[token];
      if (key === undefined) return undefined;
      return { name: 'zażółć "1".html', type: 'text/html', size: 25, bytes: () => store.read(key) };
    },
  });
});

afterEach(async () => {
  await server.close();
  await rm(directory, { recursive: true });
});

const get = (path: string, method = 'GET') => fetch(`${server.url}${path}`, { method });

test('a file is given out to be saved, never to be shown as a page of ours', async () => {
  const answer = await get('/files/right');
  expect(answer.status).toBe(200);
  expect(await answer.text()).toBe('<script>alert(1)</script>');
  const headers = Object.fromEntries(answer.headers);
  expect(headers).toMatchObject({
    'content-length': '25',
    'content-disposition':
      'attachment; filename="za____ _1_.html"; filename*=UTF-8\'\'za%C5%BC%C3%B3%C5%82%C4%87%20%221%22.html',
    'content-security-policy': "default-src 'none'; sandbox",
    'x-content-type-options': 'nosniff',
    'cache-control': 'private, no-store',
    'referrer-policy': 'no-referrer',
  });
  const head = await get('/files/right', 'HEAD');
  expect([head.status, head.headers.get('content-length')]).toEqual([200, '25']);
});

test('whatever is wrong, the answer is the same', async () => {
  const answers = await Promise.all(
    ['wrong', 'lost', 'x'.repeat(5000), '..%2F..%2Fetc%2Fpasswd'].map(async token => {
      const answer = await get(`/files/${token}`);
      return [answer.status, await answer.text(), answer.headers.get('content-type')];
    }),
  );
  expect(new Set(answers.map(one => JSON.stringify(one))).size).toBe(1);
  expect(answers[0]?.[0]).toBe(404);
  expect((await get('/files/right', 'POST')).status).toBe(404);
});
