import type { Channel, Found, Receipt } from '../channel/index.ts';
import { type Context, channelOf } from '../context.ts';
import { composeCard, composeMessage, composeThread } from './compose.ts';
import type { Claimed } from './model.ts';

/** Makes one attempt: looks first when an earlier one may have been done, then sends. Never throws. */
export async function attempt(ctx: Context, claimed: Claimed): Promise<Receipt> {
  try {
    const channel = channelOf(ctx, claimed.channel);
    if (claimed.doubt) {
      const known = await clearDoubt(channel, claimed);
      if (known !== undefined) return known;
    }
    return await send(ctx, channel, claimed);
  } catch (error) {
    ctx.log.error('an attempt to send ended in an error of ours', {
      delivery: claimed.id,
      error: String(error),
    });
    return { outcome: 'unknown', why: 'an error of the desk itself' };
  }
}

/** What is known of the earlier attempt; undefined when it is right to send. */
async function clearDoubt(channel: Channel, claimed: Claimed): Promise<Receipt | undefined> {
  if (claimed.kind === 'card' || claimed.kind === 'react') return undefined;
  const found = await look(channel, claimed);
  if (found.outcome === 'delivered') return found;
  if (found.outcome === 'absent') return undefined;
  const again = claimed.rank === 0 || (channel.limits.resendIsSafe && claimed.kind === 'post');
  return again ? undefined : { outcome: 'unknown', why: 'the platform cannot tell whether it was done' };
}

async function look(channel: Channel, claimed: Claimed): Promise<Found> {
  if (channel.find === undefined || claimed.kind === 'card' || claimed.kind === 'react')
    return { outcome: 'unsure' };
  return channel.find({
    id: String(claimed.id),
    kind: claimed.kind,
    mark: `#${claimed.ticketId}`,
    to: claimed.address ?? undefined,
    person: claimed.person ?? undefined,
    near: claimed.near ?? undefined,
    since: claimed.firstTriedAt,
  });
}

async function send(ctx: Context, channel: Channel, claimed: Claimed): Promise<Receipt> {
  switch (claimed.kind) {
    case 'thread':
      if (channel.openThread === undefined) return unable('open a conversation');
      return channel.openThread(await composeThread(ctx, claimed));
    case 'desk-post':
      if (channel.openPost === undefined) return unable('hold the desk');
      return channel.openPost(await composeCard(ctx, claimed));
    default:
      if (claimed.address === null)
        return { outcome: 'refused', code: 'gone', why: 'the place was never made' };
      return sendThere(ctx, channel, claimed, claimed.address);
  }
}

async function sendThere(
  ctx: Context,
  channel: Channel,
  claimed: Claimed,
  address: string,
): Promise<Receipt> {
  if (claimed.kind === 'card') {
    if (channel.showCard === undefined) return unable('show a card');
    return channel.showCard(await composeCard(ctx, claimed), address, claimed.headRef ?? undefined);
  }
  if ('mark' in claimed.content) {
    if (channel.react === undefined) return unable('put a mark');
    return channel.react(claimed.content.mark, address, claimed.content.on);
  }
  return channel.deliver(await composeMessage(ctx, claimed), address);
}

function unable(what: string): Receipt {
  return { outcome: 'refused', code: 'invalid', why: `this channel cannot ${what}` };
}
