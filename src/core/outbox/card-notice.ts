import type { Sql } from '../../../drizzle/database.ts';
import type { Card } from '../channel/index.ts';
import type { Context } from '../context.ts';
import { clip, literal, plain } from '../text/index.ts';

/** What a ticket has to do with a notice. */
export interface NoticeOn {
  readonly id: number;
  readonly how: 'part' | 'about';
  readonly over: boolean;
  readonly title: Readonly<Record<string, string | undefined>>;
}

/** Longest title of a notice on a card. */
const TITLE = 80;

/** The notices of the ticket `t`, as a column of the statement that reads it. */
export const noticesOn = (sql: Sql) => sql`(
  select jsonb_agg(jsonb_build_object('id', k.notice_id, 'how', k.how, 'over', k.ended_at is not null, 'title', r.content -> 'title')
    order by k.since, k.notice_id)
  from ticket_notice k join notice n on n.id = k.notice_id join notice_revision r on r.notice_id = n.id and r.revision = n.revision
  where k.ticket_id = t.id)`;

/** The outage that it follows, or what its customer answered. */
export function noticeLines(
  ctx: Context,
  notices: readonly NoticeOn[] | null,
  locale: string,
): Card['lines'] {
  return (notices ?? []).map(({ id, how, over, title }) => {
    const named = clip(`N-${id} ${title[locale] ?? Object.values(title)[0] ?? ''}`.trim(), TITLE);
    const key = how === 'part' && over ? 'desk-notice-was' : `desk-notice-${how}`;
    return {
      label: plain(ctx.phrases.say(locale, 'desk-notice')),
      value: literal(plain(ctx.phrases.say(locale, key, { notice: named }))),
    };
  });
}
