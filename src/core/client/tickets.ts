import type { Handle } from '../actor.ts';
import type { InboundFile } from '../channel/index.ts';
import type { Act, Context } from '../context.ts';
import { Refusal } from '../errors.ts';
import type { OpenedFile } from '../file/index.ts';
import { viewerOf } from '../identity/index.ts';
import { departmentName, priorityName } from '../policy/index.ts';
import { type RatingAnswer, readRatingOf } from '../rating/index.ts';
import { isBlank } from '../text/index.ts';
import { echo, lockOwnTicket, type TicketState, visibleTo, write } from '../ticket/index.ts';

/** Tickets on one page of the list. */
const PAGE = 25;
/** Messages that a page shows, the newest. */
const MESSAGES = 200;

/** One line of somebody's list. */
export interface OwnTicket {
  readonly id: number;
  readonly subject: string;
  readonly state: TicketState;
  readonly updatedAt: Date;
  /** Somebody else of the account opened it. */
  readonly others: boolean;
}

/** A part of the list, and whether there is more behind it. */
export interface OwnTickets {
  readonly tickets: readonly OwnTicket[];
  readonly page: number;
  readonly more: boolean;
}

/** The tickets that somebody may see: those that are not closed first, then the newest. */
export async function ownTickets(act: Act, owner: Handle, page: number): Promise<OwnTickets> {
  const viewer = await viewerOf(act, owner);
  const rows = await act.tx<OwnTicket[]>`
    select t.id, t.subject, t.state, t.updated_at as "updatedAt",
      t.handle_id <> ${owner.id} and t.contact_id is distinct from ${viewer.contactId} as others
    from ticket t where ${visibleTo(act.tx, viewer)}
    order by (t.state = 'closed'), t.id desc limit ${PAGE + 1} offset ${page * PAGE}`;
  return { tickets: rows.slice(0, PAGE), page, more: rows.length > PAGE };
}

/** A file of a message. One that is not here yet, or goes no further, has no size. */
export interface OwnFile {
  readonly id: number;
  readonly name: string;
  readonly size: number | null;
  readonly state: 'ready' | 'coming' | 'refused';
}

/** What was said in a ticket, as its customer may see it. */
export interface OwnMessage {
  readonly id: number;
  readonly from: 'you' | 'colleague' | 'us';
  /** CommonMark: untrusted. */
  readonly body: string;
  readonly at: Date;
  readonly edited: boolean;
  readonly files: readonly OwnFile[];
}

/** A ticket, whole, as its customer may see it. */
export interface OwnTicketView {
  readonly id: number;
  readonly subject: string;
  readonly state: TicketState;
  readonly department: string;
  readonly priority: string;
  readonly openedAt: Date;
  readonly messages: readonly OwnMessage[];
  /** There were more, earlier. */
  readonly earlier: number;
  readonly mayClose: boolean;
  readonly mayReopen: boolean;
  readonly mayWrite: boolean;
  /** By when a person is to have answered; undefined when nothing is promised at the moment. */
  readonly dueAt: Date | undefined;
  /** Undefined when there is nothing to say of how it went. */
  readonly rating: { readonly answer: RatingAnswer | null; readonly comment: string | null } | undefined;
}

/** One ticket. Throws `Refusal` word for word the same for one of somebody else and for none. */
export async function ownTicket(act: Act, owner: Handle, id: number): Promise<OwnTicketView> {
  const viewer = await viewerOf(act, owner);
  const [ticket] = await act.tx<TicketFacts[]>`
    select t.id, t.subject, t.state, t.department, t.priority, t.opened_at as "openedAt", t.closed_at as "closedAt",
      (select min(p.due_at) from promise p where p.ticket_id = t.id and p.ended_at is null and p.due_at > ${act.at}
        and p.target in ('first-reply', 'next-reply', 'answer', 'update')) as "dueAt"
    from ticket t where t.id = ${id} and ${visibleTo(act.tx, viewer)}`;
  if (ticket === undefined) throw new Refusal('ticket-not-found', { number: String(id) });
  const { messages, earlier } = await messagesOf(act, owner, viewer.contactId, id);
  const finished = ticket.state === 'solved' || ticket.state === 'closed';
  const closedAgo = act.at.getTime() - (ticket.closedAt?.getTime() ?? 0);
  const lately = ticket.state !== 'closed' || closedAgo <= act.policy.tickets.reopen_within * 1000;
  const rated = await readRatingOf(act.tx, id);
  const answered = messages.some(({ from }) => from === 'us');
  const { closedAt: _, dueAt, department, priority, ...facts } = ticket;
  return {
    ...facts,
    department: departmentName(act.policy, department, owner.locale),
    priority: priorityName(act.policy, priority, owner.locale),
    messages,
    earlier,
    mayClose: ticket.state !== 'closed',
    mayReopen: finished && lately,
    mayWrite: lately,
    dueAt: finished ? undefined : (dueAt ?? undefined),
    rating:
      rated !== undefined || (finished && answered && act.policy.ratings.ask)
        ? { answer: rated?.answer ?? null, comment: rated?.comment ?? null }
        : undefined,
  };
}

interface TicketFacts {
  readonly id: number;
  readonly subject: string;
  readonly state: TicketState;
  readonly department: string;
  readonly priority: string;
  readonly openedAt: Date;
  readonly closedAt: Date | null;
  readonly dueAt: Date | null;
}

/** Requests and replies only: a note is never read here. */
async function messagesOf(act: Act, owner: Handle, contactId: number | null, ticketId: number) {
  const rows = await act.tx<(Omit<OwnMessage, 'files'> & { total: number })[]>`
    select m.id, m.body, m.at, m.version > 0 as edited, count(*) over ()::int as total,
      case when m.kind = 'reply' then 'us' when m.handle_id = ${owner.id} or l.contact_id = ${contactId} then 'you'
        when m.handle_id = t.handle_id and t.contact_id = ${contactId} then 'you' else 'colleague' end as from
    from message m join ticket t on t.id = m.ticket_id left join link l on l.handle_id = m.handle_id
    where m.ticket_id = ${ticketId} and m.kind in ('request', 'reply') and m.deleted_at is null and not m.noted
    order by m.id desc limit ${MESSAGES}`;
  const files = await act.tx<(OwnFile & { messageId: number })[]>`
    select f.id, f.message_id as "messageId", coalesce(f.safe_name, f.name) as name, case when f.state = 'ready' then f.size end as size,
      case when f.state = 'ready' then 'ready' when f.state in ('waiting', 'held') then 'coming' else 'refused' end as state
    from file f where f.message_id = any(${rows.map(({ id }) => id)}::bigint[]) and f.state <> 'dropped' order by f.id`;
  const messages = rows.toReversed().map(({ total: _, ...message }) => ({
    ...message,
    files: files.filter(({ messageId }) => messageId === message.id),
  }));
  return { messages, earlier: Math.max(0, (rows[0]?.total ?? 0) - rows.length) };
}

/** Writes to a ticket; its own conversation shows it too, where that is elsewhere. Throws `Refusal`. */
export async function writeOwn(
  act: Act,
  owner: Handle,
  id: number,
  text: string,
  files: readonly InboundFile[],
): Promise<void> {
  if (isBlank(text) && files.length === 0) throw new Refusal('nothing-written');
  const ticket = await lockOwnTicket(act, owner, id);
  const said = isBlank(text) ? '' : text;
  await write(act, owner, ticket, { text: said, files, placeId: null, ref: null });
  if (said !== '') await echo(act, ticket, said, owner);
}

/** A file of a message that its reader may see; undefined for every other one. */
export async function ownFile(
  ctx: Context,
  act: Act,
  owner: Handle,
  ticketId: number,
  fileId: number,
): Promise<OpenedFile | undefined> {
  const viewer = await viewerOf(act, owner);
  const [row] = await act.tx<(Omit<OpenedFile, 'bytes'> & { key: string })[]>`
    select f.safe_name as name, f.type, f.size, f.storage_key as key
    from file f join message m on m.id = f.message_id join ticket t on t.id = m.ticket_id
    where f.id = ${fileId} and t.id = ${ticketId} and f.state = 'ready' and m.kind in ('request', 'reply') and not m.noted
      and m.deleted_at is null and ${visibleTo(act.tx, viewer)}`;
  if (row === undefined) return undefined;
  const { key, ...file } = row;
  return { ...file, bytes: () => ctx.files.store.read(key) };
}
