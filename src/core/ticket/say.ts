import type { Handle } from '../actor.ts';
import type { Act } from '../context.ts';
import { type Content, type CustomerMessage, type DeskMessage, enqueue } from '../outbox/index.ts';
import { plain, splitMarkdown } from '../text/index.ts';
import { isAsker } from './asker.ts';
import type { TicketRow } from './model.ts';

/** A place that something is put in. */
export interface PlaceRow {
  readonly id: number;
  readonly channel: string;
}

/** Where the ticket's customer is. */
export async function placeOf(act: Act, ticket: TicketRow): Promise<PlaceRow> {
  const [place] = await act.tx<PlaceRow[]>`select id, channel from place where id = ${ticket.placeId}`;
  if (place === undefined) throw new Error(`ticket ${ticket.id} has no place`);
  return place;
}

/** The ticket's posts, one for each desk. */
export async function desksOf(act: Act, ticketId: number): Promise<readonly PlaceRow[]> {
  return act.tx<PlaceRow[]>`select id, channel from place where ticket_id = ${ticketId} and role = 'desk'`;
}

/** Until when a reply that was written then can be taken back; undefined when the policy gives no time for it. */
export function heldUntil(act: Act, writtenAt: Date): Date | undefined {
  const { undo } = act.policy.staff;
  return undo === 0 ? undefined : new Date(writtenAt.getTime() + undo * 1000);
}

/** Tells the customer something in the ticket's place: a phrase, or a reply cut to what the platform takes. */
export async function tellCustomer(
  act: Act,
  ticket: TicketRow,
  content: Content,
  message?: CustomerMessage,
  holdUntil?: Date,
): Promise<void> {
  const place = await placeOf(act, ticket);
  for (const part of partsFor(act, place, content))
    enqueue(act, {
      placeId: place.id,
      role: 'customer',
      kind: 'post',
      class: 'reply',
      ticketId: ticket.id,
      content: part,
      message,
      holdUntil,
    });
}

/**
 * What was written elsewhere, or with a command, is shown in the ticket's place, so that the conversation there is whole: as its customer's own words,
 * or as those of another contact of the account. That it cannot be shown is no loss: staff are not told.
 *
 * @param author who wrote it: with a command in a chat of theirs that all tickets share, the command itself is to be read
 */
export async function echo(
  act: Act,
  ticket: TicketRow,
  text: string,
  author: Pick<Handle, 'id'>,
): Promise<void> {
  const [place] = await act.tx<PlaceRow[]>`
    select id, channel from place where id = ${ticket.placeId}
      and (ticket_id is not null or handle_id is distinct from ${author.id}::bigint)`;
  if (place === undefined) return;
  const who = (await isAsker(act, author, ticket)) ? 'you' : 'colleague';
  showTheirs(act, place, ticket, text, who);
}

/** Shows the customer in a place what they, or a colleague of theirs, wrote elsewhere. */
export function showTheirs(
  act: Act,
  place: PlaceRow,
  { id, locale }: TicketRow,
  text: string,
  who: 'you' | 'colleague' = 'you',
): void {
  const by = plain(act.phrases.say(locale, who === 'you' ? 'show-from-you' : 'me-said-colleague'));
  for (const content of partsFor(act, place, { text, by }))
    enqueue(act, {
      placeId: place.id,
      role: 'customer',
      kind: 'post',
      class: 'reply',
      ticketId: id,
      content: { ...content, theirs: true },
    });
}

/** Tells staff something in each of the ticket's desk posts. */
export async function tellDesk(
  act: Act,
  ticketId: number,
  content: Content,
  message?: DeskMessage,
  except?: number,
): Promise<void> {
  const places = await desksOf(act, ticketId);
  for (const place of places.filter(one => one.id !== except))
    for (const part of partsFor(act, place, content))
      enqueue(act, {
        placeId: place.id,
        role: 'desk',
        kind: 'post',
        class: 'reply',
        ticketId,
        content: part,
        message,
      });
}

/** Room for what stands before a text: a name, or the number and subject of a ticket. */
const HEAD = 200;

/** The parts of a text as the place's platform takes them. */
export function partsFor(act: Act, place: Pick<PlaceRow, 'channel'>, content: Content): Content[] {
  if (!('text' in content)) return [content];
  // A channel that is off for now keeps what it will send; its limits are known again when it is on.
  const limits = act.channels.get(place.channel)?.limits;
  if (limits === undefined) return [content];
  const parts = splitMarkdown(content.text, limits.text - HEAD, limits.measure);
  return parts.map((text, index) => (index === 0 ? { ...content, text } : { text }));
}
