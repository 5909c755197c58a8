import { z } from 'zod';
import type { Alert } from '../../core/index.ts';
import {
  anything,
  firstOf,
  labelsOf,
  momentIn,
  type ReadAlerts,
  type Reading,
  reading,
  short,
} from './reading.ts';

/**
 * What the status page of a supplier sends (Atlassian Statuspage, https://support.atlassian.com/statuspage/docs/enable-webhook-notifications/): the
 * update of a component, or of an incident. It carries no signature, so the secret is part of the address. Maintenance is neither begun nor ended here.
 */
const component = z.object({ id: anything, name: anything });
const shape = z
  .object({
    page: z.object({ id: anything }).catch({ id: undefined }),
    component: component.optional(),
    component_update: z
      .object({ new_status: z.string(), created_at: anything, component_id: anything })
      .optional(),
    incident: z
      .object({
        id: z.string().min(1),
        name: anything,
        status: z.string(),
        impact: anything,
        created_at: anything,
        resolved_at: anything,
        components: z.array(component).catch([]),
        incident_updates: z
          .array(z.object({ affected_components: z.array(component).nullish().catch([]) }))
          .catch([]),
      })
      .optional(),
  })
  .refine(
    given => given.incident !== undefined || given.component_update !== undefined,
    'neither an incident nor the update of a component',
  );

type Given = z.output<typeof shape>;

/** Reads what Statuspage sends. */
export const readStatuspage: ReadAlerts = body =>
  reading(body, shape, 'send the webhook of Statuspage as it is', (given): Reading => {
    const alert = incidentIn(given) ?? componentIn(given);
    return { alerts: alert === undefined ? [] : [alert] };
  });

const impacts: Readonly<Record<string, Alert['impact']>> = {
  degraded_performance: 'degraded',
  partial_outage: 'degraded',
  major_outage: 'outage',
  none: 'none',
  minor: 'degraded',
  major: 'outage',
  critical: 'outage',
};

const impactOf = (word: unknown): { readonly impact?: Alert['impact'] } =>
  typeof word === 'string' && Object.hasOwn(impacts, word) ? { impact: impacts[word] } : {};

function incidentIn({ incident, page }: Given): Alert | undefined {
  if (incident === undefined) return undefined;
  const { status } = incident;
  const isOver = ['resolved', 'postmortem'].includes(status);
  if (!isOver && !['investigating', 'identified', 'monitoring'].includes(status)) return undefined;
  const updated = incident.incident_updates.flatMap(one => one.affected_components ?? []);
  const names = new Set(
    [...incident.components, ...updated].map(({ name }) => short(name, 200)).filter(Boolean),
  );
  const [beganAt, endedAt] = [momentIn(incident.created_at), momentIn(incident.resolved_at)];
  return {
    fingerprint: `incident:${short(incident.id, 100)}`,
    state: isOver ? 'resolved' : 'firing',
    summary: firstOf(incident.name, 'incident'),
    labels: labelsOf([
      ['page', page.id],
      ['incident', incident.name],
      ...[...names].map(
        (name, index) => [index === 0 ? 'component' : `component ${index + 1}`, name] as const,
      ),
    ]),
    ...impactOf(incident.impact),
    ...(beganAt && { beganAt }),
    ...(isOver && endedAt && { endedAt }),
  };
}

function componentIn({ component: which, component_update: update, page }: Given): Alert | undefined {
  if (update === undefined) return undefined;
  const isWell = update.new_status === 'operational';
  if (!isWell && !Object.hasOwn(impacts, update.new_status)) return undefined;
  const at = momentIn(update.created_at);
  const id = firstOf(which?.id, update.component_id);
  return {
    fingerprint: `component:${id}`,
    state: isWell ? 'resolved' : 'firing',
    summary: firstOf(which?.name, id, 'component'),
    labels: labelsOf([
      ['page', page.id],
      ['component', which?.name ?? id],
    ]),
    ...impactOf(update.new_status),
    ...(at && (isWell ? { endedAt: at } : { beganAt: at })),
  };
}
