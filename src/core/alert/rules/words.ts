import type { NoticeObject } from '../../notice/model.ts';

/** Places that a title names. */
const NAMED = 3;

/** Where it is, when all that it is about are a few locations; undefined otherwise: customers see their own services named. */
export function placesIn(objects: readonly NoticeObject[]): string | undefined {
  if (objects.length === 0 || objects.length > NAMED) return undefined;
  if (objects.some(({ type }) => type !== 'location')) return undefined;
  return objects.map(({ value }) => value).join(', ');
}
