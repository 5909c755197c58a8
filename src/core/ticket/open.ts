import type { SqlRunner } from '../../../drizzle/database.ts';
import { readClue } from '../account/index.ts';
import type { Handle } from '../actor.ts';
import type { ChannelKind, InboundFile, MessageRef, Sender } from '../channel/index.ts';
import { rankOf } from '../channel/index.ts';
import { type Act, type Context, channelOf } from '../context.ts';
import { admitFiles } from '../file/index.ts';
import { audit, nameOf, openingAction } from '../identity/index.ts';
import { CARD_BODY, CARD_FACT, type Content, enqueue } from '../outbox/index.ts';
import { priorityOf } from '../policy/index.ts';
import { asksForTier, promisesAtOpening, type Way } from '../sla/index.ts';
import { formatWhen, literal, literalInline, plain, raw, splitMarkdown } from '../text/index.ts';
import { type FiledItem, type Filing, fileTickets } from './file.ts';
import type { TicketRequest } from './model.ts';
import { proofRequest } from './proof-words.ts';

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
  /** Files that came with the request. */
  readonly files: readonly InboundFile[];
  /** It came as a letter. */
  readonly letter?: OpeningLetter;
}

/** What a letter brings besides the request. */
export interface OpeningLetter {
  readonly ref: MessageRef;
  readonly folded: string | undefined;
  /** What is asked for in the acknowledgement. */
  readonly wants: readonly string[];
  /** CommonMark that stands below the acknowledgement; may be empty. */
  readonly more: string;
  /** What staff are told below the card. */
  readonly told: readonly Content[];
}

/** What was opened; undefined from `open` when the event had its effect before. */
export interface Opened {
  readonly number: number;
  /** What the person is told, and by when they hear from us. */
  readonly acknowledgement: Extract<Content, { say: string }>;
}

/**
 * Opens a ticket: receipt, person, ticket, message, event, places, lanes and deliveries stand or fall together. In the transaction of `run`, or
 * by itself; then those that come at the same moment share a statement.
 */
export async function open(ctx: Context, opening: Opening, run?: SqlRunner): Promise<Opened | undefined> {
  const at = ctx.now();
  const { request, from } = opening;
  const tier = asksForTier(ctx.policy.terms) ? await tierOf(run ?? ctx.database.sql, opening) : null;
  const way = ctx.channels.get(opening.channel)?.limits.way ?? 'ticket';
  const { department, priority } = request;
  const promises = promisesAtOpening(ctx.policy.terms, { department, priority, way, tier, at });
  const acknowledgement = acknowledge(ctx, opening, way, promises.by, at);
  const filing: Filing = {
    channel: opening.channel,
    space: from.space,
    person: from.externalId,
    name: nameOf(from),
    speaks: from.locale ?? null,
    event: opening.eventId,
    shared: opening.sharedPlaceId,
    near: opening.near,
    locale: opening.locale,
    priority: request.priority,
    department: request.department,
    subject: request.subject,
    description: request.description,
    facts: request.facts,
    service: request.serviceId,
    clue: readClue(request.facts.server ?? ''),
    at,
    promises,
    items: [...deskItems(ctx, opening), ...customerItems(ctx, opening, acknowledgement)],
    files: admitFiles(ctx, opening.files),
    ref: opening.letter?.ref ?? null,
    folded: opening.letter?.folded ?? null,
    wants: opening.letter?.wants ?? [],
    timers: ctx.timersAtOpening(ctx, request, at),
  };
  const filings = run === undefined ? ctx.filings : (ctx as Partial<Act>).opens;
  const number = filings ? await filings.file(filing) : (await fileTickets(run as SqlRunner, [filing]))[0];
  if (number === undefined) return undefined;
  return { number, acknowledgement: { ...acknowledgement, args: { ...acknowledgement.args, number } } };
}

/**
 * Opens a ticket from the person's own chat, where the receipt is in the database already. It stays in that chat and becomes the current
 * one; where the chat has room for a place of its own for each ticket, it goes there, and the chat says so. Returns its number.
 */
export async function openInChat(
  act: Act,
  handle: Handle,
  from: Sender,
  placeId: number,
  request: TicketRequest,
  files: readonly InboundFile[],
): Promise<number> {
  const { forms, places } = channelOf(act, handle.channel).limits;
  const apart = forms === 'none' && places === 'per-ticket';
  const opening: Opening = {
    channel: handle.channel,
    from,
    locale: handle.locale,
    request,
    eventId: null,
    sharedPlaceId: apart ? null : placeId,
    near: null,
    files,
  };
  const opened = await open(act, opening, act.tx);
  if (opened === undefined)
    throw new Error('a ticket without a receipt of its own cannot have been opened before');
  for (const kind of [handle.channel, ...deskChannels(act)]) act.touched.add(kind);
  const post = { placeId, role: 'customer', kind: 'post', class: 'reply' } as const;
  if (apart) {
    const args = { number: opened.number };
    enqueue(act, { ...post, content: { say: 'ticket-opened-apart', args, locale: handle.locale } });
    return opened.number;
  }
  await act.tx`update place set current_ticket_id = ${opened.number} where id = ${placeId}`;
  enqueue(act, { ...post, ticketId: opened.number, content: opened.acknowledgement });
  await askInChat(act, opening, opened.number, { placeId, handleId: handle.id });
  return opened.number;
}

/** The chat is no place that the statement fills, so the words that ask for proof are put in behind the acknowledgement. */
async function askInChat(
  act: Act,
  opening: Opening,
  number: number,
  { placeId, handleId }: { readonly placeId: number; readonly handleId: number },
): Promise<void> {
  const asking = proofFor(act, opening, number);
  if (asking === undefined) return;
  const asked = await act.tx`
    update ticket set proof_asked_at = ${act.at}
    where id = ${number} and trust <> 'fresh' and (trust = 'unknown' or ${asking.below} = 'fresh') and exists (select from contact)`;
  if (asked.count === 0) return;
  await audit(act, { type: 'proof-asked', handleId, ticketId: number });
  enqueue(act, {
    placeId,
    role: 'customer',
    kind: 'post',
    class: 'reply',
    ticketId: number,
    content: asking.content,
  });
}

/** The channels that hold a desk: those that can open a staff post. */
export function deskChannels(ctx: Context): ChannelKind[] {
  return [...ctx.channels.values()]
    .filter(channel => channel.openPost !== undefined)
    .map(channel => channel.kind);
}

/** How the provider serves the account of whoever opens a ticket; null for who has none. */
async function tierOf(run: SqlRunner, { channel, from }: Opening): Promise<string | null> {
  const [row] = await run<{ tier: string | null }[]>`
    select a.tier from handle h join link l on l.handle_id = h.id join contact c on c.id = l.contact_id
      join account a on a.id = c.account_id
    where h.channel = ${channel} and h.space = ${from.space} and h.external_id = ${from.externalId}`;
  return row?.tier ?? null;
}

/** The number is known only to the statement: `compose` puts the ticket's own in. */
function acknowledge(
  ctx: Context,
  opening: Opening,
  way: Way,
  dueAt: Date,
  at: Date,
): Opened['acknowledgement'] {
  const { request, locale, letter } = opening;
  if (way === 'chat') return { say: 'chat-opened', args: { number: 0 }, locale };
  const critical = priorityOf(ctx.policy, request.priority)?.critical === true;
  const by = formatWhen(dueAt, locale, ctx.policy.desk.zone, at, { zone: 'abbreviation' });
  if (letter !== undefined)
    return {
      say: 'letter-opened',
      args: { number: 0, subject: request.subject, by, more: raw(letter.more) },
      locale,
    };
  return {
    say: critical ? 'ticket-opened-critical' : 'ticket-opened',
    args: { number: 0, subject: request.subject, by },
    locale,
  };
}

function customerItems(ctx: Context, opening: Opening, content: Content): FiledItem[] {
  if (opening.sharedPlaceId !== null) return [];
  const base = { role: 'customer', channel: opening.channel, rank: rankOf('reply'), about: false } as const;
  const asking = proofFor(ctx, opening, 0);
  return [
    { ...base, seq: 1, kind: 'thread', content },
    ...(asking === undefined
      ? []
      : [{ ...base, seq: 2, kind: 'post' as const, content: asking.content, below: asking.below }]),
  ];
}

/** At an emergency whoever is below the level that the policy wants is taken through proof, right after the acknowledgement. */
function proofFor(ctx: Context, { request, locale }: Pick<Opening, 'request' | 'locale'>, number: number) {
  const { level: below } = ctx.policy.trust.actions.emergency;
  if (below === 'unknown' || openingAction(ctx.policy, request) !== 'emergency') return undefined;
  return { below, content: proofRequest(ctx, 'prove-emergency', locale, number) };
}

function deskItems(ctx: Context, { request, letter }: Opening): FiledItem[] {
  const rank = rankOf('reply');
  return deskChannels(ctx).flatMap(channel => {
    const limits = ctx.channels.get(channel)?.limits;
    const long = longTexts(ctx, request);
    const rest = limits ? long.flatMap(text => splitMarkdown(text, limits.text, limits.measure)) : long;
    const contents = [...rest.map(text => ({ text })), ...(letter?.told ?? [])];
    const posts = contents.map((content, index) => ({
      kind: 'post' as const,
      content,
      seq: index + 2,
      about: 'text' in content,
    }));
    const card = { kind: 'desk-post' as const, content: { card: true } as const, seq: 1, about: true };
    return [card, ...posts].map(item => ({ ...item, role: 'desk' as const, channel, rank }));
  });
}

/** What the card shows only the beginning of, whole. */
export function longTexts(
  ctx: Context,
  { description, facts }: Pick<TicketRequest, 'description' | 'facts'>,
): string[] {
  const label = (field: string): string =>
    plain(ctx.phrases.say(ctx.policy.staff.language, `field-${field}`));
  const long = Object.entries(facts).filter(([, value]) => value.length > CARD_FACT);
  return [
    ...(description.length > CARD_BODY ? [description] : []),
    ...long.map(([field, value]) => `**${literalInline(label(field))}**\n\n${literal(value)}`),
  ];
}
