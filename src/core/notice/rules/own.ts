import type { NoticeContent } from '../model.ts';
import { isInWindow } from './impact.ts';

type Worked = Pick<NoticeContent, 'objects' | 'windows'>;

/**
 * The windows, by their place, that are of single accounts alone: agreed with them, and nobody else's business. None where a notice is about nothing but
 * accounts: then they are its windows.
 */
export function ownWindows({ objects }: Worked): ReadonlySet<number> {
  const others = objects.filter(({ type }) => type !== 'account');
  if (others.length === 0) return new Set();
  const shared = new Set(others.flatMap(({ windows = [] }) => windows));
  const own = objects.filter(({ type }) => type === 'account').flatMap(({ windows = [] }) => windows);
  return new Set(own.filter(index => !shared.has(index)));
}

/** Whether a window is an account's business, by its ref: one of its own where it has such, else one that is nobody's own. */
export function isTheirs(content: Worked, index: number, account: string | undefined): boolean {
  const named = content.objects.filter(({ type, value }) => type === 'account' && value === account);
  const given = named.flatMap(({ windows = [] }) => windows);
  return given.length > 0 ? given.includes(index) : !ownWindows(content).has(index);
}

/** Whether a window is somebody's business: their account's, and about something that concerns them; every object does where none is named. */
export function isSaidTo(
  content: Worked,
  index: number,
  { account, objects }: { readonly account: string | undefined; readonly objects: readonly number[] },
): boolean {
  return isTheirs(content, index, account) && isInWindow(content, objects, index);
}

/** The same with the windows of each object named, where some are of single accounts alone: what names none is in all others. */
export function withOwnWindows<T extends Worked>(content: T): T {
  const own = ownWindows(content);
  if (own.size === 0) return content;
  const rest = [...content.windows.keys()].filter(index => !own.has(index));
  return {
    ...content,
    objects: content.objects.map(one => (one.windows === undefined ? { ...one, windows: rest } : one)),
  };
}

/** Windows that must not overlap, by their places: those of everybody, and those of each account. */
export function windowGroups(content: Worked): readonly (readonly number[])[] {
  const own = ownWindows(content);
  return [
    [...content.windows.keys()].filter(index => !own.has(index)),
    ...content.objects.flatMap(({ type, windows = [] }) => (type === 'account' ? [windows] : [])),
  ];
}
