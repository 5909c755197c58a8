import type { Context } from '../context.ts';
import type { Arrived, Found } from './model.ts';
import { numberIn } from './rules/subject.ts';

/**
 * The ticket that a letter is about: the one of our mail that it answers for certain, else of a letter that it says it answers, else the one whose
 * number stands in its subject. Whether it may go there is decided with the ticket locked (`rules/route.ts`).
 */
export async function findTicket(ctx: Context, { channel, letter }: Arrived): Promise<Found | undefined> {
  const { sql } = ctx.database;
  if (letter.answers.length > 0) {
    const [own] = await sql<{ ticketId: number; placeId: number }[]>`
      select d.ticket_id as "ticketId", d.place_id as "placeId"
      from jsonb_to_recordset(${JSON.stringify(letter.answers.map((one, nth) => ({ nth, ...one })))}::jsonb)
        as a(nth int, delivery bigint, at timestamptz)
      join delivery d on d.id = a.delivery and d.created_at = a.at
      join place p on p.id = d.place_id
      where p.channel = ${channel} and p.role = 'customer' and d.ticket_id is not null
      order by a.nth limit 1`;
    if (own !== undefined) return { ...own, evidence: 'answer' };
  }
  if (letter.refs.length > 0) {
    const [named] = await sql<{ ticketId: number; placeId: number }[]>`
      select m.ticket_id as "ticketId", m.place_id as "placeId" from message m join place p on p.id = m.place_id
      where m.ref = any(${[...letter.refs]}::text[]) and m.ref like '%@%' and p.channel = ${channel} and p.role = 'customer'
      order by array_position(${[...letter.refs]}::text[], m.ref), m.id desc limit 1`;
    if (named !== undefined) return { ...named, evidence: 'reference' };
  }
  const number = numberIn(letter.subject);
  if (number === undefined) return undefined;
  const [known] = await sql<{ id: number }[]>`select id from ticket where id = ${number}`;
  return known && { ticketId: known.id, evidence: 'number' };
}
