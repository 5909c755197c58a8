import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { coverage } from '../../../src/simulator/slack/coverage.ts';
import { METHODS } from '../../../src/simulator/slack/methods/index.ts';
import { refusal, type Stage, stage } from './stand-in.ts';

let on: Stage;
beforeAll(async () => {
  on = await stage({ rateLimits: false });
});
afterAll(() => on.stop());

const named = (...states: string[]) =>
  coverage.filter(({ state }) => states.includes(state)).map(({ method }) => method);

/** The names of all methods the real client has in a family. */
function methodsOf(value: unknown, path: string): string[] {
  if (typeof value === 'function') return [path];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, member]) => methodsOf(member, `${path}.${name}`));
}

describe('the coverage list is true', () => {
  test('what is said to be supported is exactly what is registered', () => {
    expect(named('supported', 'partial').sort()).toEqual(Object.keys(METHODS).sort());
    expect(new Set(coverage.map(({ method }) => method)).size).toBe(coverage.length);
    expect(coverage.filter(({ state, note }) => state === 'partial' && !note)).toEqual([]);
  });

  test('every method of the real client in these families is listed', () => {
    const client = on.client as unknown as Record<string, unknown>;
    const families = [
      'api',
      'auth',
      'apps',
      'chat',
      'conversations',
      'reactions',
      'team',
      'usergroups',
      'users',
      'views',
    ];
    const real = families.flatMap(family => methodsOf(client[family], family));
    expect(real.length).toBeGreaterThan(80);
    const known = new Set(coverage.map(({ method }) => method));
    expect(real.filter(method => !known.has(method))).toEqual([]);
  });

  test.each(named('absent'))('%s is really absent', async method => {
    expect(await refusal(on.client.apiCall(method, {}))).toMatchObject({ error: 'unknown_method' });
  });
});
