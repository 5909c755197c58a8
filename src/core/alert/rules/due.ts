import type { AlertSource } from '../../policy/alerts.ts';
import type { AlertRow, OutageRow } from '../model.ts';

/** What an outage does by itself, and when. */
export interface Due {
  readonly what: 'publish' | 'resolve' | 'close';
  readonly at: Date;
}

/** An outage as far as it decides what is done by the clock. */
export interface Clocked {
  readonly outage: Pick<OutageRow, 'firingAt' | 'calmAt' | 'auto'>;
  readonly isPublished: boolean;
  /** What is prepared was prepared by the desk, and nobody has changed it. */
  readonly isUntouched: boolean;
  /** The policy lets all of its sources publish. */
  readonly isAuto: boolean;
  readonly source: Pick<AlertSource, 'window' | 'close_after' | 'publish_after'>;
}

/** What comes next by the clock; nothing is ever sent by it unless the policy says so of every source, and nobody of the staff has taken it in hand. */
export function dueOf({ outage, isPublished, isUntouched, isAuto, source }: Clocked): Due | undefined {
  const after = (from: Date, seconds: number): Date => new Date(from.getTime() + seconds * 1_000);
  const { calmAt, firingAt, auto } = outage;
  if (!isUntouched) return undefined;
  if (!isPublished) {
    if (calmAt !== null) return { what: 'close', at: after(calmAt, source.close_after) };
    return isAuto ? { what: 'publish', at: after(firingAt, source.publish_after) } : undefined;
  }
  return auto && isAuto && calmAt !== null
    ? { what: 'resolve', at: after(calmAt, source.window) }
    : undefined;
}

/** Whether all of its alerts come from sources that may publish; and none of them asks for staff. */
export function isAuto(
  alerts: readonly Pick<AlertRow, 'source' | 'asks'>[],
  sourceNamed: (name: string) => Pick<AlertSource, 'publish'>,
): boolean {
  return (
    alerts.length > 0 && alerts.every(({ source, asks }) => !asks && sourceNamed(source).publish === 'auto')
  );
}
