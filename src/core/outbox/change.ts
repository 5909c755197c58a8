import type { Channel } from '../channel/index.ts';
import type { Context } from '../context.ts';
import { composeMessage } from './compose.ts';
import type { Claimed, Content, Send } from './model.ts';
import { isOvertaken } from './overtaken.ts';

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
): Promise<Send> {
  const { address } = claimed;
  const [target] = await ctx.database.sql<TargetRow[]>`
    select id, state, ref, content from delivery where id = ${claimed.targetId}`;
  if (target === undefined) throw new Error('a change needs a message');
  const { ref, content } = target;
  if (target.state === 'dead' || target.state === 'cancelled') return async () => ({ outcome: 'cancelled' });
  if (ref === null || address === null) return unable('change a message whose id it does not know');
  if ('removed' in content)
    return remove === undefined ? unable('take a message back') : () => remove(address, ref);
  if (edit === undefined) return unable('change a message');
  const newer = 'afterOf' in content ? content.afterOf : undefined;
  if (newer !== undefined && (await isOvertaken(ctx.database.sql, newer)))
    return async () => ({ outcome: 'cancelled' });
  const message = await composeMessage(ctx, { ...claimed, id: target.id, content });
  return () => edit(message, address, ref);
}

/** What is refused because the channel has not the ability. */
export function unable(what: string): Send {
  return async () => ({ outcome: 'refused', code: 'invalid', why: `this channel cannot ${what}` });
}
