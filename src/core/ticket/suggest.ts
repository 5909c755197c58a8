import type { SqlRunner } from '../../../drizzle/database.ts';
import type { Viewer } from '../identity/index.ts';
import { type TicketLine, visibleTo } from './list.ts';

/** The words of what is being typed, as they are compared: at most five. */
export function typedWords(text: string): string[] {
  return text.toLowerCase().split(/\s+/u).filter(Boolean).slice(0, 5);
}

/** The tickets that a person may see and that fit what they type, by number or by words of the subject: open ones first, then the newest. */
export async function suggestOwn(
  run: SqlRunner,
  viewer: Viewer,
  text: string,
  limit: number,
): Promise<TicketLine[]> {
  return run<TicketLine[]>`
    select t.id, t.subject, t.state from ticket t where ${visibleTo(run, viewer)} and ${fits(run, text)}
    order by (t.state = 'closed'), t.id desc limit ${limit}`;
}

/** Tickets of anybody that fit what staff type: those that are not closed, and the one with exactly that number. */
export async function suggestAny(run: SqlRunner, text: string, limit: number): Promise<TicketLine[]> {
  const number = /^#?([1-9]\d{0,14})$/.exec(text.trim())?.[1];
  return run<TicketLine[]>`
    (select id, subject, state, 0 as turn from ticket where id = ${number === undefined ? null : Number(number)}::bigint)
    union all
    (select t.id, t.subject, t.state, 1 from ticket t
     where t.state <> 'closed' and t.id is distinct from ${number === undefined ? null : Number(number)}::bigint and ${fits(run, text)}
     order by t.id desc limit ${limit})
    order by turn, id desc limit ${limit}`;
}

/** Every word stands in the subject, or begins the number. */
function fits(run: SqlRunner, text: string) {
  return run`not exists (
    select from unnest(${typedWords(text)}::text[]) word
    where strpos(lower(t.subject), word) = 0 and not starts_with(t.id::text, ltrim(word, '#')))`;
}
