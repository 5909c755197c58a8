import { type Context, transact } from '../context.ts';
import { hashOf } from '../sla/index.ts';
import { happened, lockTicket } from '../ticket/index.ts';

/** Tickets that one round brings under new terms. */
const AT_ONCE = 50;

/**
 * Keeps the terms of today's policy, and brings open tickets under them: what is open is counted anew, what has ended stays as it was. After the
 * first round that finds none it rests, because every later ticket is opened under them.
 */
export function keepTerms(ctx: Context): () => Promise<void> {
  const hash = hashOf(ctx.policy.terms);
  let kept = false;
  let done = false;
  return async () => {
    if (done) return;
    if (!kept)
      await ctx.database.sql`
        insert into terms (hash, content, seen_at) values (${hash}, ${JSON.stringify(ctx.policy.terms)}::jsonb, ${ctx.now()})
        on conflict (hash) do nothing`;
    kept = true;
    done = (await bringUnder(ctx, hash)) === 0;
  };
}

/** The last terms that a ticket's events name; a ticket from before there were any names none. */
function bringUnder(ctx: Context, hash: string): Promise<number> {
  return transact(ctx, { type: 'system' }, async act => {
    const rows = await act.tx<{ id: number }[]>`
      select t.id from ticket t where t.state <> 'closed' and ${hash} is distinct from (
        select e.data ->> 'terms' from event e where e.ticket_id = t.id and e.type in ('opened', 'terms-changed') order by e.id desc limit 1)
      order by t.id limit ${AT_ONCE} for no key update`;
    for (const { id } of rows)
      await happened(act, await lockTicket(act, id), { type: 'terms-changed', terms: hash });
    return rows.length;
  });
}
