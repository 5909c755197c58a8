import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { NoticeContent } from '../../../src/core/notice/model.ts';
import { sheetOf } from '../../../src/core/notice/rules/calendar.ts';
import { inOrder } from '../../../src/core/notice/rules/check.ts';
import { type Numbered, nextNumbers } from '../../../src/core/notice/rules/numbers.ts';
import { isSaidTo } from '../../../src/core/notice/rules/own.ts';
import { content } from '../status/kit.ts';

const hour = (at: number): string => new Date(Date.UTC(2026, 11, 1, at)).toISOString();

/** Windows by the hour in which they begin: of everybody, and of some accounts. */
function said(shared: readonly number[], own: Readonly<Record<string, readonly number[]>>): NoticeContent {
  const windows: { from: string; to: string }[] = [];
  const add = (hours: readonly number[]): number[] =>
    hours.map(at => windows.push({ from: hour(at), to: hour(at + 1) }) - 1);
  const all = { type: 'location', value: 'WAW1', impact: 'outage', windows: add(shared) } as const;
  const accounts = Object.entries(own).flatMap(([value, hours]) =>
    hours.length === 0 ? [] : [{ type: 'account', value, impact: 'none', windows: add(hours) } as const],
  );
  return inOrder(content({ objects: [all, ...accounts], windows }));
}

const objectsOf = ({ objects }: NoticeContent, account: string): number[] => {
  const named = objects.findIndex(({ type, value }) => type === 'account' && value === account);
  return [Math.max(0, named)];
};

test('whatever moves, and whichever words somebody got, their calendar holds their windows and no others', () => {
  const hours = (minLength: number) =>
    fc.uniqueArray(fc.integer({ min: 0, max: 9 }), { minLength, maxLength: 3 });
  const revision = fc.record({
    shared: hours(1),
    own: fc.record({ 'A-1': hours(0), 'A-2': hours(0) }),
    gets: fc.boolean(),
  });
  fc.assert(
    fc.property(
      fc.array(revision, { minLength: 1, maxLength: 6 }),
      fc.constantFrom('A-1', 'A-2', 'A-3'),
      (revisions, account) => {
        const all: Numbered[] = [];
        const held = new Map<string, string>();
        let before: (Numbered & { content: NoticeContent; objects: number[] })[] = [];
        for (const [index, one] of revisions.entries()) {
          const now = said(one.shared, one.own);
          const numbers = nextNumbers(now, all);
          expect(new Set(numbers).size).toBe(now.windows.length);
          all.push({ content: now, numbers });
          if (!one.gets && index < revisions.length - 1) continue;
          const mine = { content: now, numbers, objects: objectsOf(now, account) };
          const about = { id: 1, kind: 'maintenance', state: 'confirmed', revision: index + 1 } as const;
          const words = {
            title: '',
            text: undefined,
            services: [],
            provider: 'desk',
            account,
            resolvedAt: null,
          };
          const sheet = sheetOf({ ...about, ...words, ...mine, stage: 'update', before }, new Date());
          for (const { id, from, state } of sheet?.entries ?? [])
            if (state === 'cancelled') expect(held.delete(id)).toBe(true);
            else held.set(id, from);
          const theirs = now.windows.filter((_, place) => isSaidTo(now, place, { ...mine, account }));
          expect([...held.values()].toSorted()).toEqual(theirs.map(({ from }) => from).toSorted());
          before = [mine];
        }
      },
    ),
  );
});

test('a window that nobody moved keeps its number, and a new one has none that there was', () => {
  const first = said([1, 5], {});
  const numbers = nextNumbers(first, []);
  expect(numbers).toEqual([0, 1]);
  const second = { content: said([5], {}), numbers: [1] };
  expect(nextNumbers(second.content, [{ content: first, numbers: null }])).toEqual([1]);
  expect(nextNumbers(said([5, 9], {}), [{ content: first, numbers }, second])).toEqual([1, 2]);
  expect(nextNumbers(said([2, 5], { 'A-1': [0] }), [{ content: first, numbers }])).toEqual([2, 0, 1]);
});
