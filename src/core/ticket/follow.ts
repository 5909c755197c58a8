import type { Act } from '../context.ts';
import { refreshCards, refreshHome } from '../outbox/index.ts';
import { oneLine, plain } from '../text/index.ts';
import { actorName, publicName } from './announce.ts';
import type { EventOf } from './events.ts';
import type { Move, TicketRow } from './model.ts';
import { heldUntil, tellCustomer, tellDesk } from './say.ts';

/** A customer's words reach every desk, under the customer's name. */
export async function passToDesks(
  act: Act,
  ticket: TicketRow,
  event: EventOf<'customer-wrote'>,
): Promise<void> {
  if (event.said.text === '') return;
  const by = oneLine(event.author.name || event.author.externalId, 60);
  await tellDesk(act, ticket.id, { text: event.said.text, by }, { id: event.message, kind: 'request' });
}

/** A reply reaches the customer, without the name of who wrote it, once its author has had the time to take it back. */
export async function passToCustomer(
  act: Act,
  ticket: TicketRow,
  event: EventOf<'staff-replied'>,
): Promise<void> {
  if (event.said.text === '') return;
  const message = { id: event.message, kind: 'reply' } as const;
  const content = { text: event.said.text, author: publicName(act) };
  await tellCustomer(act, ticket, content, message, heldUntil(act, act.at));
}

/** What was written at one desk is shown at the others. */
export async function passToOtherDesks(
  act: Act,
  ticket: TicketRow,
  event: EventOf<'staff-replied' | 'note-added'>,
): Promise<void> {
  if (event.said.text === '') return;
  const kind = event.type === 'note-added' ? 'note' : 'reply';
  const by = plain(act.phrases.say(act.policy.staff.language, `desk-by-${kind}`, { name: actorName(act) }));
  const from = event.said.placeId ?? undefined;
  await tellDesk(act, ticket.id, { text: event.said.text, by }, { id: event.message, kind }, from);
}

/** The cards show the ticket as it is now. */
export async function showCards(act: Act, ticket: TicketRow): Promise<void> {
  await refreshCards(act, ticket.id);
}

/** The customer's own page shows the ticket as it is now. */
export async function showHome(act: Act, ticket: TicketRow): Promise<void> {
  await refreshHome(act, ticket.handleId, 'reminder');
}

const toldCustomer: Readonly<Partial<Record<Move, string>>> = {
  wait: 'ticket-waiting',
  solve: 'ticket-solved',
  close: 'ticket-closed',
  reopen: 'ticket-reopened',
};

/** The customer is told where the ticket stands; that it goes on after their own answer goes without saying. */
export async function tellCustomerOfMove(
  act: Act,
  ticket: TicketRow,
  event: EventOf<'moved'>,
): Promise<void> {
  const say = toldCustomer[event.by];
  if (say !== undefined)
    await tellCustomer(act, ticket, { say, args: { number: ticket.id }, locale: ticket.locale });
}

/** Staff are told when the customer closed the ticket. */
export async function tellDeskOfClose(act: Act, ticket: TicketRow, event: EventOf<'moved'>): Promise<void> {
  if (event.by === 'close' && act.actor.type === 'customer')
    await tellDesk(act, ticket.id, { say: 'customer-closed', args: {}, locale: act.policy.staff.language });
}
