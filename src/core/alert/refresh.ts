import type { Act } from '../context.ts';
import {
  confirmNotice,
  isOver,
  lockNotice,
  type NoticeMove,
  type NoticeRow,
  prepareNotice,
  readContent,
  unprepareNotice,
} from '../notice/index.ts';
import { plain } from '../text/index.ts';
import { closeOutage } from './close.ts';
import { wordsFor } from './draft.ts';
import { living } from './living.ts';
import type { AlertRow, OutageRow } from './model.ts';
import { alertsOf, readOutage, sourceOf } from './read.ts';
import { dueOf, isAuto } from './rules/due.ts';
import { isMore, isSameObjects, union } from './rules/named.ts';
import { showOutage, tellOutage } from './show.ts';

/** An outage with all that is known of it. */
interface Whole {
  readonly outage: OutageRow;
  readonly notice: NoticeRow;
  readonly alerts: readonly AlertRow[];
  readonly firing: readonly AlertRow[];
}

/**
 * Brings an outage to what its alerts say by now: a draft that nobody has touched follows them; of one that was published what comes next is
 * prepared. Does what is due by the clock, and shows it to staff. Call it with the alerts locked.
 */
export async function refreshOutage(act: Act, noticeId: number): Promise<void> {
  const whole = await read(act, noticeId);
  if (whole === undefined) return;
  const { outage, notice, firing } = whole;
  if (isOver(notice.state)) {
    await act.tx`update alert_outage set ended_at = ${act.at}, next_at = null where notice_id = ${noticeId}`;
    return showOutage(act, noticeId);
  }
  const isCalm = firing.length === 0;
  const turned = isCalm !== (outage.calmAt !== null);
  if (turned)
    await act.tx`
      update alert_outage set calm_at = ${isCalm ? act.at : null}, firing_at = ${isCalm ? outage.firingAt : act.at}
      where notice_id = ${noticeId}`;
  if (outage.auto && !isOurs(whole))
    await act.tx`update alert_outage set auto = false where notice_id = ${noticeId}`;
  if (notice.revision === 0) await draftFollows(act, whole);
  const grew = notice.revision > 0 && (await goesOn(act, whole));
  const done = await doDue(act, noticeId);
  if (outage.shownEdition > 0 && (turned || grew || done)) await tellOutage(act, noticeId);
  await showOutage(act, noticeId);
}

async function read(act: Act, noticeId: number): Promise<Whole | undefined> {
  const notice = await lockNotice(act, noticeId);
  const outage = await readOutage(act, noticeId);
  if (notice === undefined || outage === undefined || outage.endedAt !== null) return undefined;
  const alerts = await alertsOf(act, noticeId);
  return { outage, notice, alerts, firing: alerts.filter(({ state }) => state === 'firing') };
}

/** Nobody but the desk has written what is prepared. */
function isOurs({ outage, notice }: Pick<Whole, 'outage' | 'notice'>): boolean {
  return outage.edition === notice.edition;
}

/** What fires is what the draft is about, and what comes in has fired only since; what somebody has written stays as it is. */
async function draftFollows(act: Act, whole: Whole): Promise<void> {
  const { notice, firing } = whole;
  if (firing.length === 0 || !isOurs(whole)) return;
  const objects = await living(act, union(firing.map(one => one.objects)));
  if (objects.length === 0) return;
  const before = notice.prepared?.content.objects ?? [];
  if (isSameObjects(objects, before)) return;
  await prepare(act, notice, 'announce', { objects, ...wordsFor(act, objects) });
  if (isMore(objects, before))
    await act.tx`update alert_outage set firing_at = ${act.at} where notice_id = ${notice.id}`;
}

/** Customers know of it. Once nothing fires, its end is prepared; when more fires than they were told of, that is. True for the latter. */
async function goesOn(act: Act, whole: Whole): Promise<boolean> {
  const { notice, firing } = whole;
  const { prepared } = notice;
  if (prepared !== null && !isOurs(whole)) return false;
  if (firing.length === 0) {
    if (prepared?.move !== 'resolve') await prepare(act, notice, 'resolve', {});
    return false;
  }
  const base = prepared?.move === 'resolve' ? await withdraw(act, notice) : notice;
  const told = (await readContent(act.tx, notice.id, notice.revision))?.objects ?? [];
  const [objects, before] = [
    await living(act, union([told, ...firing.map(one => one.objects)])),
    await living(act, base.prepared?.content.objects ?? told),
  ];
  if (isSameObjects(objects, before)) return false;
  const text = (locale: string): string => plain(act.phrases.say(locale, 'alert-text-more'));
  await prepare(act, base, 'update', { objects, text: { en: text('en'), pl: text('pl') } });
  return true;
}

async function withdraw(act: Act, notice: NoticeRow): Promise<NoticeRow> {
  const now = await unprepareNotice(act, notice.id);
  if (now !== undefined) await ours(act, now);
  return now ?? notice;
}

type Change = Partial<Pick<Parameters<typeof prepareNotice>[3], 'objects' | 'title' | 'text'>>;

async function prepare(act: Act, notice: NoticeRow, move: NoticeMove, change: Change): Promise<void> {
  const end = await prepareNotice(act, notice.id, move, { edition: notice.edition, ...change });
  if (end !== undefined && 'notice' in end && end.outcome === 'prepared') return ours(act, end.notice);
  act.log.warn('what alerts say could not be prepared', { notice: notice.id, move, outcome: end?.outcome });
}

async function ours(act: Act, { id, edition }: NoticeRow): Promise<void> {
  await act.tx`update alert_outage set edition = ${edition} where notice_id = ${id}`;
}

/** Publishes, resolves or closes what is due, and says when the next of it is. True when customers are told something. */
async function doDue(act: Act, noticeId: number): Promise<boolean> {
  const whole = await read(act, noticeId);
  if (whole === undefined) return false;
  const { outage, notice, alerts } = whole;
  const due = dueOf({
    outage,
    isPublished: notice.revision > 0,
    isUntouched: isOurs(whole),
    isAuto: isAuto(alerts, name => sourceOf(act, name)),
    source: sourceOf(act, outage.source),
  });
  await act.tx`update alert_outage set next_at = ${due?.at ?? null} where notice_id = ${noticeId}`;
  if (due === undefined || due.at > act.at) return false;
  if (due.what === 'close') await closeOutage(act, notice);
  return due.what === 'close' ? false : publish(act, notice);
}

/** What was right when it was prepared may not be any more: then staff have it as it is. */
async function publish(act: Act, { id, edition }: NoticeRow): Promise<boolean> {
  const end = await confirmNotice(act, id, edition);
  const notice = end?.outcome === 'confirmed' ? end.notice : undefined;
  if (notice === undefined)
    act.log.warn('an outage could not be published by itself', { notice: id, outcome: end?.outcome });
  await act.tx`
    update alert_outage set next_at = null, auto = auto or ${notice !== undefined}, edition = ${notice?.edition ?? edition},
      ended_at = ${notice !== undefined && isOver(notice.state) ? act.at : null} where notice_id = ${id}`;
  return notice !== undefined;
}
