import type { Alert, AlertSource, AlertsTaken, Policy } from '../../../src/core/index.ts';
import type { TestDesk } from '../../harness/desk.ts';

/** A source of alerts as `desk.yaml` has it when it says no more than its name. */
export function source(name: string, more: Partial<AlertSource> = {}): AlertSource {
  return {
    name,
    kind: 'alertmanager',
    labels: {},
    values: {},
    window: 300,
    close_after: 1_800,
    publish: 'ask',
    publish_after: 120,
    ...more,
  };
}

/** The tests' policy with these sources. */
export const withSources =
  (...alerts: AlertSource[]) =>
  (policy: Policy): Policy => ({ ...policy, alerts });

/** An alert that fires now, unless it says otherwise. */
export function alert(t: TestDesk, fingerprint: string, more: Partial<Alert> = {}): Alert {
  return {
    fingerprint,
    state: 'firing',
    summary: `Alert ${fingerprint}`,
    labels: {},
    beganAt: t.clock.now(),
    ...(more.state === 'resolved' && { endedAt: t.clock.now() }),
    ...more,
  };
}

/** Hands alerts to the desk. */
export function sends(
  t: TestDesk,
  alerts: readonly Alert[],
  more: { readonly source?: string; readonly id?: string; readonly truncated?: number } = {},
): Promise<AlertsTaken> {
  const { source: name = 'prom', id, truncated = 0 } = more;
  return t.desk.alerts({ source: name, ...(id !== undefined && { id }), alerts, truncated });
}
