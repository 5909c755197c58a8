import type { Act } from '../context.ts';
import { confirmNotice, type NoticeRow, prepareNotice } from '../notice/index.ts';
import { showOutage } from './show.ts';

/** Closes a draft that nobody needs any more: nobody was told of it, and nobody is now. `by`: the one that goes on in its place. */
export async function closeOutage(act: Act, notice: NoticeRow, by?: number): Promise<void> {
  const { id, edition } = notice;
  const end = await prepareNotice(act, id, 'cancel', { edition });
  if (end !== undefined && 'notice' in end) await confirmNotice(act, id, end.notice.edition);
  await act.tx`
    update alert_outage set ended_at = ${act.at}, next_at = null where notice_id = ${id}`;
  await showOutage(act, id, by);
}
