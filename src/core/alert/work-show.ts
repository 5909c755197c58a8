import type { Act } from '../context.ts';
import {
  isOver,
  lockNotice,
  type NoticePreview,
  type NoticeRow,
  previewNotice,
  previewText,
} from '../notice/index.ts';
import { reword, type Sheet } from '../outbox/index.ts';
import { plain } from '../text/index.ts';
import type { WorkRow } from './model.ts';
import { addLine, desksOf, openPost, readPost } from './post.ts';
import { workColumns } from './read.ts';
import type { DeskText } from './tell.ts';
import { workLine } from './work-words.ts';

/** Most messages that one maintenance brings below its first one. */
const MOST_NEWS = 10;

const keyOf = (noticeId: number): string => `N-${noticeId}`;

/** Shows the maintenance of a supplier's work at every desk as it is now: one message, which changes. */
export async function showWork(act: Act, noticeId: number): Promise<void> {
  const shown = await read(act, noticeId);
  if (shown === undefined) return;
  const { notice, works, preview } = shown;
  for (const channel of desksOf(act)) {
    const head = [...works.map(one => workLine(act, one)), stateLine(act, notice)]
      .filter(Boolean)
      .join('\n\n');
    const text =
      preview !== undefined && notice.revision === 0
        ? previewText(act, reader(act, channel), notice, preview, head)
        : { text: head, buttons: [] };
    const post = await readPost(act, keyOf(noticeId), channel);
    if (post === undefined) await openPost(act, keyOf(noticeId), channel, sheetOf(act, notice), text);
    else reword(act, post.placeId, text);
  }
  await act.tx`
    update supplier_work set shown_edition = ${notice.edition} where notice_id = ${noticeId}`;
}

/** Tells every desk that the supplier has said something new, with what is prepared for it. */
export async function tellWork(act: Act, noticeId: number): Promise<void> {
  const shown = await read(act, noticeId);
  if (shown === undefined) return;
  for (const channel of desksOf(act)) {
    const post = await readPost(act, keyOf(noticeId), channel);
    if (post === undefined || post.lines >= MOST_NEWS) continue;
    await addLine(act, keyOf(noticeId), channel, post, newsOf(act, channel, shown));
  }
}

function newsOf(act: Act, channel: string, { notice, works, preview }: Work): DeskText {
  const who = reader(act, channel);
  const said = act.phrases.say(who.locale, 'work-news', { number: notice.id });
  const before = [said, ...works.map(one => workLine(act, one))].join('\n\n');
  return preview !== undefined && notice.revision > 0
    ? previewText(act, who, notice, preview, before)
    : { text: before, buttons: [] };
}

const reader = (act: Act, channel: string) => ({ locale: act.policy.staff.language, channel });

interface Work {
  readonly notice: NoticeRow;
  readonly works: readonly WorkRow[];
  readonly preview: NoticePreview | undefined;
}

async function read(act: Act, noticeId: number): Promise<Work | undefined> {
  const notice = await lockNotice(act, noticeId);
  const works = await act.tx<WorkRow[]>`
    select ${workColumns(act)} from supplier_work where notice_id = ${noticeId} order by source, uid limit 1`;
  if (notice === undefined || works.length === 0) return undefined;
  return { notice, works, preview: await previewNotice(act, act.tx, notice, act.at) };
}

function sheetOf(act: Act, { id }: NoticeRow): Sheet {
  const say = act.phrases.say.bind(act.phrases, act.policy.staff.language);
  return {
    mark: `Work N-${id}`,
    title: plain(say('work-sheet-title')),
    text: say('work-sheet', { number: id }),
  };
}

function stateLine(act: Act, notice: NoticeRow): string {
  const say = act.phrases.say.bind(act.phrases, act.policy.staff.language);
  if (notice.revision > 1 || (notice.revision === 1 && notice.state !== 'cancelled'))
    return say(isOver(notice.state) ? 'alert-state-resolved' : 'alert-state-published', {
      number: notice.id,
    });
  return notice.state === 'cancelled' ? say('alert-state-closed') : '';
}
