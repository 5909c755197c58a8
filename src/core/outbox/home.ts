import type { Button, Home } from '../channel/index.ts';
import type { Context } from '../context.ts';
import { formatWhen, oneLine, plain } from '../text/index.ts';
import type { Claimed } from './model.ts';

/** Tickets on a page. */
const LISTED = 20;

interface OwnTicket {
  readonly id: number;
  readonly subject: string;
  readonly state: 'open' | 'waiting' | 'solved' | 'closed';
  readonly openedAt: Date;
  readonly closedAt: Date | null;
  /** By when an answer was promised. */
  readonly dueAt: Date | null;
  readonly address: string | null;
}

/** A person's own page as it stands now: their tickets and nothing of anybody else's, in their language. */
export async function homeOf(ctx: Context, { id, placeId }: Claimed): Promise<Home> {
  const { sql } = ctx.database;
  const [owner] = await sql<{ id: number; locale: string | null }[]>`
    select h.id, h.locale from place p join handle h on h.id = p.handle_id where p.id = ${placeId}`;
  if (owner === undefined) throw new Error(`nobody is behind the page ${placeId}`);
  const tickets = await sql<OwnTicket[]>`
    select t.id, t.subject, t.state, t.opened_at as "openedAt", t.closed_at as "closedAt", p.address,
      (select min(due_at) from promise pr where pr.ticket_id = t.id and pr.ended_at is null and pr.target <> 'acknowledgement') as "dueAt"
    from ticket t left join place p on p.id = t.place_id and p.ticket_id is not null
    where t.handle_id = ${owner.id} order by (t.state = 'closed'), t.id desc limit ${LISTED}`;
  const locale = ctx.phrases.match(owner.locale ?? ctx.policy.desk.language);
  const say: Say = (key, args) => ctx.phrases.say(locale, key, args);
  return {
    id: String(id),
    title: plain(say('home-title', { desk: ctx.policy.desk.name })),
    intro: tickets.length > 0 ? say('home-intro') : `${say('home-intro')}\n\n${say('list-empty')}`,
    tickets: tickets.map(ticket => ticketOn(ctx, locale, say, ticket)),
    buttons: [button(say, 'new', 'open-a-ticket', 'primary')],
  };
}

type Say = (key: string, args?: Readonly<Record<string, string>>) => string;

function ticketOn(ctx: Context, locale: string, say: Say, ticket: OwnTicket): Home['tickets'][number] {
  const now = ctx.now();
  const when = (date: Date): string => formatWhen(date, locale, ctx.policy.desk.zone, now);
  const lines = [say('home-opened', { when: when(ticket.openedAt) })];
  if (ticket.state === 'waiting') lines.push(say('home-waiting'));
  if (ticket.state === 'open' && ticket.dueAt !== null)
    lines.push(say('home-answer-by', { by: when(ticket.dueAt) }));
  return {
    mark: `#${ticket.id}`,
    subject: ticket.subject,
    state: plain(say(`state-${ticket.state}`)),
    line: lines.join(' '),
    address: ticket.address ?? undefined,
    buttons: buttonsOf(ctx, say, ticket, now),
  };
}

function buttonsOf(ctx: Context, say: Say, { id, state, closedAt }: OwnTicket, now: Date): Button[] {
  const late =
    closedAt !== null && now.getTime() - closedAt.getTime() > ctx.policy.tickets.reopen_within * 1000;
  return [
    ...((state === 'solved' || state === 'closed') && !late
      ? [button(say, `own-reopen:${id}`, 'button-reopen', 'plain')]
      : []),
    ...(state === 'closed' ? [] : [button(say, `own-close:${id}`, 'button-close', 'plain')]),
  ];
}

function button(say: Say, action: string, key: string, style: Button['style']): Button {
  return { action, label: oneLine(plain(say(key)), 40), style };
}
