import { type Context, transact } from '../context.ts';
import { enqueue } from '../outbox/index.ts';
import { deskChannels } from './open.ts';

/** Tickets that one round puts on a desk. */
const AT_ONCE = 50;

/**
 * Puts open tickets on the desks that do not show them: a desk that was off when they were opened, or is new. After the first round
 * that finds none it rests, because `open` puts every later ticket on every desk that is on.
 */
export function raisePosts(ctx: Context): () => Promise<void> {
  const waiting = new Set(deskChannels(ctx));
  return async () => {
    for (const channel of waiting) if ((await raiseOn(ctx, channel)) === 0) waiting.delete(channel);
  };
}

async function raiseOn(ctx: Context, channel: string): Promise<number> {
  return transact(ctx, { type: 'system' }, async act => {
    const places = await act.tx<{ id: number; ticketId: number }[]>`
      insert into place (channel, role, ticket_id)
      select ${channel}, 'desk', t.id from ticket t
      where t.state <> 'closed' and not exists (
        select from place p where p.ticket_id = t.id and p.role = 'desk' and p.channel = ${channel})
      order by t.id limit ${AT_ONCE}
      returning id, ticket_id as "ticketId"`;
    for (const { id, ticketId } of places)
      enqueue(act, {
        placeId: id,
        role: 'desk',
        kind: 'desk-post',
        class: 'reply',
        ticketId,
        content: { card: true },
      });
    return places.length;
  });
}
