import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Alert } from '../../core/index.ts';
import { limits } from './limits.ts';
import { anything, firstOf, labelsOf, momentIn, type ReadAlerts, reading, short } from './reading.ts';

/**
 * The webhook of Alertmanager, version 4 (https://prometheus.io/docs/alerting/latest/configuration/#webhook_config), and of Grafana, which has the
 * same list of alerts and more around it (https://grafana.com/docs/grafana/latest/alerting/configure-notifications/manage-contact-points/integrations/webhook-notifier/).
 * A group comes whole each time: those that fire and those that have ended. `endsAt` of year 1 means that it has not. An Alertmanager tries again
 * only what was answered with 5xx; `truncatedAlerts` are those that its `max_alerts` left out.
 */
const record = z.record(z.string(), z.unknown()).catch({});
const shape = z.object({
  alerts: z.array(
    z.object({
      status: z.enum(['firing', 'resolved'], 'firing or resolved'),
      labels: record.default({}),
      annotations: record.default({}),
      startsAt: anything,
      endsAt: anything,
      fingerprint: anything,
    }),
  ),
  truncatedAlerts: z.number().int().min(0).max(1_000_000_000).catch(0),
});

type Given = z.output<typeof shape>['alerts'][number];

/** Reads what Alertmanager or Grafana sends. */
export const readAlertmanager: ReadAlerts = body =>
  reading(body, shape, 'send the webhook of Alertmanager or of Grafana as it is', given => ({
    alerts: given.alerts.map(alertOf),
    truncated: given.truncatedAlerts,
  }));

function alertOf({ status, labels, annotations, startsAt, endsAt, fingerprint }: Given): Alert {
  const [beganAt, endedAt] = [momentIn(startsAt), status === 'resolved' ? momentIn(endsAt) : undefined];
  return {
    fingerprint: short(fingerprint, limits.fingerprint) || digestOf(labels),
    state: status,
    summary: firstOf(
      annotations.summary,
      annotations.title,
      labels.alertname,
      annotations.description,
      'alert',
    ),
    labels: labelsOf(Object.entries(labels)),
    ...(beganAt && { beganAt }),
    ...(endedAt && { endedAt }),
  };
}

/** Old versions send no fingerprint; their labels are what makes an alert the same. */
function digestOf(labels: Readonly<Record<string, unknown>>): string {
  const pairs = Object.entries(labels).map(([name, value]) => [name, String(value)]);
  return createHash('sha256')
    .update(JSON.stringify(pairs.toSorted(([a = ''], [b = '']) => (a < b ? -1 : 1))))
    .digest('hex');
}
