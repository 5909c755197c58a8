import { sheetFile } from '../calendar/index.ts';
import { type Address, type Channel, type OutboundFile, type Receipt, whyOf } from '../channel/index.ts';
import type { Context } from '../context.ts';
import { plain } from '../text/index.ts';
import { withinMs } from '../within.ts';
import { composeMessage } from './compose.ts';
import type { Claimed, Content } from './model.ts';

/** A picture may take this long, in ms of real time, with those that are drawn before it: an attempt has 45 s. */
const DRAW_MS = 15_000;

/** Makes the message of a delivery, and the way to send it: with what is made for it where the place carries files, else its text alone. */
export async function prepareMessage(
  ctx: Context,
  channel: Channel,
  claimed: Claimed,
): Promise<(to: Address) => Promise<Receipt>> {
  const message = await composeMessage(ctx, claimed);
  const alone = (to: Address): Promise<Receipt> => channel.deliver(message, to);
  const most = channel.limits.files?.bytes ?? 0;
  const make = most === 0 ? undefined : madeFor(ctx, claimed.content, message.text);
  if (make === undefined) return alone;
  return async to => {
    const file = await withinMs<OutboundFile | undefined>(make(), DRAW_MS, undefined).catch(error => {
      ctx.log.warn('what goes with a message could not be made', { delivery: claimed.id, why: whyOf(error) });
      return undefined;
    });
    if (file === undefined || file.size > most) return alone(to);
    const receipt = await channel.deliver({ ...message, files: [file] }, to);
    const unfit =
      receipt.outcome === 'refused' && (receipt.code === 'invalid' || receipt.code === 'forbidden');
    return unfit ? alone(to) : receipt;
  };
}

/** The picture or the calendar that goes with it. */
function madeFor(ctx: Context, content: Content, text: string): (() => Promise<OutboundFile>) | undefined {
  if ('chart' in content && content.chart !== undefined) {
    const { chart } = content;
    return async () => ({
      ...fileOf(`${chart.name}.png`, 'image/png', await ctx.draw(chart)),
      alt: plain(text),
    });
  }
  if ('calendar' in content && content.calendar !== undefined) {
    const { calendar } = content;
    return async () => {
      const { type, text } = await sheetFile(calendar, ctx.now());
      return fileOf(`${calendar.file}.ics`, type, new TextEncoder().encode(text));
    };
  }
  return undefined;
}

function fileOf(name: string, type: string, bytes: Uint8Array): OutboundFile {
  return { name, type, size: bytes.length, read: async () => bytes };
}
