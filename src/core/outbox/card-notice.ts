import type { Card } from '../channel/index.ts';
import type { Context } from '../context.ts';
import { clip, literal, plain } from '../text/index.ts';

interface NoticeOn {
  readonly id: number;
  readonly how: 'part' | 'about';
  readonly over: boolean;
  readonly title: Readonly<Record<string, string | undefined>>;
}

/** Longest title of a notice on a card. */
const TITLE = 80;

/** What the ticket has to do with notices: the outage that it follows, or what its customer answered. */
export async function noticeLines(ctx: Context, ticketId: number, locale: string): Promise<Card['lines']> {
  const rows = await ctx.database.sql<NoticeOn[]>`
    select n.id, k.how, k.ended_at is not null as over, r.content -> 'title' as title
    from ticket_notice k join notice n on n.id = k.notice_id join notice_revision r on r.notice_id = n.id and r.revision = n.revision
    where k.ticket_id = ${ticketId} order by k.since, n.id`;
  return rows.map(({ id, how, over, title }) => {
    const named = clip(`N-${id} ${title[locale] ?? Object.values(title)[0] ?? ''}`.trim(), TITLE);
    const key = how === 'part' && over ? 'desk-notice-was' : `desk-notice-${how}`;
    return {
      label: plain(ctx.phrases.say(locale, 'desk-notice')),
      value: literal(plain(ctx.phrases.say(locale, key, { notice: named }))),
    };
  });
}
