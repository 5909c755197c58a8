import type { NoticeContent } from '../model.ts';
import { ownWindows } from './own.ts';

/** What a revision said, with the numbers of its windows; null where they are their places. */
export interface Numbered {
  readonly content: Pick<NoticeContent, 'objects' | 'windows'>;
  readonly numbers: readonly number[] | null;
}

/** The number of each window in its notice, which it keeps for good: by it calendars know it. */
export function numbersIn({ content, numbers }: Numbered): readonly number[] {
  return numbers ?? [...content.windows.keys()];
}

/**
 * The numbers of the windows that are said now: the one that there was for the same people at the same time, else the first that there was for them and is
 * at no other time still, else a new one. `said`: all that was said of the notice before, in its order.
 */
export function nextNumbers(content: Numbered['content'], said: readonly Numbered[]): readonly number[] {
  const last = said.at(-1);
  const known = (last?.content.windows ?? []).map((window, index) => ({
    number: last === undefined ? index : (numbersIn(last)[index] ?? index),
    whose: last === undefined ? '' : whose(last.content, index),
    time: `${window.from} ${window.to}`,
  }));
  const taken = new Set<number>();
  const take = (fits: (one: (typeof known)[number]) => boolean): number | undefined => {
    const found = known.find(one => !taken.has(one.number) && fits(one))?.number;
    if (found !== undefined) taken.add(found);
    return found;
  };
  const same = content.windows.map(({ from, to }, index) =>
    take(one => one.time === `${from} ${to}` && one.whose === whose(content, index)),
  );
  let free = 1 + Math.max(-1, ...said.flatMap(numbersIn));
  return same.map((number, index) => number ?? take(one => one.whose === whose(content, index)) ?? free++);
}

/** The accounts to which alone a window belongs, as a text; empty where it is everybody's. */
function whose(content: Numbered['content'], index: number): string {
  const isAlone = content.objects.every(({ type }) => type === 'account') || ownWindows(content).has(index);
  return isAlone
    ? JSON.stringify(
        content.objects.flatMap(({ type, value, windows }) =>
          type === 'account' && windows?.includes(index) ? [value] : [],
        ),
      )
    : '';
}
