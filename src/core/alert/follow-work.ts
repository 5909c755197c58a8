import type { Act } from '../context.ts';
import {
  confirmNotice,
  type NoticeContent,
  type NoticeObject,
  type NoticeRow,
  prepareNotice,
  readContent,
  unprepareNotice,
} from '../notice/index.ts';
import type { WorkRow } from './model.ts';
import { isSameObjects } from './rules/named.ts';
import { showWork, tellWork } from './work-show.ts';
import { inBoth, stateFor, windowsOf, wordsForWork } from './work-words.ts';

type Change = Parameters<typeof prepareNotice>[3];

/**
 * A maintenance that was made of a supplier's work follows it: a draft that nobody has touched is written anew, or closed when the work will not be; of
 * what customers know, its new time, its end or its cancellation is prepared for staff, and taken back with what the supplier takes back. What somebody of
 * the staff has written stays.
 */
export async function followWork(
  act: Act,
  row: WorkRow,
  notice: NoticeRow,
  objects: readonly NoticeObject[],
): Promise<void> {
  const isOurs = row.edition === notice.edition;
  const isFree = notice.revision === 0 ? isOurs : isOurs || notice.prepared === null;
  const next = isFree ? await nextOf(act, row, notice, objects) : undefined;
  const isPrepared = next !== undefined && (await prepare(act, row, notice, next));
  if (!isPrepared && isOurs) await withdraw(act, row, notice.id);
  await tellWork(act, notice.id);
  await showWork(act, notice.id);
}

interface Next {
  readonly move: 'announce' | 'update' | 'reschedule' | 'cancel' | 'resolve';
  readonly change: Omit<Change, 'edition'>;
}

async function nextOf(
  act: Act,
  row: WorkRow,
  notice: NoticeRow,
  objects: readonly NoticeObject[],
): Promise<Next | undefined> {
  const isDraft = notice.revision === 0;
  if (row.state === 'cancelled' || (row.state === 'completed' && isDraft))
    return { move: 'cancel', change: {} };
  if (row.state === 'completed') return { move: 'resolve', change: {} };
  const state = stateFor(row);
  const windows = windowsOf(row);
  const about = objects.length === 0 ? {} : { objects };
  if (isDraft)
    return {
      move: 'announce',
      change: { windows, state, ...about, ...(objects.length > 0 && wordsForWork(act, objects)) },
    };
  const sent = await readContent(act.tx, notice.id, notice.revision);
  if (sent === undefined) return undefined;
  const isPlanned = notice.state === 'planned';
  if (!isSameTime(sent.windows, windows))
    return { move: 'reschedule', change: { windows, ...about, ...(isPlanned && { state }) } };
  if (isPlanned && state === 'confirmed')
    return { move: 'update', change: { ...about, state, text: inBoth(act, 'work-text-final') } };
  if (objects.length > 0 && !isSameObjects(objects, sent.objects))
    return { move: 'update', change: { objects, text: inBoth(act, 'work-text-other') } };
  return undefined;
}

function isSameTime(one: NoticeContent['windows'], other: NoticeContent['windows']): boolean {
  const written = (list: NoticeContent['windows']): string =>
    list.map(({ from, to }) => `${from} ${to}`).join('\n');
  return written(one) === written(other);
}

/** A draft that will not be is closed at once: nobody was told of it. False when it cannot be said. */
async function prepare(act: Act, row: WorkRow, notice: NoticeRow, { move, change }: Next): Promise<boolean> {
  const { id, edition } = notice;
  const end = await prepareNotice(act, id, move, { edition, ...change });
  if (end === undefined || !('notice' in end) || end.outcome !== 'prepared') {
    act.log.warn('what a supplier says could not be prepared', { notice: id, move, outcome: end?.outcome });
    return false;
  }
  await ours(act, row, end.notice);
  if (notice.revision === 0 && move === 'cancel') await confirmNotice(act, id, end.notice.edition);
  return true;
}

/** What was prepared of an earlier word of the supplier holds no more. A draft stays: it has nothing else. */
async function withdraw(act: Act, row: WorkRow, id: number): Promise<void> {
  const now = await unprepareNotice(act, id);
  if (now !== undefined) await ours(act, row, now);
}

async function ours(act: Act, { source, uid }: WorkRow, { edition }: NoticeRow): Promise<void> {
  await act.tx`update supplier_work set edition = ${edition} where source = ${source} and uid = ${uid}`;
}
