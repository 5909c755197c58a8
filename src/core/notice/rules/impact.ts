import { type Impact, impacts, type NoticeContent } from '../model.ts';

/** Whether customers feel one more than the other. */
export function isFeltMore(one: Impact, other: Impact): boolean {
  return impacts.indexOf(one) > impacts.indexOf(other);
}

/** The most that somebody feels, by the places in the list of the objects that concern them; of all objects where none is named. */
export function worstImpact(
  { objects }: Pick<NoticeContent, 'objects'>,
  mine: readonly number[],
): Impact | undefined {
  const felt = mine.flatMap(object => objects[object]?.impact ?? []);
  const all = felt.length > 0 ? felt : objects.map(({ impact }) => impact);
  return impacts.findLast(one => all.includes(one));
}

/** Whether a window is about something that concerns somebody; every window where no object is named. */
export function isInWindow(
  { objects }: Pick<NoticeContent, 'objects'>,
  mine: readonly number[],
  window: number,
): boolean {
  return mine.length === 0 || mine.some(object => objects[object]?.windows?.includes(window) ?? true);
}
