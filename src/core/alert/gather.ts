import type { Act } from '../context.ts';
import {
  isOver,
  lockNotice,
  type NoticeObject,
  type NoticeRow,
  readContent,
  sharingServices,
} from '../notice/index.ts';
import type { AlertSource } from '../policy/index.ts';
import { closeOutage } from './close.ts';
import { draftOutage } from './draft.ts';
import type { AlertRow, OutageRow } from './model.ts';
import { openOutages } from './read.ts';
import { union } from './rules/named.ts';
import type { Heard } from './store.ts';

/** What came of grouping: the outages of which something changed, and the alerts that name nothing that anybody has. */
export interface Gathered {
  readonly touched: readonly number[];
  readonly unplaced: readonly AlertRow[];
}

/** Drafts that nobody has touched and that still take alerts in; with so many, the next alert joins the newest of them. */
const MOST_FRESH = 5;

interface Open {
  readonly outage: OutageRow;
  readonly notice: NoticeRow;
  readonly objects: readonly NoticeObject[];
}

/**
 * Finds the outage of each alert that has begun. What comes in one request is one outage; it joins one that is open and shares a service with it:
 * a draft while it is fresh or somebody works on it, what was published for as long as it lasts. A draft that is neither is taken over by the new one.
 */
export async function gather(
  act: Act,
  source: AlertSource,
  heard: readonly Heard[],
  truncated: number,
): Promise<Gathered> {
  const open = await readOpen(act);
  const isOpen = (id: number | null): boolean => open.some(({ notice }) => notice.id === id);
  const firing = heard.filter(({ row }) => row.state === 'firing').map(({ row }) => row);
  const begun = heard.flatMap(({ step, row }) => (step === 'begins' ? [row] : []));
  const ended = heard.flatMap(({ step, row }) => (step === 'ends' ? [row] : []));
  // One that staff have closed while it fires stays closed until it begins anew.
  const homeless = firing.filter(
    row => row.objects.length > 0 && !isOpen(row.noticeId) && (begun.includes(row) || row.noticeId === null),
  );
  const staying = firing.filter(row => isOpen(row.noticeId));
  const touched = new Set<number>();
  for (const row of [...begun, ...ended])
    if (row.noticeId !== null && isOpen(row.noticeId)) touched.add(row.noticeId);
  for (const row of begun)
    if (row.noticeId !== null && isOpen(row.noticeId)) await refreshed(act, row.noticeId);
  if (homeless.length > 0) {
    const home = await homeFor(act, source, homeless, staying, open);
    await act.tx`update alert set notice_id = ${home} where id = any(${homeless.map(({ id }) => id)}::bigint[])`;
    await act.tx`
      update alert_outage set truncated = greatest(truncated, ${truncated}), last_at = ${act.at} where notice_id = ${home}`;
    touched.add(home);
  }
  return {
    touched: [...touched],
    unplaced: begun.filter(({ objects, noticeId }) => objects.length === 0 && !isOpen(noticeId)),
  };
}

async function refreshed(act: Act, noticeId: number): Promise<void> {
  await act.tx`update alert_outage set last_at = ${act.at} where notice_id = ${noticeId}`;
}

async function readOpen(act: Act): Promise<Open[]> {
  const open: Open[] = [];
  for (const outage of await openOutages(act)) {
    const notice = await lockNotice(act, outage.noticeId);
    if (notice === undefined || isOver(notice.state)) continue;
    const content = (await readContent(act.tx, notice.id, notice.revision)) ?? notice.prepared?.content;
    open.push({ outage, notice, objects: content?.objects ?? [] });
  }
  return open;
}

async function homeFor(
  act: Act,
  source: AlertSource,
  alerts: readonly AlertRow[],
  staying: readonly AlertRow[],
  open: readonly Open[],
): Promise<number> {
  const objects = union(alerts.map(one => one.objects));
  const places = await sharingServices(
    act.tx,
    objects,
    open.map(one => one.objects),
  );
  const sharing = places.flatMap(place => open[place] ?? []);
  const isFresh = ({ outage }: Open): boolean =>
    act.at.getTime() - outage.lastAt.getTime() <= source.window * 1_000;
  const takes = (one: Open): boolean => one.notice.revision > 0 || isFresh(one) || !isUntouched(one);
  const beside = open.filter(
    one => staying.some(({ noticeId }) => noticeId === one.notice.id) && isFresh(one),
  );
  const fresh = open.filter(one => one.notice.revision === 0 && isFresh(one) && isUntouched(one));
  const [home] = [
    ...sharing.filter(takes),
    ...beside,
    ...(fresh.length >= MOST_FRESH ? fresh.slice(-1) : []),
  ];
  if (home !== undefined) return home.notice.id;
  const id = await draftOutage(act, source, alerts, objects);
  for (const { notice } of sharing) await takeOver(act, notice, id);
  return id;
}

/** Nobody but the desk has written it. */
function isUntouched({ outage, notice }: Open): boolean {
  return outage.edition === notice.edition;
}

async function takeOver(act: Act, old: NoticeRow, id: number): Promise<void> {
  await act.tx`update alert set notice_id = ${id} where notice_id = ${old.id} and state = 'firing'`;
  await closeOutage(act, old, id);
}
