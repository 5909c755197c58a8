import type { SqlRunner } from '../../../drizzle/database.ts';
import type { Handle } from '../actor.ts';
import type { ChannelKind, Sender } from '../channel/index.ts';
import { rankOf } from '../channel/index.ts';
import type { Act, Context } from '../context.ts';
import { nameOf } from '../identity/index.ts';
import { CARD_BODY, CARD_FACT, type Content, enqueue } from '../outbox/index.ts';
import { priorityOf } from '../policy/index.ts';
import { formatWhen, literal, literalInline, plain, splitMarkdown } from '../text/index.ts';
import type { TicketRequest } from './model.ts';

/** A ticket to be opened. */
export interface Opening {
  readonly channel: ChannelKind;
  readonly from: Sender;
  readonly locale: string;
  readonly request: TicketRequest;
  /** The platform's event that opens it: kept as its receipt. Null when the receipt is in the database already. */
  readonly eventId: string | null;
  /** The person's own chat, where all tickets share one; null where a place is made for each. */
  readonly sharedPlaceId: number | null;
  readonly near: string | null;
}

/** What was opened; undefined from `open` when the event had its effect before. */
export interface Opened {
  readonly number: number;
  /** What the person is told, and by when they hear from us. */
  readonly acknowledgement: Extract<Content, { say: string }>;
}

interface Item {
  readonly role: 'customer' | 'desk';
  readonly channel: ChannelKind;
  readonly seq: number;
  readonly rank: number;
  readonly kind: 'thread' | 'desk-post' | 'post';
  readonly content: Content;
  /** It carries the request itself. */
  readonly about: boolean;
}

/**
 * Opens a ticket in one statement: receipt, person, ticket, message, event, places, lanes and deliveries stand or fall together.
 * One statement measured 2.5 times five of them (DESIGN.md §5).
 */
export async function open(ctx: Context, run: SqlRunner, opening: Opening): Promise<Opened | undefined> {
  const { from, request } = opening;
  const at = ctx.now();
  const dueAt = new Date(at.getTime() + (priorityOf(ctx.policy, request.priority)?.first_reply ?? 0) * 1000);
  const acknowledgement = acknowledge(ctx, opening, dueAt, at);
  const items = [...deskItems(ctx, opening), ...customerItems(opening, acknowledgement)];
  const desks = [...new Set(items.filter(item => item.role === 'desk').map(item => item.channel))];
  const rows = await run<{ number: number }[]>`
    with once as (
      insert into receipt (channel, event_id, state, run_at, received_at)
      select ${opening.channel}, ${opening.eventId}::text, 'done', ${at}, ${at} where ${opening.eventId}::text is not null
      on conflict do nothing returning 1
    ), who as (
      insert into handle (channel, space, external_id, name, locale, seen_at)
      select ${opening.channel}, ${from.space}, ${from.externalId}, ${nameOf(from)}, ${from.locale ?? null}, ${at}
      where ${opening.eventId}::text is null or exists (select from once)
      on conflict (channel, space, external_id) do update set seen_at = excluded.seen_at,
        name = coalesce(nullif(excluded.name, ''), handle.name), locale = coalesce(excluded.locale, handle.locale)
      returning id
    ), ids as (
      select who.id as handle, nextval('ticket_id_seq') as ticket, nextval('message_id_seq') as message,
        coalesce(${opening.sharedPlaceId}::bigint, nextval('place_id_seq')) as place
      from who
    ), desk as (
      insert into place (channel, role, ticket_id)
      select name, 'desk', ids.ticket from ids, unnest(${desks}::text[]) as name
      returning id, channel, role
    ), own as (
      insert into place (id, channel, role, handle_id, ticket_id, near)
      select place, ${opening.channel}, 'customer', handle, ticket, ${opening.near} from ids where ${opening.sharedPlaceId}::bigint is null
      returning id, channel, role
    ), filed as (
      insert into ticket (id, state, priority, department, subject, facts, locale, handle_id, place_id, opened_at, first_reply_due_at, updated_at)
      select ticket, 'open', ${request.priority}, ${request.department}, ${request.subject}, ${JSON.stringify(request.facts)}::jsonb,
        ${opening.locale}, handle, place, ${at}, ${dueAt}, ${at} from ids
    ), said as (
      insert into message (id, ticket_id, kind, handle_id, body, at)
      select message, ticket, 'request', handle, ${request.description}, ${at} from ids
    ), noted as (
      insert into event (ticket_id, type, handle_id, at) select ticket, 'opened', handle, ${at} from ids
    ), news as (
      select p.id as place, p.channel as via, item.* from (select * from desk union all select * from own) p
      join jsonb_to_recordset(${JSON.stringify(items)}::jsonb)
        as item(role text, channel text, seq int, rank smallint, kind text, content jsonb, about boolean)
        on item.role = p.role and item.channel = p.channel
    ), lanes as (
      insert into lane (place_id, channel, tail, backlog, rank, wake_at, opens)
      select place, via, max(seq), count(*), min(rank), ${at}, bool_or(kind <> 'post') from news group by place, via
    ), queued as (
      insert into delivery (place_id, place_role, seq, rank, kind, ticket_id, message_id, message_kind, content, state, created_at)
      select news.place, role, seq, news.rank, kind, ids.ticket, case when about then ids.message end, case when about then 'request' end,
        content, 'pending', ${at}
      from news, ids
    )
    select ticket as number from ids`;
  const number = rows[0]?.number;
  if (number === undefined) return undefined;
  return { number, acknowledgement: { ...acknowledgement, args: { ...acknowledgement.args, number } } };
}

/** Opens a ticket from the person's own chat, where the receipt is in the database already, and makes it the current one. */
export async function openInChat(
  act: Act,
  handle: Handle,
  from: Sender,
  placeId: number,
  request: TicketRequest,
): Promise<void> {
  const opened = await open(act, act.tx, {
    channel: handle.channel,
    from,
    locale: handle.locale,
    request,
    eventId: null,
    sharedPlaceId: placeId,
    near: null,
  });
  if (opened === undefined)
    throw new Error('a ticket without a receipt of its own cannot have been opened before');
  await act.tx`update place set current_ticket_id = ${opened.number} where id = ${placeId}`;
  for (const kind of deskChannels(act)) act.touched.add(kind);
  enqueue(act, {
    placeId,
    role: 'customer',
    kind: 'post',
    class: 'reply',
    ticketId: opened.number,
    content: opened.acknowledgement,
  });
}

/** The channels that hold a desk: those that can open a staff post. */
export function deskChannels(ctx: Context): ChannelKind[] {
  return [...ctx.channels.values()]
    .filter(channel => channel.openPost !== undefined)
    .map(channel => channel.kind);
}

/** The number is known only to the statement: `compose` puts the ticket's own in. */
function acknowledge(ctx: Context, opening: Opening, dueAt: Date, at: Date): Opened['acknowledgement'] {
  const { request, locale } = opening;
  const critical = priorityOf(ctx.policy, request.priority)?.critical === true;
  const by = formatWhen(dueAt, locale, ctx.policy.desk.zone, at, { zone: 'abbreviation' });
  return {
    say: critical ? 'ticket-opened-critical' : 'ticket-opened',
    args: { number: 0, subject: request.subject, by },
    locale,
  };
}

function customerItems(opening: Opening, content: Content): Item[] {
  if (opening.sharedPlaceId !== null) return [];
  return [
    {
      role: 'customer',
      channel: opening.channel,
      seq: 1,
      rank: rankOf('reply'),
      kind: 'thread',
      content,
      about: false,
    },
  ];
}

function deskItems(ctx: Context, { request }: Opening): Item[] {
  const rank = rankOf('reply');
  return deskChannels(ctx).flatMap(channel => {
    const limits = ctx.channels.get(channel)?.limits;
    const long = longTexts(ctx, request);
    const rest = limits ? long.flatMap(text => splitMarkdown(text, limits.text, limits.measure)) : long;
    const posts = rest.map((text, index) => ({
      kind: 'post' as const,
      content: { text },
      seq: index + 2,
      about: true,
    }));
    const card = { kind: 'desk-post' as const, content: { card: true } as const, seq: 1, about: true };
    return [card, ...posts].map(item => ({ ...item, role: 'desk' as const, channel, rank }));
  });
}

/** What the card shows only the beginning of, whole. */
function longTexts(ctx: Context, { description, facts }: TicketRequest): string[] {
  const label = (field: string): string =>
    plain(ctx.phrases.say(ctx.policy.staff.language, `field-${field}`));
  const long = Object.entries(facts).filter(([, value]) => value.length > CARD_FACT);
  return [
    ...(description.length > CARD_BODY ? [description] : []),
    ...long.map(([field, value]) => `**${literalInline(label(field))}**\n\n${literal(value)}`),
  ];
}
