import type { Act } from '../context.ts';
import { enqueue, refreshCards } from './enqueue.ts';
import type { Claimed, Content } from './model.ts';
import type { Verdict } from './rules/decide.ts';

/** Whether staff are to see what came of a delivery: of one to the customer that is a reply, or that failed. */
export function tells(
  { role, messageId, messageKind, kind, dispatchId, callId, content }: Claimed,
  { state }: Verdict,
): boolean {
  if (dispatchId !== null || callId !== null || ('theirs' in content && content.theirs)) return false;
  const isReply = messageId !== null && messageKind === 'reply' && kind === 'post';
  return role === 'customer' && state !== 'retry' && (isReply || state !== 'sent');
}

/** Shows staff what became of their reply, and of anything the customer did not get. */
export async function tell(act: Act, claimed: Claimed, verdict: Verdict): Promise<void> {
  const { ticketId, messageId } = claimed;
  if (ticketId === null) return;
  if (verdict.gone !== null) await refreshCards(act, ticketId);
  const failed = verdict.state === 'dead' || verdict.state === 'unknown';
  const isReply = messageId !== null && claimed.messageKind === 'reply' && claimed.kind === 'post';
  if (failed && !isReply) await tellDesks(act, ticketId, troubleOf(act, claimed, verdict));
  if (isReply) await tellOfReply(act, ticketId, messageId);
}

/** What staff are told of a delivery that is no reply; a reaction that does not cross is nobody's trouble. */
function troubleOf(act: Act, { kind }: Claimed, verdict: Verdict): Content | undefined {
  if (kind === 'echo') return undefined;
  if (kind === 'follow') return words(act, 'change-failed', verdict.why);
  return verdict.state === 'unknown'
    ? words(act, 'delivery-unknown')
    : words(act, 'delivery-failed', verdict.why);
}

function words(act: Act, say: string, why: string | null = null): Extract<Content, { say: string }> {
  const locale = act.policy.staff.language;
  return { say, args: { reason: { raw: act.phrases.say(locale, reasonKey(why)) } }, locale };
}

/** Words for staff: something did not reach the customer. */
export function troubleWith(act: Act, why: string | null): Content {
  return words(act, 'delivery-failed', why);
}

/** Says something in each of the ticket's desk posts. */
export async function tellDesks(act: Act, ticketId: number, content: Content | undefined): Promise<void> {
  if (content === undefined) return;
  for (const placeId of await desksOf(act, ticketId))
    enqueue(act, { placeId, role: 'desk', kind: 'post', class: 'reply', ticketId, content });
}

/** The key of the words for why something failed. */
export function reasonKey(why: string | null): string {
  switch (why) {
    case 'blocked':
    case 'gone':
    case 'gave-up':
      return `reason-${why}`;
    default:
      return 'reason-refused';
  }
}

/**
 * A reply may have been cut in parts: its mark waits for the last, and one that failed decides. Then staff are told once, with a button
 * that sends again what the customer did not get.
 */
export async function tellOfReply(act: Act, ticketId: number, messageId: number): Promise<void> {
  const rows = await act.tx<
    {
      open: boolean;
      dead: boolean;
      unknown: boolean;
      why: string | null;
      placeId: number | null;
      ref: string | null;
    }[]
  >`
    select bool_or(d.state in ('pending', 'sending', 'retry')) as open, bool_or(d.state = 'dead') as dead,
      bool_or(d.state = 'unknown') as unknown, (array_agg(d.error) filter (where d.state = 'dead'))[1] as why,
      m.place_id as "placeId", m.ref
    from delivery d join message m on m.id = d.message_id
    where d.message_id = ${messageId} and d.place_role = 'customer' and d.kind = 'post' and d.state <> 'cancelled'
      and d.dispatch_id is null
      and m.deleted_at is null and not m.noted group by m.place_id, m.ref`;
  const parts = rows[0];
  if (parts === undefined || parts.open) return;
  const { placeId, ref } = parts;
  const mark = parts.dead ? 'failed' : parts.unknown ? 'unknown' : 'sent';
  const buttons = [{ action: `resend:${messageId}`, say: 'button-resend' }] as const;
  if (mark === 'failed')
    await tellDesks(act, ticketId, { ...words(act, 'delivery-failed', parts.why), buttons });
  if (mark === 'unknown') await tellDesks(act, ticketId, { ...words(act, 'delivery-unknown'), buttons });
  if (placeId !== null && ref !== null)
    enqueue(act, {
      placeId,
      role: 'desk',
      kind: 'react',
      class: 'reply',
      ticketId,
      content: { mark, on: ref },
    });
}

async function desksOf(act: Act, ticketId: number): Promise<number[]> {
  const rows = await act.tx<
    { id: number }[]
  >`select id from place where ticket_id = ${ticketId} and role = 'desk'`;
  return rows.map(row => row.id);
}
