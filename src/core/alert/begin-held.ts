import type { Act } from '../context.ts';
import { followAlerts } from './follow.ts';
import { living } from './living.ts';
import type { AlertRow } from './model.ts';
import { alertColumns, sourceOf } from './read.ts';
import { objectKey } from './rules/named.ts';
import { LATE_MS } from './rules/step.ts';

/** Those heard of last before this are not held any longer. */
export function heldBefore(now: Date): Date {
  return new Date(now.getTime() - LATE_MS);
}

/**
 * Begins what was said to be over and then, with its old beginning, to fire, when nothing else was said since. Only staff can tell whether it does, so nothing
 * of it goes out without them. Call it with the alerts locked.
 */
export async function beginHeld(act: Act): Promise<void> {
  const begun = await act.tx<AlertRow[]>`
    update alert set state = 'firing', ended_at = null, held = false, asks = true, times = times + 1, heard_at = ${act.at}
    where held and heard_at <= ${heldBefore(act.at)} returning ${alertColumns(act)}`;
  const all = new Map(begun.flatMap(({ objects }) => objects.map(one => [objectKey(one), one])));
  const had = new Set((await living(act, [...all.values()])).map(objectKey));
  for (const [source, rows] of Map.groupBy(begun, one => one.source)) {
    const heard = rows.map(row => ({
      step: 'begins' as const,
      row: { ...row, objects: row.objects.filter(one => had.has(objectKey(one))) },
    }));
    await followAlerts(act, sourceOf(act, source), heard, 0);
  }
}
