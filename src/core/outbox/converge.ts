import type { Act } from '../context.ts';
import { put } from './enqueue.ts';
import type { Content, CustomerMessage, DeliveryDraft, DeskMessage } from './model.ts';
import { tellOfReply } from './tell.ts';

/** The copies of a message in one place, and what they are to show. */
export type Copies = {
  readonly placeId: number;
  readonly channel: string;
  readonly ticketId: number;
  /** One for each part of the text; none when the message is taken back. */
  readonly wanted: readonly Content[];
  /** Nobody there is to see it any more. */
  readonly takenBack: boolean;
  /** What is left in the place of a message that was taken back after somebody may have seen it; absent when nothing is. */
  readonly tombstone?: Content;
  /** Says that a message was changed, where it cannot be changed itself: goes before the new text. */
  readonly changed: string;
} & (
  | { readonly role: 'customer'; readonly message: CustomerMessage }
  | { readonly role: 'desk'; readonly message: DeskMessage }
);

interface Part {
  readonly id: number;
  readonly state: 'pending' | 'sending' | 'retry' | 'sent' | 'unknown' | 'dead';
  readonly doubt: boolean;
  readonly holdUntil: Date | null;
  readonly content: Content;
}

/**
 * Locks the lanes of all places of a ticket and of all copies of the message, in the shared order. After this no place and no ticket may
 * be locked.
 */
export async function lockLanesOf(act: Act, ticketId: number, messageId: number): Promise<void> {
  await act.tx`
    select from lane where place_id in (
      select place_id from ticket where id = ${ticketId} union all select id from place where ticket_id = ${ticketId}
      union all select place_id from delivery where message_id = ${messageId})
    order by place_id for update`;
}

/**
 * Makes the copies of a message show what is wanted. What is not sent yet is changed where it waits, or cancelled; what is sent, or may
 * be, is changed by a delivery of its own, behind it in the same lane. Call it with the lane locked (`lockLanesOf`).
 */
export async function converge(act: Act, copies: Copies): Promise<void> {
  const parts = await act.tx<Part[]>`
    select id, state, doubt, content, hold_until as "holdUntil" from delivery
    where place_id = ${copies.placeId} and message_id = ${copies.message.id} and kind in ('post', 'thread') and state <> 'cancelled'
      and not content ? 'removed' order by seq`;
  const { tombstone, takenBack } = copies;
  const texts = parts.filter(part => !('files' in part.content));
  const wanted = tombstone !== undefined && parts.some(isShown) ? [tombstone] : copies.wanted;
  const cancelled: Part[] = [];
  for (const part of parts) {
    const index = texts.indexOf(part);
    // Files are not changed, but they go with their message.
    if (index < 0 && !takenBack) continue;
    if (await fit(act, copies, part, wanted[index])) cancelled.push(part);
  }
  // Of a message that failed as a whole no part goes alone.
  if (parts.some(part => part.state !== 'dead'))
    for (const content of wanted.slice(texts.length)) await put(act, ofMessage(copies, 'post', content));
  await wakeLane(
    act,
    copies.placeId,
    cancelled.some(part => isHeld(act, part)),
  );
  if (cancelled.length > 0 && copies.message.kind === 'reply' && copies.role === 'customer')
    await tellOfReply(act, copies.ticketId, copies.message.id);
}

/** It is on the platform, or may be. */
function isShown({ state, doubt }: Part): boolean {
  return state === 'sending' || state === 'sent' || state === 'unknown' || (state === 'retry' && doubt);
}

/** True when the part was cancelled. */
async function fit(act: Act, copies: Copies, part: Part, wanted: Content | undefined): Promise<boolean> {
  const content = wanted ?? ({ removed: true } as const);
  const next = 'text' in content && 'text' in part.content ? { ...part.content, ...content } : content;
  if (isSame(part.content, next)) return false;
  const cancelled =
    wanted === undefined && (part.state === 'pending' || (part.state === 'retry' && !part.doubt));
  await act.tx`
    update delivery set content = ${JSON.stringify(next)}::jsonb, state = case when ${cancelled} then 'cancelled' else state end,
      settled_at = case when ${cancelled} then ${act.at} else settled_at end
    where id = ${part.id}`;
  if (isShown(part)) await change(act, copies, part, next);
  return cancelled;
}

/** A channel that is off now shows it when it is on again, if it can. */
async function change(act: Act, copies: Copies, part: Part, content: Content): Promise<void> {
  const channel = act.channels.get(copies.channel);
  const [canEdit, canRemove] = [channel?.edit, channel?.remove].map(
    one => channel === undefined || one !== undefined,
  );
  if ('removed' in content ? canRemove : canEdit) return putFollow(act, copies, part.id);
  if ('text' in content)
    return put(act, beside(copies, { ...content, text: `${copies.changed}\n\n${content.text}` }));
  if ('removed' in content) return;
  // The words of a tombstone stand for themselves; the message goes where it can.
  await put(act, beside(copies, content));
  if (!canRemove) return;
  await act.tx`update delivery set content = '{"removed": true}' where id = ${part.id}`;
  await putFollow(act, copies, part.id);
}

async function putFollow(act: Act, copies: Copies, targetId: number): Promise<void> {
  const waiting = await act.tx`
    select from delivery where place_id = ${copies.placeId} and target_id = ${targetId} and state = 'pending'`;
  if (waiting.count === 0) await put(act, { ...ofMessage(copies, 'follow', { follow: true }), targetId });
}

function ofMessage(copies: Copies, kind: 'post' | 'follow', content: Content): DeliveryDraft {
  const { placeId, ticketId } = copies;
  const base = { placeId, ticketId, kind, class: 'reply', content } as const;
  return copies.role === 'customer'
    ? { ...base, role: 'customer', message: copies.message }
    : { ...base, role: 'desk', message: copies.message };
}

/** Says something of the message, and is no copy of it. */
function beside({ placeId, role, ticketId }: Copies, content: Content): DeliveryDraft {
  return { placeId, role, ticketId, kind: 'post', class: 'reply', content };
}

/** What was cancelled holds up nobody: the lane counts anew, and when it slept for what was held, it is due within a second. */
async function wakeLane(act: Act, placeId: number, slept: boolean): Promise<void> {
  const soon = slept ? new Date(act.at.getTime() + 1000) : null;
  await act.tx`
    update lane set revision = lane.revision + 1, backlog = open.n, rank = coalesce(open.rank, lane.rank),
      wake_at = greatest(least(lane.wake_at, ${soon}::timestamptz), head.hold_until)
    from (select count(*) as n, min(rank) as rank from delivery
        where place_id = ${placeId} and state in ('pending', 'sending', 'retry')) open
      left join lateral (select hold_until from delivery
        where place_id = ${placeId} and state in ('pending', 'sending', 'retry') order by seq limit 1) head on true
    where lane.place_id = ${placeId}`;
}

function isHeld(act: Act, { state, holdUntil }: Part): boolean {
  return state === 'pending' && holdUntil !== null && holdUntil > act.at;
}

function isSame(a: Content, b: Content): boolean {
  const sorted = (one: Content): string =>
    JSON.stringify(Object.entries(one).toSorted(([x], [y]) => (x < y ? -1 : 1)));
  return sorted(a) === sorted(b);
}
