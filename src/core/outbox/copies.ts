import type { Context } from '../context.ts';
import { literal, oneLine, plain } from '../text/index.ts';
import { reasonKey } from './tell.ts';

interface FailedRow {
  readonly state: string;
  readonly channel: string;
  readonly name: string;
  readonly error: string | null;
}

/** For the card: what of the newest copy to the contact's own places has failed, and whether another place took it. Undefined when nothing has. */
export async function failedCopies(
  ctx: Context,
  ticketId: number,
  locale: string,
): Promise<string | undefined> {
  const rows = await ctx.database.sql<FailedRow[]>`
    select p.state, h.channel, case when h.channel = 'email' then h.external_id else coalesce(nullif(h.name, ''), h.external_id) end as name, d.error
    from dispatch p join delivery d on d.dispatch_id = p.id join place l on l.id = d.place_id join handle h on h.id = l.handle_id
    where p.id = (select max(id) from dispatch where ticket_id = ${ticketId} and state in ('trying', 'sent', 'failed', 'unknown'))
      and d.state = 'dead' order by d.id`;
  const [first] = rows;
  if (first === undefined) return undefined;
  const say = (key: string): string => plain(ctx.phrases.say(locale, key));
  const tried = new Map(
    rows.map(({ channel, name, error }) => [`${oneLine(name, 60)} (${channel})`, say(reasonKey(error))]),
  );
  const lines = [...tried].map(([who, why]) => `${who}: ${why}`);
  const end = { sent: 'desk-copies-elsewhere', failed: 'desk-copies-nowhere' }[first.state];
  return literal([...lines, ...(end === undefined ? [] : [say(end)])].join(' '));
}
