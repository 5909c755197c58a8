import type { Act } from '../context.ts';
import { postSheets } from '../outbox/index.ts';
import { formatDuration, plain } from '../text/index.ts';
import type { NoticeRow } from './model.ts';
import { readContent } from './read.ts';
import { titleIn } from './rules/worded.ts';

/** Has staff reminded when nothing new was said of an outage for as long as the policy promises news. */
export async function planNews(act: Act, id: number, revision: number): Promise<void> {
  const within = act.policy.outages.news_within;
  await act.tx`
    insert into notice_step (notice_id, revision, stage, due_at)
    values (${id}, ${revision}, 'news', ${new Date(act.at.getTime() + within * 1000)})`;
}

/** Reminds staff that customers wait for news. Returns when to look again: each time after twice as long as nothing was said. */
export async function postSilence(act: Act, { id, revision }: NoticeRow): Promise<Date | undefined> {
  const [row] = await act.tx<{ at: Date; tickets: number }[]>`
    select at, (select count(*)::int from ticket_notice where notice_id = ${id} and how = 'part' and ended_at is null) as tickets
    from notice_revision where notice_id = ${id} and revision = ${revision}`;
  const content = await readContent(act.tx, id, revision);
  if (row === undefined || content === undefined) return undefined;
  const locale = act.policy.staff.language;
  const silent = act.at.getTime() - row.at.getTime();
  const args = { number: id, time: formatDuration(Math.round(silent / 60_000), locale) };
  const say = act.phrases.say.bind(act.phrases, locale);
  const sheet = {
    mark: `N-${id}`,
    title: plain(say('notice-silent-title', args)),
    text: say('notice-silent', { ...args, title: titleIn(content, locale), tickets: row.tickets }),
  };
  await postSheets(act, { sheet });
  return new Date(act.at.getTime() + silent);
}
