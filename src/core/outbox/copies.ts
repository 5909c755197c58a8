import type { Sql } from '../../../drizzle/database.ts';
import type { Card } from '../channel/index.ts';
import type { Context } from '../context.ts';
import { literal, oneLine, plain } from '../text/index.ts';
import { reasonKey } from './tell.ts';

/** What of the newest copy to a contact's own places has failed; null when nothing has. */
export interface FailedCopy {
  /** Of the whole: whether another place took it. */
  readonly state: string;
  readonly places: readonly {
    readonly channel: string;
    readonly name: string;
    readonly error: string | null;
  }[];
}

/** What of the newest copy about the ticket `t` has failed, as a column of the statement that reads it. */
export const failedCopiesOn = (sql: Sql) => sql`(
  select jsonb_build_object('state', copy.state, 'places', jsonb_agg(jsonb_build_object('channel', o.channel, 'error', d.error,
    'name', case when o.channel = 'email' then o.external_id else coalesce(nullif(o.name, ''), o.external_id) end) order by d.id))
  from (select id, state from dispatch where ticket_id = t.id and state in ('trying', 'sent', 'failed', 'unknown')
    order by id desc limit 1) copy
    join delivery d on d.dispatch_id = copy.id and d.state = 'dead' join place l on l.id = d.place_id join handle o on o.id = l.handle_id
  group by copy.state)`;

/** For the card: where a copy could not be brought, and whether another place took it. */
export function copiesLine(ctx: Context, failed: FailedCopy | null, locale: string): Card['lines'] {
  if (failed === null) return [];
  const say = (key: string): string => plain(ctx.phrases.say(locale, key));
  const tried = new Map(
    failed.places.map(({ channel, name, error }) => [
      `${oneLine(name, 60)} (${channel})`,
      say(reasonKey(error)),
    ]),
  );
  const lines = [...tried].map(([who, why]) => `${who}: ${why}`);
  const end = { sent: 'desk-copies-elsewhere', failed: 'desk-copies-nowhere' }[failed.state];
  const words = [...lines, ...(end === undefined ? [] : [say(end)])].join(' ');
  return [{ label: say('desk-copies'), value: literal(words) }];
}
