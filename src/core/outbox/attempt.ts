import type { Channel, Found, Receipt } from '../channel/index.ts';
import { type Context, channelOf } from '../context.ts';
import { composeCard, composeMessage, composeThread } from './compose.ts';
import type { Claimed } from './model.ts';
import { backoffMs } from './rules/decide.ts';

/** What came of an attempt, and whether an earlier one may still have been done. */
export interface Attempted {
  readonly receipt: Receipt;
  readonly doubt: boolean;
}

/** Makes one attempt: looks first when an earlier one may have been done, then sends. Never throws. */
export async function attempt(ctx: Context, claimed: Claimed): Promise<Attempted> {
  let { doubt } = claimed;
  const fault = (message: string, error: unknown): void =>
    ctx.log.error(message, { delivery: claimed.id, error: String(error) });
  try {
    const channel = channelOf(ctx, claimed.channel);
    if (doubt) {
      const found = await look(channel, claimed);
      if (found.outcome === 'delivered') return { receipt: found, doubt: false };
      if (found.outcome === 'absent') doubt = false;
      else if (!mayRepeat(channel, claimed))
        return {
          receipt: { outcome: 'unknown', why: 'the platform cannot tell whether it was done' },
          doubt,
        };
    }
    const send = await prepare(ctx, channel, claimed).catch(error => {
      fault('a delivery could not be put together', error);
      return notPrepared(claimed);
    });
    return { receipt: await send(), doubt };
  } catch (error) {
    fault('an attempt to send ended in an error of ours', error);
    return { receipt: { outcome: 'unknown', why: 'an error of the desk itself' }, doubt };
  }
}

/** A repetition that nobody sees, or a page: better twice than never. */
function mayRepeat(channel: Channel, { kind, rank }: Claimed): boolean {
  return (
    kind === 'card' || kind === 'react' || rank === 0 || (channel.limits.resendIsSafe && kind === 'post')
  );
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

type Send = () => Promise<Receipt>;

/** Reads and composes what is to be sent. Up to here nothing was done, so whatever fails can be tried again. */
async function prepare(ctx: Context, channel: Channel, claimed: Claimed): Promise<Send> {
  const { openThread, openPost } = channel;
  switch (claimed.kind) {
    case 'thread': {
      if (openThread === undefined) return unable('open a conversation');
      const thread = await composeThread(ctx, claimed);
      return () => openThread(thread);
    }
    case 'desk-post': {
      if (openPost === undefined) return unable('hold the desk');
      const card = await composeCard(ctx, claimed);
      return () => openPost(card);
    }
    default:
      if (claimed.address === null)
        return async () => ({ outcome: 'refused', code: 'gone', why: 'the place was never made' });
      return prepareThere(ctx, channel, claimed, claimed.address);
  }
}

async function prepareThere(
  ctx: Context,
  channel: Channel,
  claimed: Claimed,
  address: string,
): Promise<Send> {
  const { showCard, react } = channel;
  if (claimed.kind === 'card') {
    if (showCard === undefined) return unable('show a card');
    const card = await composeCard(ctx, claimed);
    return () => showCard(card, address, claimed.headRef ?? undefined);
  }
  if ('mark' in claimed.content) {
    if (react === undefined) return unable('put a mark');
    const { mark, on } = claimed.content;
    return () => react(mark, address, on);
  }
  const message = await composeMessage(ctx, claimed);
  return () => channel.deliver(message, address);
}

function notPrepared({ attempts }: Claimed): Send {
  const why = 'it could not be put together';
  return async () => ({ outcome: 'retry', afterMs: backoffMs(attempts), scope: 'place', why });
}

function unable(what: string): Send {
  return async () => ({ outcome: 'refused', code: 'invalid', why: `this channel cannot ${what}` });
}
