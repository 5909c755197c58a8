import type { Alert, AlertRow } from '../model.ts';

/**
 * What an alert tells that was not known: it `begins` for the first time or anew, it `ends`; `repeat` tells nothing new. `late` is the end of a time
 * before the one in which it fires. `held` is the beginning of a time that is over: either the word of its end was quicker, or it is not over at all.
 */
export type AlertStep = 'begins' | 'ends' | 'repeat' | 'late' | 'held';

/**
 * An old word may come this long after a newer one, in ms: senders give up on one within minutes (Alertmanager tries until the group's next turn,
 * `group_interval`, 5 min: https://prometheus.io/docs/alerting/latest/configuration/#route). What still fires after that does: a source that had
 * lost sight of it ended it, and sees it again with its old beginning. It may say so once in hours, so the word is kept until then.
 */
export const LATE_MS = 600_000;

/** What an alert tells, by what is known of it. */
export function stepOf(
  known: Pick<AlertRow, 'state' | 'saidAt' | 'heardAt'> | undefined,
  alert: Alert,
  at: Date,
): AlertStep {
  if (known === undefined) return alert.state === 'firing' ? 'begins' : 'ends';
  const { saidAt } = known;
  if (alert.state === 'resolved') {
    if (known.state === 'resolved') return 'repeat';
    return saidAt !== null && alert.endedAt !== undefined && alert.endedAt < saidAt ? 'late' : 'ends';
  }
  if (known.state === 'firing') return 'repeat';
  const isOld = saidAt !== null && alert.beganAt !== undefined && alert.beganAt <= saidAt;
  return isOld && at.getTime() - known.heardAt.getTime() <= LATE_MS ? 'held' : 'begins';
}

/** The newest moment that a source has given of an alert by now. One far ahead of our clock is a mistake, and must not make all that comes later old. */
export function saidBy(known: Pick<AlertRow, 'saidAt'> | undefined, alert: Alert, at: Date): Date | null {
  const said = [known?.saidAt, alert.beganAt, alert.endedAt].flatMap(one => one?.getTime() ?? []);
  return said.length === 0 ? null : new Date(Math.min(Math.max(...said), at.getTime() + LATE_MS));
}
