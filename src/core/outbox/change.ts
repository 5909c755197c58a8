import type { Channel } from '../channel/index.ts';
import type { Context } from '../context.ts';
import { composeMessage } from './compose.ts';
import type { Claimed, Content, PlaceRole, Send } from './model.ts';

interface TargetRow {
  readonly id: number;
  readonly state: string;
  readonly ref: string | null;
  readonly content: Content;
}

/**
 * Makes a message that was sent show what its delivery says by now. It is read here, after the claim: a change that comes later than
 * this finds nothing waiting, and puts in another. The lane's order sees to it that the message itself is settled.
 */
export async function prepareFollow(
  ctx: Context,
  { edit, remove }: Channel,
  claimed: Claimed,
  address: string,
): Promise<Send> {
  const [target] = await ctx.database.sql<TargetRow[]>`
    select id, state, ref, content from delivery where id = ${claimed.targetId}`;
  if (target === undefined) throw new Error('a change needs a message');
  const { ref, content } = target;
  if (target.state === 'dead' || target.state === 'cancelled') return async () => ({ outcome: 'cancelled' });
  if (ref === null) return unable('change a message whose id it does not know');
  if ('removed' in content)
    return remove === undefined ? unable('take a message back') : () => remove(address, ref);
  if (edit === undefined) return unable('change a message');
  const message = await composeMessage(ctx, { ...claimed, id: target.id, content });
  return () => edit(message, address, ref);
}

/** Shows on a message whether anybody on the other side has this reaction on it now. */
export async function prepareEcho(
  ctx: Context,
  { echo }: Channel,
  claimed: Claimed & { readonly content: Extract<Content, { emoji: string }> },
  address: string,
): Promise<Send> {
  if (echo === undefined) return unable('show a reaction');
  const { emoji, on } = claimed.content;
  const from: PlaceRole = claimed.role === 'desk' ? 'customer' : 'desk';
  const rows = await ctx.database.sql`
    select from reaction r join place p on p.id = r.place_id
    where p.role = ${from} and r.emoji = ${emoji} and r.is_on and (r.place_id, r.ref) in (
      select place_id, ref from message where id = ${claimed.messageId} and ref is not null
      union all select place_id, ref from delivery where message_id = ${claimed.messageId} and kind = 'post' and ref is not null)
    limit 1`;
  return () => echo(emoji, rows.count > 0, address, on);
}

/** What is refused because the channel has not the ability. */
export function unable(what: string): Send {
  return async () => ({ outcome: 'refused', code: 'invalid', why: `this channel cannot ${what}` });
}
