import { type Address, type Channel, type OutboundFile, type Receipt, whyOf } from '../channel/index.ts';
import type { Context } from '../context.ts';
import { plain } from '../text/index.ts';
import { withinMs } from '../within.ts';
import { composeMessage } from './compose.ts';
import type { Claimed } from './model.ts';

/** A picture may take this long, in ms of real time, with those that are drawn before it: an attempt has 45 s. */
const DRAW_MS = 15_000;

/** Makes the message of a delivery, and the way to send it: with its picture where it has one and the place carries it, else its text alone. */
export async function prepareMessage(
  ctx: Context,
  channel: Channel,
  claimed: Claimed,
): Promise<(to: Address) => Promise<Receipt>> {
  const message = await composeMessage(ctx, claimed);
  const alone = (to: Address): Promise<Receipt> => channel.deliver(message, to);
  const most = channel.limits.files?.bytes ?? 0;
  if (!('chart' in claimed.content) || claimed.content.chart === undefined || most === 0) return alone;
  const { chart } = claimed.content;
  return async to => {
    const bytes = await withinMs<Uint8Array | undefined>(ctx.draw(chart), DRAW_MS, undefined).catch(error => {
      ctx.log.warn('a picture could not be drawn', { delivery: claimed.id, why: whyOf(error) });
      return undefined;
    });
    if (bytes === undefined || bytes.length > most) return alone(to);
    const alt = plain(message.text);
    const file: OutboundFile = {
      name: `${chart.name}.png`,
      type: 'image/png',
      size: bytes.length,
      alt,
      read: async () => bytes,
    };
    const receipt = await channel.deliver({ ...message, files: [file] }, to);
    const unfit =
      receipt.outcome === 'refused' && (receipt.code === 'invalid' || receipt.code === 'forbidden');
    return unfit ? alone(to) : receipt;
  };
}
