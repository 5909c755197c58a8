import type { Act } from '../context.ts';
import { hitsOf } from './hits.ts';
import type { NoticeContent, NoticeRow } from './model.ts';

/** Where a rack is that several customers share. */
export interface RackPlace {
  /** As the notice names it, in small letters. */
  readonly rack: string;
  readonly locations: readonly string[];
}

/**
 * In which locations the racks of a revision are, each as most services have it: written down when it is confirmed, since services move later on.
 * Of a rack in which only one customer has something nothing is known: it is theirs. What the revision before knew of one stays.
 *
 * @param notice with the revision before
 */
export async function rackPlaces(
  act: Act,
  { id, revision }: Pick<NoticeRow, 'id' | 'revision'>,
  { objects }: NoticeContent,
): Promise<readonly RackPlace[]> {
  const racks = objects.filter(({ type }) => type === 'rack');
  if (racks.length === 0) return [];
  const [before] = await act.tx<{ racks: readonly RackPlace[] | null }[]>`
    select racks from notice_revision where notice_id = ${id} and revision = ${revision}`;
  const found = await act.tx<{ object: number; location: string }[]>`
    select hit.object, mode() within group (order by s.location collate "C") as location
    from ${hitsOf(act.tx, racks)} hit join service s on s.id = hit.service_id where s.location is not null
    group by hit.object, lower(s.location) having count(distinct hit.account_id) > 1 order by hit.object, lower(s.location) collate "C"`;
  return racks.flatMap(({ value }, object) => {
    const rack = value.toLowerCase();
    const now = found.filter(one => one.object === object).map(({ location }) => location);
    const known = before?.racks?.find(one => one.rack === rack);
    return known ?? (now.length === 0 ? [] : { rack, locations: now });
  });
}
