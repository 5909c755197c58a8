import type { Act } from '../context.ts';
import { lockNotice, previewNotice } from '../notice/index.ts';
import { reword } from '../outbox/index.ts';
import { addLine, desksOf, openPost, readPost } from './post.ts';
import { alertsOf, readOutage } from './read.ts';
import { outageNews, outageSheet, outageText, type Shown } from './tell.ts';

/** Most messages that one outage brings below its first one, however often it comes and goes; after that only the first one changes. */
const MOST_NEWS = 6;

const keyOf = (noticeId: number): string => `N-${noticeId}`;

/** Shows an outage at every desk as it is now: one message, which changes. `by`: the outage that goes on in its place. */
export async function showOutage(act: Act, noticeId: number, by?: number): Promise<void> {
  const shown = await read(act, noticeId);
  if (shown === undefined) return;
  for (const channel of desksOf(act)) {
    const post = await readPost(act, keyOf(noticeId), channel);
    const last = (post?.lines ?? 0) >= MOST_NEWS;
    const text = outageText(act, channel, { ...shown, by }, last);
    if (post === undefined) await openPost(act, keyOf(noticeId), channel, outageSheet(act, shown), text);
    else reword(act, post.placeId, text);
  }
  await act.tx`
    update alert_outage set shown_edition = ${shown.notice.edition} where notice_id = ${noticeId}`;
}

/** Tells every desk what is new of an outage, while that is not too often. */
export async function tellOutage(act: Act, noticeId: number): Promise<void> {
  const shown = await read(act, noticeId);
  if (shown === undefined) return;
  for (const channel of desksOf(act)) {
    const post = await readPost(act, keyOf(noticeId), channel);
    if (post === undefined || post.lines >= MOST_NEWS) continue;
    const news = outageNews(act, channel, shown);
    if (news !== undefined) await addLine(act, keyOf(noticeId), channel, post, news);
  }
}

async function read(act: Act, noticeId: number): Promise<Shown | undefined> {
  const notice = await lockNotice(act, noticeId);
  const outage = await readOutage(act, noticeId);
  if (notice === undefined || outage === undefined) return undefined;
  const preview = await previewNotice(act, act.tx, notice, act.at);
  return { notice, outage, preview, alerts: await alertsOf(act, noticeId) };
}
