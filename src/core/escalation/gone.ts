import { type Context, transact } from '../context.ts';
import { lockTicket } from '../ticket/index.ts';
import { expire, lockClimb } from './climb.ts';
import type { PersonKey } from './model.ts';
import { readPeople } from './people.ts';

/**
 * Nobody waits for somebody who is in the policy no more. Their calls are as if no way had worked, so that the next person is called at once, and
 * what they had in hand is in nobody's. A desk has another policy only after a start, so its first round looks.
 */
export async function passGone(ctx: Context): Promise<void> {
  const { sql } = ctx.database;
  const rows = await sql<{ person: PersonKey }[]>`
    select person from page where state in ('due', 'called')
    union select person from climb where state = 'acknowledged' and person is not null`;
  const known = await readPeople(
    ctx,
    sql,
    rows.map(({ person }) => person),
  );
  const gone = rows
    .filter(({ person }) => !known.some(one => one.key === person))
    .map(({ person }) => person);
  if (gone.length === 0) return;
  await sql`
    update page set due_at = null, state = 'called', call_id = null, ways = '[]'
    where person = any(${gone}::text[]) and state in ('due', 'called')`;
  const held = await sql<{ ticketId: number; person: PersonKey }[]>`
    select ticket_id as "ticketId", person from climb where state = 'acknowledged' and person = any(${gone}::text[]) order by ticket_id`;
  for (const { ticketId, person } of held)
    await transact(ctx, { type: 'system' }, async act => {
      const ticket = await lockTicket(act, ticketId);
      const climb = await lockClimb(act, ticketId);
      if (climb?.state === 'acknowledged' && climb.person === person) await expire(act, ticket, climb);
    });
}
