import { readFileSync } from 'node:fs';
import { glob } from 'node:fs/promises';
import { expect, test } from 'vitest';

test('no shared file registers a hook when it is imported: files share what they import, so only the first would have it', async () => {
  const shared: string[] = [];
  const faulty: string[] = [];
  for await (const file of glob('test/**/*.ts')) {
    if (file.endsWith('.test.ts')) continue;
    shared.push(file);
    if (/^(?:before|after)(?:Each|All)\(/m.test(readFileSync(file, 'utf8'))) faulty.push(file);
  }
  expect(shared.length).toBeGreaterThan(30);
  expect(faulty).toEqual([]);
});
