import { type Act, channelOf } from '../context.ts';
import type { PhraseButton } from '../outbox/index.ts';
import { raw } from '../text/index.ts';
import { type EventOf, happened, type TicketRow, tellCustomer } from '../ticket/index.ts';
import { type RatingAnswer, ratingAnswers } from './model.ts';
import { signRating } from './rules/token.ts';

/**
 * After a ticket was solved, or closed, its customer is asked how it went: where they are, once for each ticket, and only where a person has
 * answered them. With `ratings.pause` an account that was asked lately is left alone.
 */
export async function askHowItWent(act: Act, ticket: TicketRow, event: EventOf<'moved'>): Promise<void> {
  if (event.by !== 'solve' && event.by !== 'close') return;
  const { ask, pause } = act.policy.ratings;
  if (!ask || !(await canAsk(act, ticket))) return;
  const since = new Date(act.at.getTime() - (pause ?? 0) * 1000);
  const asked = await act.tx`
    insert into rating (ticket_id, asked_at) select ${ticket.id}, ${act.at}
    where exists (select from message where ticket_id = ${ticket.id} and kind = 'reply' and deleted_at is null and not noted)
      and not (${pause !== undefined} and exists (
        select from rating r join ticket t on t.id = r.ticket_id
        where r.asked_at > ${since} and (t.handle_id = ${ticket.handleId} or t.account_id = ${ticket.accountId})))
    on conflict do nothing`;
  if (asked.count === 0) return;
  await happened(act, ticket, { type: 'rating-asked' });
  await put(act, ticket);
}

async function channelOfTicket(act: Act, ticket: TicketRow): Promise<string | undefined> {
  const [place] = await act.tx<{ channel: string }[]>`select channel from place where id = ${ticket.placeId}`;
  return place !== undefined && act.channels.has(place.channel) ? place.channel : undefined;
}

/** By mail it is asked with links, which must lead somewhere. */
async function canAsk(act: Act, ticket: TicketRow): Promise<boolean> {
  const channel = await channelOfTicket(act, ticket);
  if (channel === undefined) return false;
  return channelOf(act, channel).limits.subject === undefined || act.files.links !== undefined;
}

/** In a chat as buttons, by mail as links. */
async function put(act: Act, ticket: TicketRow): Promise<void> {
  const { id: number, locale } = ticket;
  const channel = await channelOfTicket(act, ticket);
  if (channel === undefined) return;
  const args = { number };
  if (channelOf(act, channel).limits.subject === undefined)
    return tellCustomer(act, ticket, { say: 'rate-ask', args, locale, buttons: ratingButtons(number) });
  const { links } = act.files;
  if (links === undefined) return;
  const token = signRating(number, await links.secret());
  const link = (answer: RatingAnswer) => raw(`<${links.publicUrl}/rate/${token}?how=${answer}>`);
  const by = { good: link('good'), fair: link('fair'), bad: link('bad') };
  await tellCustomer(act, ticket, { say: 'rate-ask-mail', args: { ...args, ...by }, locale, secret: true });
}

/** The answers as buttons. */
export function ratingButtons(ticketId: number): readonly PhraseButton[] {
  return ratingAnswers.map(answer => ({ action: `rate:${ticketId}:${answer}`, say: `rate-${answer}` }));
}
