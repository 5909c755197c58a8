import type { Act } from '../context.ts';
import {
  draftNotice,
  isOver,
  lockNotice,
  type NoticeObject,
  type NoticeRow,
  noticeReminders,
} from '../notice/index.ts';
import type { AlertSource } from '../policy/index.ts';
import { fingerprint } from '../rules/index.ts';
import { followWork } from './follow-work.ts';
import type { SupplierWork, WorkRow } from './model.ts';
import { union } from './rules/named.ts';
import { placesOf } from './store.ts';
import { tellToday } from './unplaced.ts';
import { showWork } from './work-show.ts';
import { stateFor, windowsOf, wordsForWork, workLine } from './work-words.ts';

/**
 * Takes what calendars of suppliers tell of their work: new work becomes the draft of a maintenance on our objects; what is known follows the growing
 * sequence, and anything older is not taken. Returns how many told something new. Call it with the alerts locked.
 */
export async function takeWorks(
  act: Act,
  source: AlertSource,
  works: readonly SupplierWork[],
): Promise<number> {
  let changed = 0;
  for (const work of works) {
    const known = await readWork(act, source.name, work.uid);
    if (known !== undefined && work.sequence <= known.sequence) continue;
    changed += 1;
    const row = await store(act, source.name, work);
    const objects = await objectsOf(act, source, work);
    const notice = row.noticeId === null ? undefined : await lockNotice(act, row.noticeId);
    if (notice !== undefined && !isOver(notice.state)) await followWork(act, row, notice, objects);
    else if (work.state !== 'cancelled' && work.state !== 'completed') await begin(act, row, objects);
  }
  return changed;
}

/** The work as it is kept; undefined when nothing was heard of it. */
async function readWork(act: Act, source: string, uid: string): Promise<WorkRow | undefined> {
  const [row] = await act.tx<WorkRow[]>`
    select source, uid, sequence, state, summary, provider, from_at as "fromAt", to_at as "toAt", notice_id as "noticeId", edition,
      shown_edition as "shownEdition" from supplier_work where source = ${source} and uid = ${uid}`;
  return row;
}

async function store(act: Act, source: string, work: SupplierWork): Promise<WorkRow> {
  const { uid, sequence, state, summary, provider, from, to } = work;
  await act.tx`
    insert into supplier_work (source, uid, sequence, state, summary, provider, from_at, to_at, heard_at)
    values (${source}, ${uid}, ${sequence}, ${state}, ${summary}, ${provider}, ${from}, ${to}, ${act.at})
    on conflict (source, uid) do update set sequence = excluded.sequence, state = excluded.state, summary = excluded.summary,
      provider = excluded.provider, from_at = excluded.from_at, to_at = excluded.to_at, heard_at = excluded.heard_at`;
  const row = await readWork(act, source, uid);
  if (row === undefined) throw new Error('the work of a supplier is gone');
  return row;
}

/** What its objects are of ours, as the policy says; where it says nothing of them, what their account or the supplier is. */
async function objectsOf(
  act: Act,
  source: AlertSource,
  { objects, account, provider }: SupplierWork,
): Promise<readonly NoticeObject[]> {
  const impact = objects[0]?.impact ?? 'outage';
  const named: { readonly labels: Record<string, string>; readonly impact: NoticeObject['impact'] }[] = [
    ...objects.map(one => ({ labels: { object: one.id }, impact: one.impact })),
    { labels: { account }, impact },
    { labels: { provider }, impact },
  ];
  const found = (await placesOf(act, source, named)).map(one => one.objects);
  const own = union(found.slice(0, objects.length));
  if (own.length > 0) return own;
  const [ofAccount = [], ofProvider = []] = found.slice(objects.length);
  return ofAccount.length > 0 ? ofAccount : ofProvider;
}

async function begin(act: Act, row: WorkRow, objects: readonly NoticeObject[]): Promise<void> {
  if (objects.length === 0) return tellOf(act, row, 'work-unplaced');
  const { source, uid, sequence } = row;
  const made = await draftNotice(
    act,
    `work:${fingerprint({ source, uid }).toString('base64url')}:${sequence}`,
    {
      kind: 'maintenance',
      ...wordsForWork(act, objects),
      objects,
      windows: windowsOf(row),
      reminders: noticeReminders,
      starts: false,
      ends: false,
      state: stateFor(row),
    },
  );
  if (!('notice' in made)) return tellOf(act, row, 'work-refused');
  await belongs(act, row, made.notice);
  await showWork(act, made.notice.id);
}

async function belongs(act: Act, { source, uid }: WorkRow, { id, edition }: NoticeRow): Promise<void> {
  await act.tx`
    update supplier_work set notice_id = ${id}, edition = ${edition}, shown_edition = 0 where source = ${source} and uid = ${uid}`;
}

/** A line in the post of the day: it cannot be drafted, and staff must look. */
async function tellOf(act: Act, row: WorkRow, key: string): Promise<void> {
  const text = `${workLine(act, row)}\n\n${act.phrases.say(act.policy.staff.language, key)}`;
  await tellToday(act, text);
}
