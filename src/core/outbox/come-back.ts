import type { Bounced, ChannelKind } from '../channel/index.ts';
import type { Act } from '../context.ts';
import { refreshCards } from './enqueue.ts';
import { tellDesks, tellOfReply, troubleWith } from './tell.ts';

interface Sent {
  readonly id: number;
  readonly placeId: number;
  readonly ticketId: number | null;
  readonly messageId: number | null;
  readonly messageKind: string | null;
  readonly dispatchId: number | null;
  readonly callId: number | null;
}

/**
 * What was taken by the platform has come back: its delivery gets that receipt after all, and staff see it where they would have seen a refusal. A
 * mailbox that is not there is not written to until somebody writes from it.
 */
export async function comeBack(act: Act, channel: ChannelKind, { delivery, code }: Bounced): Promise<void> {
  const [sent] = await act.tx<Sent[]>`
    update delivery d set state = 'dead', error = ${code}, settled_at = ${act.at}
    from place p where d.id = ${delivery.delivery}::bigint and d.created_at = ${delivery.at} and d.state in ('sent', 'unknown')
      and p.id = d.place_id and p.channel = ${channel} and p.role = 'customer'
    returning d.id, d.place_id as "placeId", d.ticket_id as "ticketId", d.message_id as "messageId", d.message_kind as "messageKind",
      d.dispatch_id as "dispatchId", d.call_id as "callId"`;
  if (sent === undefined) return;
  if (code === 'gone')
    await act.tx`update place set gone = 'gone' where id = ${sent.placeId} and gone is null`;
  if (sent.dispatchId !== null) {
    await act.tx`
      update dispatch set state = 'trying', due_at = ${act.at}, why = null, settled_at = null where id = ${sent.dispatchId} and state = 'sent'`;
    return;
  }
  if (sent.ticketId === null || sent.callId !== null) return;
  if (code === 'gone') await refreshCards(act, sent.ticketId);
  if (sent.messageId !== null && sent.messageKind === 'reply')
    await tellOfReply(act, sent.ticketId, sent.messageId);
  else await tellDesks(act, sent.ticketId, troubleWith(act, code));
}
