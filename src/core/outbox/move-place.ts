import { deliveryClasses } from '../channel/index.ts';
import { type Act, type Context, channelOf } from '../context.ts';
import { enqueue, refreshCards } from './enqueue.ts';
import type { Claimed, Content, CustomerMessage, Made } from './model.ts';
import type { Verdict } from './rules/decide.ts';
import { tellDesks } from './tell.ts';

/** Where a ticket goes on with its customer: in a place that is known already, or in one that is still to be made. */
export type Move = { readonly to: number } | { readonly to: 'new' };

/**
 * Whether the ticket goes on elsewhere. When its place is gone and the channel can make another, it does: once for each loss, and away
 * from where the lost one hung. It does too when the place that was made is one that other tickets of the person use already.
 */
export async function moveOf(
  ctx: Context,
  claimed: Claimed,
  verdict: Verdict,
  made: Made,
): Promise<Move | undefined> {
  const { role, kind, ticketId, shared, channel, address, near } = claimed;
  if (role !== 'customer' || ticketId === null || shared) return undefined;
  if (kind === 'thread' && made.address !== undefined) {
    const [known] = await ctx.database.sql<{ id: number }[]>`
      select id from place where channel = ${channel} and address = ${made.address} and role = 'customer' and id <> ${claimed.placeId}`;
    return known && { to: known.id };
  }
  const isNew = address === null && near === null;
  if (
    verdict.gone !== 'gone' ||
    verdict.everywhere === true ||
    isNew ||
    channelOf(ctx, channel).openThread === undefined
  )
    return undefined;
  return { to: 'new' };
}

/** Locks places, ticket and lanes, in this order. False when the ticket went elsewhere already. */
export async function lockForMove(act: Act, { placeId, ticketId }: Claimed, { to }: Move): Promise<boolean> {
  const known = to === 'new' ? placeId : to;
  await act.tx`select from place where id in (${placeId}, ${known}) order by id for no key update`;
  const ticket = await act.tx`
    select from ticket where id = ${ticketId} and place_id = ${placeId} for no key update`;
  await act.tx`
    select from lane where place_id in (
      select ${placeId}::bigint union all select ${known}::bigint union all select id from place where ticket_id = ${ticketId})
    order by place_id for update`;
  return ticket.count > 0;
}

/** The ticket goes on there, with all that waited and, when the place was gone, with what was refused. */
export async function moveTicket(act: Act, claimed: Claimed, { to }: Move): Promise<void> {
  const ticketId = claimed.ticketId as number;
  const waiting = await takeWaiting(act, claimed.placeId);
  const placeId = to === 'new' ? await newPlace(act, claimed) : to;
  await act.tx`update ticket set place_id = ${placeId} where id = ${ticketId}`;
  if (to === 'new') {
    const moved = { say: 'place-moved', args: { number: ticketId }, locale: await localeOf(act, ticketId) };
    const content = claimed.kind === 'thread' ? claimed.content : moved;
    enqueue(act, { placeId, role: 'customer', kind: 'thread', class: 'reply', ticketId, content });
    if (claimed.kind === 'post') again(act, placeId, claimed);
    await tellDesks(act, ticketId, { say: 'customer-moved', args: {}, locale: act.policy.staff.language });
  } else
    await act.tx`
      update place set ticket_id = null, current_ticket_id = ${ticketId}, gone = null where id = ${placeId}`;
  for (const one of waiting) again(act, placeId, one);
  await refreshCards(act, ticketId);
}

type Waiting = Pick<Claimed, 'kind' | 'rank' | 'ticketId' | 'messageId' | 'messageKind' | 'content'> & {
  readonly holdUntil: Date | null;
};

async function takeWaiting(act: Act, placeId: number): Promise<Waiting[]> {
  const waiting = await act.tx<Waiting[]>`
    select kind, rank, ticket_id as "ticketId", message_id as "messageId", message_kind as "messageKind", content, hold_until as "holdUntil"
    from delivery where place_id = ${placeId} and state in ('pending', 'retry') order by seq`;
  await act.tx`
    update delivery set state = 'cancelled', settled_at = ${act.at} where place_id = ${placeId} and state in ('pending', 'retry')`;
  await act.tx`update lane set backlog = 0, revision = revision + 1 where place_id = ${placeId}`;
  return waiting;
}

/** What changes a message goes with the message, which is gone. */
function again(act: Act, placeId: number, one: Omit<Waiting, 'holdUntil'> & Partial<Waiting>): void {
  if (one.kind !== 'post' || 'removed' in one.content) return;
  const { messageId, messageKind } = one;
  const isMessage = messageId !== null && (messageKind === 'reply' || messageKind === 'request');
  enqueue(act, {
    placeId,
    role: 'customer',
    kind: 'post',
    class: deliveryClasses[one.rank] ?? 'reply',
    ticketId: one.ticketId ?? undefined,
    content: one.content satisfies Content,
    message: isMessage ? ({ id: messageId, kind: messageKind } satisfies CustomerMessage) : undefined,
    holdUntil: one.holdUntil ?? undefined,
  });
}

async function newPlace(act: Act, { placeId }: Claimed): Promise<number> {
  const [row] = await act.tx<{ id: number }[]>`
    insert into place (channel, role, handle_id, ticket_id)
    select channel, role, handle_id, ticket_id from place where id = ${placeId} returning id`;
  if (row === undefined) throw new Error(`there is no place ${placeId}`);
  return row.id;
}

async function localeOf(act: Act, ticketId: number): Promise<string> {
  const [row] = await act.tx<{ locale: string }[]>`select locale from ticket where id = ${ticketId}`;
  return row?.locale ?? act.policy.desk.language;
}
