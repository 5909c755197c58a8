import type { Bounced, ChannelKind } from '../channel/index.ts';
import { type Context, transact } from '../context.ts';
import { comeBack } from '../outbox/index.ts';
import { takeOnce } from './receipt.ts';

/** Takes a report that a message of ours did not arrive, once: staff see it at that message. */
export async function takeBounce(ctx: Context, channel: ChannelKind, bounce: Bounced): Promise<void> {
  await transact(ctx, { type: 'system' }, async act => {
    if (await takeOnce(act, channel, bounce.eventId)) await comeBack(act, channel, bounce);
  });
}
