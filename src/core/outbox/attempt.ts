import type { Address, Channel, Found, Receipt } from '../channel/index.ts';
import { type Context, channelOf } from '../context.ts';
import { prepareFollow, unable } from './change.ts';
import { LEASE_MS } from './claim.ts';
import { composeCard, composeThread } from './compose.ts';
import { prepareEcho } from './echo.ts';
import { homeOf } from './home.ts';
import { type Claimed, isRepeatable, makesPost, type Outcome, type Send } from './model.ts';
import { saysOvertaken } from './overtaken.ts';
import { backoffMs, isKnownById, repeatAt } from './rules/decide.ts';
import { prepareFiles } from './send-files.ts';
import { prepareMessage } from './send-message.ts';
import { sheetOf } from './sheet.ts';

/** What came of an attempt, and whether an earlier one may still have been done. */
export interface Attempted {
  readonly receipt: Outcome;
  readonly doubt: boolean;
}

/** Makes one attempt: looks first when an earlier one may have been done, then sends. Never throws. */
export async function attempt(ctx: Context, claimed: Claimed): Promise<Attempted> {
  let { doubt } = claimed;
  if (claimed.holdUntil !== null && claimed.holdUntil > ctx.now())
    return { receipt: stillHeld(claimed.holdUntil, ctx.now()), doubt };
  const fault = (message: string, error: unknown): void =>
    ctx.log.error(message, { delivery: claimed.id, error: String(error) });
  try {
    const channel = channelOf(ctx, claimed.channel);
    if (doubt) {
      const found = await look(ctx, channel, claimed);
      if (found.outcome === 'delivered') return { receipt: doneBefore(claimed, found), doubt: false };
      if (found.outcome === 'absent') doubt = false;
      else {
        const waits = mayRepeat(channel, claimed, ctx.now());
        if (waits !== 'now') return { receipt: waits, doubt };
      }
    }
    if (await isUnwanted(ctx, claimed)) return { receipt: notWanted(doubt), doubt };
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

async function isUnwanted({ database: { sql }, now }: Context, claimed: Claimed): Promise<boolean> {
  const { content } = claimed;
  if ('removed' in content) return true;
  if ('until' in content && content.until !== undefined && now() >= new Date(content.until)) return true;
  return claimed.dispatchId !== null && (await saysOvertaken(sql, claimed.dispatchId));
}

/** The lane was read before the reply was put in. */
function stillHeld(until: Date, now: Date): Outcome {
  return {
    outcome: 'retry',
    afterMs: until.getTime() - now.getTime(),
    scope: 'place',
    why: 'its author may take it back',
  };
}

/** Taken back before it was sent, as far as is known. */
function notWanted(doubt: boolean): Outcome {
  return doubt
    ? { outcome: 'unknown', why: 'it was taken back after it may have been sent' }
    : { outcome: 'cancelled' };
}

/**
 * Platforms that know a message by our id keep it for "a few minutes" (Discord's nonce); within two it is certain, and after that it is looked up. What cannot
 * be looked up is known for a day (a mail, by its Message-ID), and is repeated a few times (`repeatAt`).
 */
const RESEND_SAFE_MS = 120_000;

const UNTOLD: Outcome = { outcome: 'unknown', why: 'the platform cannot tell whether it was done' };

/** A repetition that nobody sees, or a page: better twice than never. What comes of the attempt where it may not be made now. */
function mayRepeat(channel: Channel, claimed: Claimed, now: Date): 'now' | Outcome {
  const { kind, rank, firstTriedAt } = claimed;
  const { limits, find } = channel;
  if (makesPost(claimed)) return UNTOLD;
  if (isKnownById({ kind, limits, canFind: find !== undefined })) return inTurn(claimed, now);
  if (isRepeatable(kind) || rank === 0) return 'now';
  const isKnown = now.getTime() - firstTriedAt.getTime() < RESEND_SAFE_MS;
  return limits.resendIsSafe && kind === 'post' && isKnown ? 'now' : UNTOLD;
}

/** A holder that died left no wait: it is counted from the attempt that it made, so that a desk that dies each time sends no more copies either. */
function inTurn({ lostLease, firstTriedAt, rank }: Claimed, now: Date): 'now' | Outcome {
  if (lostLease === null) return 'now';
  const first = firstTriedAt.getTime();
  const at = repeatAt(lostLease.getTime() - LEASE_MS - first, rank === 0);
  if (at === undefined) return UNTOLD;
  const afterMs = first + at - now.getTime();
  return afterMs <= 0
    ? 'now'
    : { outcome: 'retry', afterMs, scope: 'place', why: 'it was sent already, and may have come' };
}

/** Found where a post had to be made first: the post is there, and the message itself is still to be sent. */
function doneBefore(claimed: Claimed, found: Extract<Found, { outcome: 'delivered' }>): Outcome {
  return makesPost(claimed) && found.address !== undefined
    ? { outcome: 'placed', address: found.address, ref: found.ref }
    : found;
}

async function look(ctx: Context, channel: Channel, claimed: Claimed): Promise<Found> {
  const kind = makesPost(claimed) ? 'desk-post' : claimed.kind;
  if (channel.find === undefined || (kind !== 'post' && kind !== 'thread' && kind !== 'desk-post'))
    return { outcome: 'unsure' };
  const to = claimed.address ?? (kind === 'post' ? await chatOf(channel, claimed) : undefined);
  return channel.find({
    id: String(claimed.id),
    kind,
    mark:
      claimed.ticketId === null
        ? ((await sheetOf(ctx, claimed.placeId))?.mark ?? '')
        : `#${claimed.ticketId}`,
    to,
    person: claimed.person ?? undefined,
    near: claimed.near ?? undefined,
    since: claimed.firstTriedAt,
    others: await othersOf(ctx, claimed),
  });
}

/** A message that was the first may stand in a chat that was asked for with it: the desk knew that chat as another place already (`prepareChat`). */
async function chatOf(channel: Channel, claimed: Claimed): Promise<Address | undefined> {
  const { role, shared, person } = claimed;
  if (role !== 'customer' || !shared || person === null) return undefined;
  const opened = await channel.openChat?.(person);
  return opened?.outcome === 'delivered' ? opened.address : undefined;
}

/** Deliveries that were settled up to this long before the first attempt, in ms, can stand where it is looked for: clocks differ. */
const OTHERS_MS = 600_000;

/**
 * A lane sends one after the other, so what is there besides these was made by an attempt whose end nobody saw. A person's places count
 * as one: several can be the same chat. The head of a place that was made for a message is not the message.
 */
async function othersOf(ctx: Context, { placeId, id, firstTriedAt }: Claimed): Promise<string[]> {
  const rows = await ctx.database.sql<{ ref: string }[]>`
    with here as (
      select p.id, p.head_ref from place own join place p on p.id = own.id or (p.channel = own.channel and p.handle_id = own.handle_id)
      where own.id = ${placeId}
    )
    select d.ref from here join delivery d on d.place_id = here.id
    where d.id <> ${id} and d.ref is not null and d.settled_at >= ${new Date(firstTriedAt.getTime() - OTHERS_MS)}
    union all select head_ref from here where head_ref is not null`;
  return rows.map(({ ref }) => ref);
}

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
    case 'home': {
      const { showHome } = channel;
      const { person } = claimed;
      if (showHome === undefined || person === null) return unable('show a page');
      const home = await homeOf(ctx, claimed);
      return () => showHome(home, person);
    }
    default:
      // What was never said needs no place to be changed in.
      if (claimed.kind === 'follow' && claimed.role === 'customer')
        return prepareFollow(ctx, channel, claimed);
      if (claimed.address === null) return preparePlace(ctx, channel, claimed);
      return prepareThere(ctx, channel, claimed, claimed.address);
  }
}

/** A desk post that could not be made, or was deleted, is made anew before the next message: staff must see the ticket. */
async function preparePlace(ctx: Context, channel: Channel, claimed: Claimed): Promise<Send> {
  const { openPost, openChat } = channel;
  const { person } = claimed;
  if (claimed.role === 'customer' && claimed.shared && person !== null && openChat !== undefined)
    return prepareChat(ctx, channel, claimed, () => openChat(person));
  if (claimed.role !== 'desk' || openPost === undefined)
    return async () => ({ outcome: 'refused', code: 'gone', why: 'the place was never made' });
  const card = await composeCard(ctx, claimed);
  return async () => {
    const receipt = await openPost(card);
    if (receipt.outcome !== 'delivered' || receipt.address === undefined) return receipt;
    return { outcome: 'placed', address: receipt.address, ref: receipt.ref };
  };
}

/** The person's chat is asked for, which is an attempt of its own; where no request is needed, or the desk knows the chat as a place already, the message goes there. */
async function prepareChat(
  ctx: Context,
  channel: Channel,
  claimed: Claimed,
  open: () => Promise<Receipt>,
): Promise<Send> {
  const deliver = await prepareMessage(ctx, channel, claimed);
  return async () => {
    const receipt = await open();
    if (receipt.outcome === 'unknown')
      return { outcome: 'retry', afterMs: backoffMs(claimed.attempts), scope: 'place', why: receipt.why };
    if (receipt.outcome !== 'delivered' || receipt.address === undefined) return receipt;
    const { address } = receipt;
    const known = await ctx.database.sql`
      select from place where channel = ${claimed.channel} and address = ${address}`;
    if (known.count > 0) return deliver(address);
    if (!receipt.unasked) return { outcome: 'placed', address };
    const sent = await deliver(address);
    return sent.outcome === 'delivered' ? { ...sent, address } : sent;
  };
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
  if (claimed.kind === 'follow') return prepareFollow(ctx, channel, claimed);
  if ('emoji' in claimed.content)
    return prepareEcho(ctx, channel, { ...claimed, content: claimed.content }, address);
  if ('mark' in claimed.content) {
    if (react === undefined) return unable('put a mark');
    const { mark, on } = claimed.content;
    return () => react(mark, address, on);
  }
  if ('files' in claimed.content) return prepareFiles(ctx, channel, claimed, claimed.content, address);
  const deliver = await prepareMessage(ctx, channel, claimed);
  return () => deliver(address);
}

function notPrepared({ attempts }: Claimed): Send {
  const why = 'it could not be put together';
  return async () => ({ outcome: 'retry', afterMs: backoffMs(attempts), scope: 'place', why });
}
