import { expect, test } from 'vitest';
import { inDirectory } from '../../bench/kit/cleanup.ts';
import { flatOver, runWeek } from '../../bench/week/run.ts';

test('a week is flat when its last day holds what its second held', () => {
  const day = (live: number, rss: number) => ({ live, rss });
  expect(flatOver([day(10, 100), day(50, 200), day(55, 210)])).toEqual({ week_live: 1.1, week_rss: 1.05 });
  expect(() => flatOver([day(1, 1)])).toThrow('more days');
});

test('a desk that holds more each day is noticed, with all its people and platforms', {
  timeout: 120_000,
}, async () => {
  const lines: string[] = [];
  const found = await inDirectory((directory, defer) =>
    runWeek({ directory, defer, tickets: 3, days: 3, leakMb: 25, say: line => void lines.push(line) }),
  );
  expect(found.week_live).toBeGreaterThan(1.1);
  expect(lines.map(line => /(\d+) tickets so far/.exec(line)?.[1])).toEqual(['3', '6', '9']);
});
