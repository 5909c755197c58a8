import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { COVERAGE, METHODS } from '../../../src/simulator/telegram/index.ts';
import { closeAll, open, refusal } from './world.ts';

const SPEC = '/work/shared/specs/telegram-api.json';
const spec = existsSync(SPEC)
  ? (JSON.parse(readFileSync(SPEC, 'utf8')) as { methods: Record<string, unknown> })
  : undefined;

test('the list says what is registered, and each method once', () => {
  const names = COVERAGE.map(({ method }) => method);
  expect(new Set(names).size).toBe(names.length);
  const done = COVERAGE.filter(({ state }) => state !== 'absent').map(({ method }) => method);
  expect(done.toSorted()).toEqual(Object.keys(METHODS).toSorted());
});

test('what is done in part says what is missing', () => {
  expect(COVERAGE.filter(({ state, note }) => state === 'partial' && !note)).toEqual([]);
});

test.skipIf(!spec)(
  'no method of the published API is left unsaid (skipped where the schema is not at hand)',
  () => {
    expect(COVERAGE.map(({ method }) => method).toSorted()).toEqual(
      Object.keys(spec?.methods ?? {}).toSorted(),
    );
  },
);

test('an absent method is answered as unknown and stands in the log', async () => {
  const { telegram, api } = await open();
  expect(await refusal(api.logOut())).toBe('Not Found: method not found');
  expect(telegram.requests.at(-1)).toMatchObject({ path: '/logOut', status: 404 });
  await closeAll();
});
