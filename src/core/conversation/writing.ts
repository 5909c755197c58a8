import type { ChannelKind, Writing } from '../channel/index.ts';
import type { Context } from '../context.ts';
import { isStaff } from '../staff/index.ts';

/** Staff write in a ticket's post: whoever the ticket is of sees that, where their place can show it. Nothing is kept, and nothing is tried again. */
export async function showWriting(
  ctx: Context,
  channel: ChannelKind,
  { from, place }: Writing,
): Promise<void> {
  const able = [...ctx.channels.values()].filter(one => one.showWriting !== undefined);
  if (able.length === 0 || !isStaff(ctx, channel, from.roles ?? [])) return;
  const [there] = await ctx.database.sql<{ channel: ChannelKind; address: string }[]>`
    select own.channel, own.address from place post join ticket t on t.id = post.ticket_id join place own on own.id = t.place_id
    where post.channel = ${channel} and post.address = ${place} and post.role = 'desk' and own.address is not null and own.gone is null
      and own.channel = any(${able.map(({ kind }) => kind)}::text[])`;
  if (there !== undefined) ctx.channels.get(there.channel)?.showWriting?.(there.address);
}
