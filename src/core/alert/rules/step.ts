import type { Alert, AlertRow } from '../model.ts';

/**
 * What an alert tells that was not known: it `begins` for the first time or anew, it `ends`; `repeat` tells nothing new, and `late` is of a time
 * that is over: the word of its end was quicker.
 */
export type AlertStep = 'begins' | 'ends' | 'repeat' | 'late';

/**
 * An old word may come this long after a newer one, in ms: senders give up on one within minutes (Alertmanager tries until the group's next turn,
 * `group_interval`, 5 min: https://prometheus.io/docs/alerting/latest/configuration/#route). What still fires after that does: a source that had
 * lost sight of it ended it, and sees it again with its old beginning.
 */
const LATE_MS = 600_000;

/** What an alert tells, by what is known of it. */
export function stepOf(known: AlertRow | undefined, alert: Alert, at: Date): AlertStep {
  if (known === undefined) return alert.state === 'firing' ? 'begins' : 'ends';
  if (alert.state === 'resolved') {
    if (known.state === 'resolved') return 'repeat';
    return alert.endedAt !== undefined && alert.endedAt < known.beganAt ? 'late' : 'ends';
  }
  if (known.state === 'firing') return 'repeat';
  const ended = known.endedAt ?? known.heardAt;
  const isOld = alert.beganAt !== undefined && alert.beganAt <= ended;
  return isOld && at.getTime() - known.heardAt.getTime() <= LATE_MS ? 'late' : 'begins';
}
