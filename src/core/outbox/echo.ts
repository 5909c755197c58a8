import type { Channel, MessageRef } from '../channel/index.ts';
import type { Act, Context } from '../context.ts';
import { unable } from './change.ts';
import { lockLane, put } from './enqueue.ts';
import type { Claimed, Content, CustomerMessage, PlaceRole, Send } from './model.ts';

/** A reaction on a message of a place, that may stand on the other side too. */
export interface Echo {
  readonly placeId: number;
  readonly role: PlaceRole;
  readonly ref: MessageRef;
  /** One Unicode emoji. */
  readonly emoji: string;
}

type Meant = CustomerMessage & { readonly ticketId: number };

interface Target {
  readonly placeId: number;
  readonly role: PlaceRole;
  readonly channel: string;
}

/**
 * Shows on the other side whether this emoji stands on the message: on what the customer wrote when it is staff's, on what staff replied
 * when it is the customer's.
 */
export async function echoReaction(act: Act, echo: Echo): Promise<void> {
  const meant = await messageAt(act, echo);
  if (meant === undefined || meant.kind !== (echo.role === 'desk' ? 'request' : 'reply')) return;
  for (const target of await otherSide(act, meant, echo.role)) {
    if (act.channels.get(target.channel)?.echo === undefined) continue;
    act.last.push({ key: target.placeId, run: () => putEcho(act, target, meant, echo.emoji) });
  }
}

/** The message that was meant, by its own id or by that of a copy of ours. */
async function messageAt(act: Act, { placeId, ref }: Echo): Promise<Meant | undefined> {
  const rows = await act.tx<Meant[]>`
    select m.id, m.kind, m.ticket_id as "ticketId" from message m
    where m.deleted_at is null and not m.noted and m.id in (
      select id from message where place_id = ${placeId} and ref = ${ref}
      union all select message_id from delivery where place_id = ${placeId} and ref = ${ref} and kind = 'post' and message_id is not null)
    limit 1`;
  return rows[0];
}

/** Where the message stands on the other side, or is about to: a copy that waits gets the reaction behind it in its lane. */
async function otherSide(act: Act, { id }: Meant, role: PlaceRole): Promise<Target[]> {
  return act.tx<Target[]>`
    select p.id as "placeId", p.role, p.channel from place p where p.role <> ${role} and p.id in (
      select place_id from message where id = ${id} and ref is not null
      union all select place_id from delivery where message_id = ${id} and kind = 'post' and state not in ('cancelled', 'dead'))`;
}

/** Puts it in, unless that is waiting to be done already. */
async function putEcho(
  act: Act,
  target: Target,
  { ticketId, ...message }: Meant,
  emoji: string,
): Promise<void> {
  const { placeId, role } = target;
  await lockLane(act, placeId);
  const waiting = await act.tx`
    select from delivery where place_id = ${placeId} and kind = 'echo' and state = 'pending'
      and content ->> 'emoji' = ${emoji} and message_id = ${message.id}`;
  if (waiting.count > 0) return;
  await put(act, { placeId, role, ticketId, message, kind: 'echo', class: 'reply', content: { emoji } });
}

/** Shows on a message whether anybody on the other side has this reaction on it now. */
export async function prepareEcho(
  ctx: Context,
  { echo }: Channel,
  claimed: Claimed & { readonly content: Extract<Content, { emoji: string }> },
  address: string,
): Promise<Send> {
  if (echo === undefined) return unable('show a reaction');
  const { emoji } = claimed.content;
  const on = await standingIn(ctx, claimed);
  if (on === undefined) return async () => ({ outcome: 'cancelled' });
  const from: PlaceRole = claimed.role === 'desk' ? 'customer' : 'desk';
  const rows = await ctx.database.sql`
    select from reaction r join place p on p.id = r.place_id
    where p.role = ${from} and r.emoji = ${emoji} and r.is_on and (r.place_id, r.ref) in (
      select place_id, ref from message where id = ${claimed.messageId} and ref is not null
      union all select place_id, ref from delivery where message_id = ${claimed.messageId} and kind = 'post' and ref is not null)
    limit 1`;
  return () => echo(emoji, rows.count > 0, address, on);
}

/** The message in this place: its author's own words, or the first part of our copy; undefined when that never came. */
async function standingIn(ctx: Context, { messageId, placeId }: Claimed): Promise<MessageRef | undefined> {
  const [standing] = await ctx.database.sql<{ ref: string }[]>`
    select ref from (
      select ref, 0 as seq from message where id = ${messageId} and place_id = ${placeId}
      union all select ref, seq from delivery
        where message_id = ${messageId} and place_id = ${placeId} and kind = 'post' and state <> 'cancelled'
    ) known where ref is not null order by seq limit 1`;
  return standing?.ref;
}
