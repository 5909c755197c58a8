import type { Limits } from '../../channel/index.ts';

/** How some files go to one place: together in a message, or as links because the place cannot carry them. */
export interface Pack {
  readonly files: readonly number[];
  readonly as: 'upload' | 'link';
}

/** Bytes of one delivery, at most: they are in memory while it is sent. A single file may be larger. */
const TOGETHER = 32 * 1024 * 1024;
/** Links in one message: each takes up to some 350 characters, and a message of Discord has 2,000. */
const LINKS = 4;

/** Files in their order, in as few deliveries as the limits allow; what is too large, or cannot be carried at all, goes as links after. */
export function pack(
  files: readonly { readonly id: number; readonly size: number }[],
  limits: Limits['files'],
): Pack[] {
  const fits = files.filter(file => limits !== undefined && limits.count > 0 && file.size <= limits.bytes);
  const rest = files.filter(file => !fits.includes(file)).map(file => file.id);
  const most = Math.min(limits?.together ?? TOGETHER, TOGETHER);
  const uploads: { ids: number[]; bytes: number }[] = [];
  for (const { id, size } of fits) {
    const last = uploads.at(-1);
    if (last !== undefined && last.ids.length < (limits?.count ?? 0) && last.bytes + size <= most) {
      last.ids.push(id);
      last.bytes += size;
    } else uploads.push({ ids: [id], bytes: size });
  }
  const links: Pack[] = [];
  for (let from = 0; from < rest.length; from += LINKS)
    links.push({ files: rest.slice(from, from + LINKS), as: 'link' });
  return [...uploads.map(({ ids }) => ({ files: ids, as: 'upload' as const })), ...links];
}
