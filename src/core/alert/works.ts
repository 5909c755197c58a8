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
import { raw } from '../text/index.ts';
import { followWork } from './follow-work.ts';
import type { SupplierWork, WorkRow } from './model.ts';
import { workColumns } from './read.ts';
import { type Heard, heardOf, stampedBy } from './rules/heard.ts';
import { union } from './rules/named.ts';
import { placesOf } from './store.ts';
import { tellToday } from './unplaced.ts';
import { showWork } from './work-show.ts';
import { stateFor, windowsOf, wordsForWork, workLine } from './work-words.ts';

/**
 * Takes what calendars of suppliers tell of their work: new work becomes the draft of a maintenance on our objects; what is known follows the later word of
 * it, and anything older is not taken. Staff are told once of what may be later. Returns what each tells. Call it with the alerts locked.
 */
export async function takeWorks(
  act: Act,
  source: AlertSource,
  works: readonly SupplierWork[],
): Promise<readonly Heard[]> {
  const heard: Heard[] = [];
  for (const work of works) heard.push(await takeWork(act, source, work));
  return heard;
}

async function takeWork(act: Act, source: AlertSource, told: SupplierWork): Promise<Heard> {
  const work = stampedBy(told, act.at);
  const known = await readWork(act, source.name, work.uid);
  const words = wordsOf(work);
  const heard = heardOf(known, work, words);
  if (known !== undefined && heard === 'same') await stamp(act, known, work, words);
  if (known !== undefined && heard === 'unclear') return doubt(act, known, work, words);
  if (heard !== 'news') return heard;
  const row = await store(act, source.name, work, words);
  const objects = await objectsOf(act, source, work);
  const notice = row.noticeId === null ? undefined : await lockNotice(act, row.noticeId);
  if (notice !== undefined && !isOver(notice.state)) await followWork(act, row, notice, objects);
  else if (work.state !== 'cancelled' && work.state !== 'completed') await begin(act, row, objects);
  else if (row.told) await tellOf(act, row, 'work-unplaced-over', false);
  return heard;
}

/** What is said of it, however often: not when, nor under which number. */
function wordsOf({ sequence, stampedAt, from, to, ...said }: SupplierWork): Buffer {
  return fingerprint({ ...said, from: from.toISOString(), to: to.toISOString() });
}

/** The same again: what was written between the two does not count any more. */
async function stamp(
  act: Act,
  { source, uid, ...known }: WorkRow,
  { sequence, stampedAt }: SupplierWork,
  words: Buffer,
): Promise<void> {
  const kept = known.words ?? (sequence === known.sequence ? words : null);
  await act.tx`
    update supplier_work set stamped_at = greatest(stamped_at, ${stampedAt ?? null}::timestamptz), words = ${kept}
    where source = ${source} and uid = ${uid}`;
}

/** Staff are told, once, of what says something else and is not known to be later. */
async function doubt(act: Act, known: WorkRow, work: SupplierWork, words: Buffer): Promise<Heard> {
  const { source, uid, noticeId } = known;
  if (known.doubted?.equals(words)) return 'same';
  await act.tx`update supplier_work set doubted = ${words} where source = ${source} and uid = ${uid}`;
  const said = { ...work, source, fromAt: work.from, toAt: work.to };
  const say = act.phrases.say.bind(act.phrases, act.policy.staff.language);
  const now = [workLine(act, said), say('work-unclear', { before: raw(workLine(act, known)) })];
  const about = noticeId === null ? [] : [say('work-unclear-notice', { number: noticeId })];
  await tellToday(act, [...now, ...about].join('\n\n'));
  return 'unclear';
}

/** The work as it is kept; undefined when nothing was heard of it. */
async function readWork(act: Act, source: string, uid: string): Promise<WorkRow | undefined> {
  const [row] = await act.tx<WorkRow[]>`
    select ${workColumns(act)} from supplier_work where source = ${source} and uid = ${uid}`;
  return row;
}

async function store(act: Act, source: string, work: SupplierWork, words: Buffer): Promise<WorkRow> {
  const { uid, sequence, state, summary, provider, from, to, stampedAt } = work;
  await act.tx`
    insert into supplier_work (source, uid, sequence, state, summary, provider, from_at, to_at, heard_at, stamped_at, words)
    values (${source}, ${uid}, ${sequence}, ${state}, ${summary}, ${provider}, ${from}, ${to}, ${act.at}, ${stampedAt ?? null}, ${words})
    on conflict (source, uid) do update set sequence = excluded.sequence, state = excluded.state, summary = excluded.summary,
      provider = excluded.provider, from_at = excluded.from_at, to_at = excluded.to_at, heard_at = excluded.heard_at,
      stamped_at = excluded.stamped_at, words = excluded.words, doubted = null`;
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

/** Of the same work there is a draft each time that it comes anew after what was made of it is over, whatever its SEQUENCE. */
async function begin(act: Act, row: WorkRow, objects: readonly NoticeObject[]): Promise<void> {
  if (objects.length === 0) return tellOf(act, row, 'work-unplaced', true);
  const { source, uid, noticeId } = row;
  const made = await draftNotice(
    act,
    `work:${fingerprint({ source, uid }).toString('base64url')}:${act.at.getTime()}:${noticeId ?? 0}`,
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
  if (!('notice' in made)) return tellOf(act, row, 'work-refused', true);
  await belongs(act, row, made.notice);
  await showWork(act, made.notice.id);
}

async function belongs(act: Act, { source, uid }: WorkRow, { id, edition }: NoticeRow): Promise<void> {
  await act.tx`
    update supplier_work set notice_id = ${id}, edition = ${edition}, shown_edition = 0, told = false
    where source = ${source} and uid = ${uid}`;
}

/** A line in the post of the day: it cannot be drafted, and staff must look, or (not `open`) need not any more. */
async function tellOf(act: Act, row: WorkRow, key: string, open: boolean): Promise<void> {
  const { source, uid } = row;
  await act.tx`update supplier_work set told = ${open} where source = ${source} and uid = ${uid}`;
  const text = `${workLine(act, row)}\n\n${act.phrases.say(act.policy.staff.language, key)}`;
  await tellToday(act, text);
}
