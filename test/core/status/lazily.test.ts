import { expect, test } from 'vitest';
import { lazily } from '../../../src/core/status/lazily.ts';

test('each part is made once, when it is first looked at, and an object of them is like any other', () => {
  const made: string[] = [];
  const make = (name: string) => () => {
    made.push(name);
    return name.length === 1 ? undefined : name;
  };
  const given = { first: make('first'), second: make('second'), x: make('x') };
  const one = lazily<{ first: unknown; second: unknown; x?: unknown }>(given);
  expect(made).toEqual([]);
  expect([one.second, one.second, one.x, one.x]).toEqual(['second', 'second', undefined, undefined]);
  expect(made).toEqual(['second', 'x']);
  expect(one).toEqual({ first: 'first', second: 'second', x: undefined });
  expect(JSON.stringify(one)).toBe('{"first":"first","second":"second"}');
  expect(made).toEqual(['second', 'x', 'first']);
});

test('a part that could not be made is tried again', () => {
  let isBroken = true;
  const one = lazily<{ part: number }>({
    part: () => {
      if (isBroken) throw new Error('not now');
      return 7;
    },
  });
  expect(() => one.part).toThrow('not now');
  isBroken = false;
  expect(one.part).toBe(7);
});
