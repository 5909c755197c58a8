import { isPlatform, platformName } from '../channel/index.ts';
import type { Act } from '../context.ts';
import { canMail } from '../identity/index.ts';
import type { Content, PhraseButton } from '../outbox/index.ts';
import { raw } from '../text/index.ts';
import {
  actorName,
  type EventOf,
  promisedBy,
  type TicketRow,
  tellCustomer,
  tellDesk,
  whenSaid,
} from '../ticket/index.ts';

/** Chats of the customer elsewhere that are offered to go on in, at most. */
const CHATS = 2;

/** Staff see who made the chat a ticket. */
export async function tellDeskOfTicket(act: Act, ticket: TicketRow): Promise<void> {
  const locale = act.policy.staff.language;
  const own = act.actor.type === 'customer';
  const content: Content = own
    ? { say: 'desk-made-ticket-self', args: {}, locale }
    : { say: 'desk-made-ticket', args: { by: actorName(act) }, locale };
  await tellDesk(act, ticket.id, content);
}

/** Staff see that the card has more now. */
export async function tellDeskOfDetails(act: Act, ticket: TicketRow): Promise<void> {
  await tellDesk(act, ticket.id, { say: 'desk-details-given', args: {}, locale: act.policy.staff.language });
}

/** The customer is told in the same place, asked for what is missing, and offered to go on where they would rather be. */
export async function tellCustomerOfTicket(act: Act, ticket: TicketRow): Promise<void> {
  const { id: number, locale } = ticket;
  const dueAt = await promisedBy(act, ticket, 'first-reply');
  const buttons: PhraseButton[] = [
    { action: `details:${number}`, say: 'button-details', style: 'primary' },
    ...mailButton(act, number),
    ...(await chatButtons(act, ticket)),
  ];
  const content: Content =
    dueAt === undefined || dueAt <= act.at
      ? { say: 'chat-is-ticket-soon', args: { number }, locale, buttons }
      : { say: 'chat-is-ticket', args: { number, by: whenSaid(act, dueAt, locale) }, locale, buttons };
  await tellCustomer(act, ticket, content);
}

/** Nobody was there in the time that a chat promises: the customer is offered a ticket instead of being left waiting. */
export async function offerTicket(
  act: Act,
  ticket: TicketRow,
  { target }: EventOf<'promise-missed'>,
): Promise<void> {
  if (ticket.way !== 'chat' || target !== 'first-reply') return;
  const { id: number, locale } = ticket;
  const make: PhraseButton = { action: `make-ticket:${number}`, say: 'button-make-ticket', style: 'primary' };
  await tellCustomer(act, ticket, {
    say: 'chat-nobody',
    args: {},
    locale,
    buttons: [make, ...mailButton(act, number)],
  });
}

const mailButton = (act: Act, number: number): PhraseButton[] =>
  canMail(act) ? [{ action: `by-mail:${number}`, say: 'button-by-mail' }] : [];

/** Chats of the same contact on other platforms: only of somebody who has proved to be that contact. */
async function chatButtons(act: Act, ticket: TicketRow): Promise<PhraseButton[]> {
  const rows = await act.tx<{ id: number; channel: string }[]>`
    select distinct on (h.channel) h.id, h.channel from link own join link l on l.contact_id = own.contact_id and l.handle_id <> own.handle_id
      join handle h on h.id = l.handle_id
    where own.handle_id = ${ticket.handleId} order by h.channel, h.seen_at desc`;
  return rows
    .filter(({ channel }) => isChat(act, channel))
    .slice(0, CHATS)
    .map(({ id, channel }) => ({
      action: `go-on:${ticket.id}:${id}`,
      say: 'button-go-on',
      args: { platform: raw(platformName(channel)) },
    }));
}

/** Where the desk may begin a chat. */
function isChat(act: Act, kind: string): boolean {
  const channel = act.channels.get(kind);
  return channel?.openChat !== undefined && isPlatform(channel);
}
