import type { Sql } from '../../../drizzle/database.ts';
import type { Card } from '../channel/index.ts';
import type { Context } from '../context.ts';
import { levelName } from '../policy/index.ts';
import { literal, plain } from '../text/index.ts';
import { cardTime } from './card-time.ts';

/** How far a ticket has climbed. */
export interface LadderRow {
  readonly level: string | null;
  readonly state: 'climbing' | 'acknowledged' | 'calling' | null;
  readonly person: string | null;
  readonly name: string | null;
  readonly until: string | null;
}

/** How far the ticket `t` has climbed, as a column of the statement that reads it. */
export const ladderOn = (sql: Sql) => sql`(
  select jsonb_build_object('level', t.level, 'state', c.state, 'person', c.person, 'name', h.name, 'until', n.due_at) from (select) one
  left join climb c on c.ticket_id = t.id and c.state <> 'ended'
  left join handle h on c.person = '@' || h.id
  left join timer n on n.ticket_id = t.id and n.target = 'ladder:next' and n.state = 'pending'
  limit 1)`;

/** For the card: the level of the ticket, who has it in hand, and in red that nobody was found. */
export function ladderLines(
  ctx: Context,
  row: LadderRow,
  locale: string,
): { readonly lines: Card['lines']; readonly red: boolean } {
  const say = (key: string, args: Readonly<Record<string, string>> = {}): string =>
    plain(ctx.phrases.say(locale, key, args));
  const line = (key: string, value: string) => ({ label: say(key), value: literal(value) });
  const level = row.level === null ? [] : [line('desk-level', levelName(ctx.policy, row.level, locale))];
  const red = row.state === 'calling';
  if (red) return { lines: [...level, line('desk-ladder', say('desk-ladder-calling'))], red };
  if (row.state !== 'acknowledged' || row.until === null) return { lines: level, red };
  const name = ctx.policy.people.find(one => one.id === row.person)?.name ?? row.name ?? row.person ?? '';
  const until = cardTime(ctx, new Date(row.until), locale);
  return { lines: [...level, line('desk-ladder', say('desk-ladder-acknowledged', { name, until }))], red };
}
