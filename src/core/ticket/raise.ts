import { type Act, type Context, transact } from '../context.ts';
import { pack, passedFiles } from '../file/index.ts';
import { type Content, type DeskMessage, enqueue } from '../outbox/index.ts';
import type { MessageRow } from './known.ts';
import type { TicketRequest } from './model.ts';
import { deskChannels, longTexts } from './open.ts';
import { type PlaceRow, partsFor } from './say.ts';
import { headingOf } from './show-anew.ts';

/** Tickets that one round puts on a desk. */
const AT_ONCE = 50;
/** Messages that a new post begins with: what was said last. */
const EARLIER = 20;

/**
 * Puts open tickets on the desks that do not show them, with what was said so far: a desk that was off when they were opened, or is
 * new. After the first round that finds none it rests, because `open` puts every later ticket on every desk that is on.
 */
export function raisePosts(ctx: Context): () => Promise<void> {
  const waiting = new Set(deskChannels(ctx));
  return async () => {
    for (const channel of waiting) if ((await raiseOn(ctx, channel)) === 0) waiting.delete(channel);
  };
}

/** The tickets are locked before the look, so that whatever is said meanwhile is said to the new posts too, once. */
async function raiseOn(ctx: Context, channel: string): Promise<number> {
  return transact(ctx, { type: 'system' }, async act => {
    const { tx } = act;
    const missing = tx`not exists (
      select from place p where p.ticket_id = t.id and p.role = 'desk' and p.channel = ${channel})`;
    const tickets = await tx<{ id: number }[]>`
      select t.id from ticket t where t.state <> 'closed' and ${missing} order by t.id limit ${AT_ONCE} for no key update`;
    const places = await tx<(PlaceRow & { ticketId: number })[]>`
      insert into place (channel, role, ticket_id)
      select ${channel}, 'desk', t.id from ticket t where t.id = any(${tickets.map(one => one.id)}::bigint[]) and ${missing} order by t.id
      returning id, channel, ticket_id as "ticketId"`;
    for (const place of places) await fill(act, place, place.ticketId);
    return tickets.length;
  });
}

/** The card, and below it what was said. */
async function fill(act: Act, place: PlaceRow, ticketId: number): Promise<void> {
  const to = { placeId: place.id, role: 'desk', ticketId } as const;
  enqueue(act, { ...to, kind: 'desk-post', class: 'reply', content: { card: true } });
  const tell = (content: Content, message: DeskMessage): void => {
    for (const part of partsFor(act, place, content))
      enqueue(act, { ...to, kind: 'post', class: 'reminder', content: part, message });
  };
  const [first, ...rest] = await act.tx<(MessageRow & Pick<TicketRequest, 'facts'>)[]>`
    select m.id, m.kind, m.handle_id as "handleId", m.body, m.noted, m.deleted_at as "deletedAt", t.facts
    from message m join ticket t on t.id = m.ticket_id where m.ticket_id = ${ticketId} order by m.id`;
  if (first === undefined) return;
  const files = await passedFiles(act, ticketId);
  const bring = (message: MessageRow, by: string | undefined): void => {
    const locale = act.policy.staff.language;
    for (const one of pack(files.get(message.id) ?? [], act.channels.get(place.channel)?.limits.files))
      enqueue(act, { ...to, kind: 'post', class: 'reminder', content: { ...one, locale, by }, message });
  };
  for (const text of longTexts(act, { description: first.body, facts: first.facts })) tell({ text }, first);
  bring(first, await headingOf(act, first));
  const isThere = (one: MessageRow): boolean =>
    one.deletedAt === null && (one.body !== '' || files.has(one.id));
  for (const one of rest.filter(isThere).slice(-EARLIER)) {
    const by = await headingOf(act, one);
    if (one.body !== '') tell({ text: one.body, by }, one);
    bring(one, by);
  }
}
