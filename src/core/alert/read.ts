import type { Act } from '../context.ts';
import type { AlertSource } from '../policy/index.ts';
import type { AlertRow, OutageRow } from './model.ts';

/** An alert as `AlertRow` has it. */
export const alertColumns = (act: Act) => act.tx`
  id, source, fingerprint, state, summary, objects, asks, notice_id as "noticeId", began_at as "beganAt", ended_at as "endedAt",
  times, heard_at as "heardAt", told_at as "toldAt", said_at as "saidAt"`;

/** Work of a supplier as `WorkRow` has it. */
export const workColumns = (act: Act) => act.tx`
  source, uid, sequence, state, summary, provider, from_at as "fromAt", to_at as "toAt", notice_id as "noticeId", edition,
  shown_edition as "shownEdition", stamped_at as "stampedAt", words, doubted, told`;

/** What is known of the alerts of a source, by their fingerprints. */
export async function readKnown(
  act: Act,
  source: string,
  fingerprints: readonly string[],
): Promise<ReadonlyMap<string, AlertRow>> {
  const rows = await act.tx<AlertRow[]>`
    select ${alertColumns(act)} from alert where source = ${source} and fingerprint = any(${[...fingerprints]}::text[])`;
  return new Map(rows.map(row => [row.fingerprint, row]));
}

/** The alerts of an outage: those that fire first, then those that began first. */
export async function alertsOf(act: Act, noticeId: number): Promise<readonly AlertRow[]> {
  return act.tx<AlertRow[]>`
    select ${alertColumns(act)} from alert where notice_id = ${noticeId} order by state, began_at, id`;
}

const outageColumns = (act: Act) => act.tx`
  notice_id as "noticeId", source, firing_at as "firingAt", last_at as "lastAt", calm_at as "calmAt", next_at as "nextAt", edition,
  shown_edition as "shownEdition", auto, truncated, ended_at as "endedAt"`;

/** An outage that alerts have drafted; undefined for every other notice. */
export async function readOutage(act: Act, noticeId: number): Promise<OutageRow | undefined> {
  const [row] = await act.tx<OutageRow[]>`
    select ${outageColumns(act)} from alert_outage where notice_id = ${noticeId}`;
  return row;
}

/** Those of which something may still come, the oldest first. */
export async function openOutages(act: Act): Promise<readonly OutageRow[]> {
  return act.tx<OutageRow[]>`
    select ${outageColumns(act)} from alert_outage where ended_at is null order by notice_id`;
}

/** Alerts are taken, and what follows from them by the clock is done, one after the other: of two at once the second sees what the first made. */
export async function lockAlerts(act: Act): Promise<void> {
  await act.tx`select pg_advisory_xact_lock(hashtextextended('alerts', 0))`;
}

/** What the policy says of a source; of one that is in it no more, that nothing is done without staff. */
export function sourceOf(act: Act, name: string): AlertSource {
  return (
    act.policy.alerts.find(one => one.name === name) ?? {
      name,
      kind: 'generic',
      from: [],
      labels: {},
      values: {},
      window: 300,
      close_after: 1_800,
      publish: 'ask',
      publish_after: 120,
    }
  );
}
