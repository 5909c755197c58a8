import type { FinishStage, NoticeContent, NoticeState, NoticeWindow } from '../model.ts';
import { ownWindows } from './own.ts';

type Worked = Pick<NoticeContent, 'objects' | 'windows'>;

/** Those who have the same windows, and so are told together that it is over: everybody, or an account with windows of its own. */
export interface Part {
  /** The ref of the account; undefined for everybody else. */
  readonly account: string | undefined;
  /** By their places: its windows, and the objects that are about it. */
  readonly windows: readonly number[];
  readonly objects: readonly number[];
  /** What says that it is over. */
  readonly end: FinishStage;
}

/** An end that the clock has told, with what its revision said. */
export interface Ended {
  readonly stage: string;
  readonly content: Worked;
}

/** Whose windows are whose. An account whose windows are those of everybody is one of these; of a notice that is about nothing but such accounts, nobody is left. */
export function partsOf(content: Worked): readonly Part[] {
  const { objects, windows } = content;
  const own = ownWindows(content);
  const shared = [...windows.keys()].filter(index => !own.has(index));
  const named = Map.groupBy(
    [...objects.entries()].filter(([, one]) => one.type === 'account' && one.windows !== undefined),
    ([, { value }]) => value,
  );
  const apart = [...named].flatMap(([account, entries]): Part[] => {
    const theirs = [...new Set(entries.flatMap(([, one]) => one.windows ?? []))].toSorted((a, b) => a - b);
    const last = theirs.toSorted((a, b) => endOf(content, b) - endOf(content, a))[0];
    if (last === undefined || theirs.join() === shared.join()) return [];
    return [{ account, windows: theirs, objects: entries.map(([place]) => place), end: `finish:${last}` }];
  });
  const taken = new Set(apart.flatMap(one => one.objects));
  const rest = [...objects.keys()].filter(place => !taken.has(place));
  return rest.length === 0
    ? apart
    : [{ account: undefined, windows: shared, objects: rest, end: 'finish' }, ...apart];
}

/** When its last window ends, in ms; undefined for what has none. */
export function partEnd(content: Worked, { windows }: Part): number | undefined {
  return windows.length === 0 ? undefined : Math.max(...windows.map(index => endOf(content, index)));
}

function endOf({ windows }: Worked, index: number): number {
  return Date.parse(windows[index]?.to ?? '') || 0;
}

/** The windows of a part. */
export function timesOf({ windows }: Worked, part: Part): readonly NoticeWindow[] {
  return part.windows.flatMap(index => windows[index] ?? []);
}

/** Whether a window has not begun. */
export function isToCome({ from }: NoticeWindow, now: Date): boolean {
  return Date.parse(from) > now.getTime();
}

/** The parts that have a window which has not begun. */
export function partsToCome(content: Worked, now: Date): readonly Part[] {
  return partsOf(content).filter(part => timesOf(content, part).some(one => isToCome(one, now)));
}

/** Whether windows are the same. */
export function isSameTime(some: readonly NoticeWindow[], others: readonly NoticeWindow[]): boolean {
  return (
    some.length === others.length &&
    some.every(({ from, to }, index) => from === others[index]?.from && to === others[index]?.to)
  );
}

/** Whether the windows of everybody are the same; of a notice about single accounts alone they are nobody's. */
export function isSharedSame(before: Worked, now: Worked): boolean {
  const [was, is] = [before, now].map(content =>
    partsOf(content).flatMap(part => (part.account === undefined ? timesOf(content, part) : [])),
  );
  return was !== undefined && is !== undefined && is.length > 0 && isSameTime(was, is);
}

/** The parts that are over: their end was told, and their windows are what they were then. */
export function partsOver(content: Worked, ended: readonly Ended[]): readonly Part[] {
  return partsOf(content).filter(part =>
    ended.some(then =>
      partsOf(then.content).some(
        one =>
          one.end === then.stage &&
          one.account === part.account &&
          isSameTime(timesOf(then.content, one), timesOf(content, part)),
      ),
    ),
  );
}

/** The parts that are not over. */
export function partsLeft(content: Worked, ended: readonly Ended[]): readonly Part[] {
  const over = new Set(partsOver(content, ended).map(({ account }) => account));
  return partsOf(content).filter(({ account }) => !over.has(account));
}

/** How a notice stands for somebody, by the objects that concern them: what is over for them is done, whatever is to come for others. */
export function stateFor(
  state: NoticeState,
  content: Worked,
  ended: readonly Ended[],
  mine: readonly number[],
): NoticeState {
  if (ended.length === 0 || mine.length === 0) return state;
  const over = partsOver(content, ended).flatMap(({ objects }) => objects);
  return mine.every(place => over.includes(place)) ? 'done' : state;
}

/** What each object says to those whom it concerns, as texts to be compared: how much is felt, and when. */
export function saidOf({
  objects,
  windows,
}: Worked): readonly { readonly object: number; readonly what: string }[] {
  return objects.flatMap(({ impact, windows: own }, object) =>
    windows.flatMap(({ from, to }, index) =>
      (own?.includes(index) ?? true) ? [{ object, what: `${impact} ${from} ${to}` }] : [],
    ),
  );
}

interface Said {
  readonly state: NoticeState;
  readonly content: Worked;
}

/** Whether a new time is told to those alone for whom something is not what it was: not where nothing is another, or it stands otherwise than it did. */
export function isForSome(before: Said, now: Said): boolean {
  return before.state === now.state && JSON.stringify(plain(before)) !== JSON.stringify(plain(now));
}

const plain = ({ content: { objects, windows } }: Said) => [
  objects.map(({ type, value, impact, windows: own }) => [type, value, impact, own]),
  windows.map(({ from, to }) => [from, to]),
];
