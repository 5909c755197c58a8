import type { Handle } from '../actor.ts';
import { type Answer, isPlatform, platformName } from '../channel/index.ts';
import { type Act, channelOf } from '../context.ts';
import { Refusal } from '../errors.ts';
import { enqueue, ownPlace, refreshCards, refreshHome } from '../outbox/index.ts';
import { oneLine, raw } from '../text/index.ts';
import { lockOwnTicket, readNumber, tellDesk } from '../ticket/index.ts';

/** The ticket goes on in another chat of the same contact, who has proved to be the one in both. */
export async function goOn(act: Act, owner: Handle, typed: string, handleId: string): Promise<Answer> {
  const number = readNumber(typed);
  const nowhere = new Refusal('goes-on-nowhere', { number });
  const [there] = await act.tx<{ id: number; channel: string; locale: string | null }[]>`
    select h.id, h.channel, h.locale from link own join link l on l.contact_id = own.contact_id and l.handle_id <> own.handle_id
      join handle h on h.id = l.handle_id
    where own.handle_id = ${owner.id} and h.id = ${/^[1-9]\d{0,14}$/.test(handleId) ? Number(handleId) : 0}`;
  if (there === undefined || !act.channels.has(there.channel)) throw nowhere;
  const channel = channelOf(act, there.channel);
  const apart = channel.limits.places === 'per-ticket' && channel.openThread !== undefined;
  if (!isPlatform(channel) || (!apart && channel.openChat === undefined)) throw nowhere;
  await act.tx`select from ticket where id = ${number} and handle_id = ${owner.id}`.then(({ count }) => {
    if (count === 0) throw new Refusal('ticket-not-found', { number });
  });
  const place = await ownPlace(act, there, apart ? number : null);
  await act.tx`select from place where id = ${place.id} or current_ticket_id = ${number} order by id for no key update`;
  const ticket = await lockOwnTicket(act, owner, number);
  if (ticket.state === 'closed') throw new Refusal('cannot-from-state');
  await act.tx`update place set current_ticket_id = null where current_ticket_id = ${number}`;
  await act.tx`update ticket set handle_id = ${there.id}, place_id = ${place.id}, updated_at = ${act.at} where id = ${number}`;
  if (!apart) await act.tx`update place set current_ticket_id = ${number} where id = ${place.id}`;
  const platform = raw(platformName(there.channel));
  const locale = act.phrases.match(there.locale ?? ticket.locale);
  enqueue(act, {
    placeId: place.id,
    role: 'customer',
    kind: apart && place.isNew ? 'thread' : 'post',
    class: 'reply',
    ticketId: number,
    content: { say: 'goes-on-here', args: { number, subject: oneLine(ticket.subject, 120) }, locale },
  });
  await tellDesk(act, number, { say: 'desk-goes-on', args: { platform }, locale: act.policy.staff.language });
  await refreshCards(act, number);
  await refreshHome(act, there.id, 'reminder');
  return { type: 'say', text: act.phrases.say(owner.locale, 'goes-on-there', { platform }), done: true };
}
