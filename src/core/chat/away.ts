import { type Act, channelOf } from '../context.ts';
import { enqueue } from '../outbox/index.ts';
import { MAIL } from '../preference/index.ts';
import {
  type EventOf,
  heldUntil,
  isAsker,
  lockTicket,
  placeOf,
  showTheirs,
  type TicketRow,
} from '../ticket/index.ts';
import { schedule, type Timer } from '../timer/index.ts';
import { withinMs } from '../within.ts';

/** Whoever has not read an answer by then, in ms after it was there, is taken to be away. */
const AWAY_MS = 120_000;
/** So long it is waited for whether something was read, in ms of real time. */
const ASK_MS = 2_000;

/** The customer may be away: after a while it is looked whether they have read the answer. */
export async function watchReply(
  act: Act,
  ticket: TicketRow,
  event: EventOf<'staff-replied'>,
): Promise<void> {
  if (event.said.text === '' || (await mailPlace(act, ticket.id)) === undefined) return;
  const { channel } = await placeOf(act, ticket);
  if (act.channels.get(channel)?.hasRead === undefined) return;
  const dueAt = new Date((heldUntil(act, act.at) ?? act.at).getTime() + AWAY_MS);
  await schedule(act, [{ ticketId: ticket.id, target: 'away:reply', cycle: event.message, step: '', dueAt }]);
}

/** An answer that was not read where the chat is goes into the mailbox that its customer has named, once. */
export async function mailUnread(act: Act, timer: Timer): Promise<void> {
  const ticket = await lockTicket(act, timer.ticketId);
  const [message] = await act.tx<{ body: string }[]>`
    select body from message where id = ${timer.cycle} and ticket_id = ${ticket.id} and kind = 'reply' and deleted_at is null and not noted`;
  const mail = await mailPlace(act, ticket.id);
  if (message === undefined || mail === undefined || (await isRead(act, ticket, timer.cycle))) return;
  const intro = mail.isKnown ? '' : `${act.phrases.say(ticket.locale, 'by-mail-first')}\n\n`;
  enqueue(act, {
    placeId: mail.id,
    role: 'customer',
    kind: mail.isKnown ? 'post' : 'thread',
    class: 'reply',
    ticketId: ticket.id,
    content: { text: intro + message.body },
    message: { id: timer.cycle, kind: 'reply' },
  });
}

/** The mailbox that was named last; `isKnown`: something was sent there already. */
async function mailPlace(
  act: Act,
  ticketId: number,
): Promise<{ readonly id: number; readonly isKnown: boolean } | undefined> {
  const [place] = await act.tx<{ id: number; isKnown: boolean }[]>`
    select p.id, exists (select from delivery d where d.place_id = p.id and d.state <> 'cancelled') as "isKnown"
    from place p join ticket t on t.id = p.ticket_id
    where p.ticket_id = ${ticketId} and p.channel = ${MAIL} and p.role = 'customer' and p.gone is null and p.id <> t.place_id
    order by p.id desc limit 1`;
  return place;
}

async function isRead(act: Act, ticket: TicketRow, messageId: number): Promise<boolean> {
  const [last] = await act.tx<{ ref: string; address: string; channel: string }[]>`
    select d.ref, p.address, p.channel from delivery d join place p on p.id = d.place_id
    where d.message_id = ${messageId} and d.place_id = ${ticket.placeId} and d.ref is not null and p.address is not null order by d.id desc limit 1`;
  if (last === undefined || !act.channels.has(last.channel)) return false;
  const { hasRead } = channelOf(act, last.channel);
  return (
    hasRead !== undefined &&
    (await withinMs(hasRead(last.address, last.ref), ASK_MS, false).catch(() => false))
  );
}

/**
 * What the customer wrote by mail stands in their chat too, so that the conversation there is whole; what somebody else wrote is not theirs. A
 * mailbox has what was written in another.
 */
export async function showInChat(
  act: Act,
  ticket: TicketRow,
  { said, author }: EventOf<'customer-wrote'>,
): Promise<void> {
  const wayOf = (channel: string) => act.channels.get(channel)?.limits.way;
  if (said.text === '' || wayOf(author.channel) !== 'mail') return;
  const place = await placeOf(act, ticket);
  if (wayOf(place.channel) === 'mail' || !(await isAsker(act, author, ticket))) return;
  showTheirs(act, place, ticket, said.text);
}
