import type { Alert, AlertSource, AlertsTaken, Policy } from '../../../src/core/index.ts';
import type { TestDesk } from '../../harness/desk.ts';
import { bring, settled, startTold, type Told } from '../notice/kit.ts';

/** A source of alerts as `desk.yaml` has it when it says no more than its name. */
export function source(name: string, more: Partial<AlertSource> = {}): AlertSource {
  return {
    name,
    kind: 'alertmanager',
    from: [],
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

export const MINUTE = 60_000;

/** Labels of a host that nobody has, in WAW1. */
export const waw = { labels: { datacenter: 'waw1', instance: '10.0.0.5:9100' } };

/** A desk with two accounts in WAW1, one of them also in KRK1, and the sources prom, kuma, and robot, which may publish. */
export async function startAlerted(): Promise<Told> {
  const told = await startTold(
    withSources(source('prom'), source('kuma'), source('robot', { publish: 'auto' })),
  );
  await bring(told.t, 'A-1', [
    { ref: 's-1', location: 'WAW1', networks: ['203.0.113.7'] },
    { ref: 's-2', location: 'KRK1', order: '123456' },
  ]);
  await bring(told.t, 'A-2', [{ ref: 's-3', location: 'WAW1', kind: 'storage' }]);
  return told;
}

type What = 'desk-post' | 'deliver' | 'edit';

/** What staff have got (new posts, messages in them, and changes of these), and how time passes for them. */
export function atDesks(now: () => Told) {
  const atDesk = (what: What): string[] =>
    now()
      .forum.calls.filter(call => call.what === what)
      .map(({ text }) => text);
  return {
    atDesk,
    newest: (what: Exclude<What, 'desk-post'>): string => atDesk(what).at(-1) ?? '',
    notices: async () => (await now().t.desk.api.notices.list()).toSorted((a, b) => a.id - b.id),
    async passes(minutes: number): Promise<void> {
      now().t.clock.forward(minutes * MINUTE);
      await settled(now().t);
    },
  };
}
