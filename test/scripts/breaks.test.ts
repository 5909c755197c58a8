import { join } from 'node:path';
import { expect, test } from 'vitest';
import { breaks } from '../../scripts/broken/breaks.ts';
import { misfit } from '../../scripts/broken/fits.ts';

const root = join(import.meta.dirname, '../..');

test('every break of `npm run broken` still fits the code, and its test is there', () => {
  expect(breaks.flatMap(one => misfit(root, one) ?? [])).toEqual([]);
  expect(breaks.length).toBeGreaterThan(100);
});

test('a break that fits no more is told', () => {
  const [first] = breaks;
  if (first === undefined) throw new Error('there are no breaks');
  expect(misfit(root, { ...first, edits: [['src/main.ts', 'this stands nowhere', '']] })).toContain(
    'fits no more',
  );
  expect(misfit(root, { ...first, test: 'test/nothing.test.ts' })).toContain('there is no');
});
