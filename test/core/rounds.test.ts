import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Log } from '../../src/core/index.ts';
import { type Round, takeTurns } from '../../src/core/rounds.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function logged(): { readonly log: Log; readonly words: string[] } {
  const words: string[] = [];
  const note = (message: string, fields?: object): void =>
    void words.push(`${message}: ${Object(fields).round}`);
  return { log: { info: note, warn: note, error: note }, words };
}

test('a round that fails is told of, and the next ones have their turn', async () => {
  const { log, words } = logged();
  const ran: string[] = [];
  const tick = takeTurns(log, [
    { name: 'first', run: async () => void ran.push('first') },
    { name: 'second', run: () => Promise.reject(new Error('no')) },
    { name: 'third', run: async () => void ran.push('third') },
  ]);
  expect(await tick()).toBe(false);
  expect(ran).toEqual(['first', 'third']);
  expect(words).toEqual(['a round failed: second']);
});

test('a round that does not end is told of and left to itself; it is begun again when it has ended', async () => {
  const { log, words } = logged();
  let began = 0;
  let others = 0;
  const hanging = Promise.withResolvers<void>();
  const rounds: Round[] = [
    { name: 'hangs', run: () => (++began === 1 ? hanging.promise : Promise.resolve()) },
    { name: 'goes on', run: async () => void others++ },
  ];
  const tick = takeTurns(log, rounds);
  const first = tick();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(await first).toBe(false);
  expect(words).toEqual(['a round does not end: hangs']);
  expect(await tick()).toBe(false);
  expect([began, others]).toEqual([1, 2]);
  hanging.resolve();
  await vi.advanceTimersByTimeAsync(0);
  expect(await tick()).toBe(true);
  expect([began, others]).toEqual([2, 3]);
});
