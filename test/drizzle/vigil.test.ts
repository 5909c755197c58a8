import { afterEach, expect, test, vi } from 'vitest';
import { keepVigil } from '../../drizzle/vigil.ts';

afterEach(() => vi.useRealTimers());

test('only what the server owes is counted: neither work between statements nor a turn that others have', () => {
  vi.useFakeTimers();
  const silences: string[] = [];
  const watch = (): ReturnType<typeof keepVigil> => keepVigil(4000, () => silences.push('silence'));
  const reject = (): void => undefined;
  const idle = watch();
  idle.hold({ active: undefined, reject });
  vi.advanceTimersByTime(60_000);
  expect(silences).toEqual([]);

  const queue = watch();
  queue.hold({ active: false, reject });
  for (let second = 0; second < 60; second += 1) {
    queue.hold({ active: true, reject })();
    vi.advanceTimersByTime(1000);
  }
  expect(silences).toEqual([]);
  vi.advanceTimersByTime(6000); // and now nobody is answered
  expect(silences).toEqual(['silence']);

  const turn = watch();
  const mine = { active: false, reject };
  turn.hold(mine);
  vi.advanceTimersByTime(3000);
  mine.active = true;
  vi.advanceTimersByTime(4000);
  expect(silences).toHaveLength(1);
  vi.advanceTimersByTime(2000);
  expect(silences).toHaveLength(2);
  vi.advanceTimersByTime(60_000);
  expect(silences).toHaveLength(2);
});
