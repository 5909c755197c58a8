import type { SqlRunner } from '../../../drizzle/database.ts';
import type { SentByUs } from '../channel/index.ts';
import type { Act } from '../context.ts';
import { endedOf } from './ended.ts';
import type { NoticeState } from './model.ts';
import { readContent } from './read.ts';
import { isOver } from './rules/lifecycle.ts';
import { type Ended, stateFor } from './rules/parts.ts';
import { titleIn } from './rules/worded.ts';

/** A notice that somebody answers, as a ticket about it begins. */
export interface Answered {
  readonly id: number;
  /** One line, in their language. */
  readonly title: string;
  /** The one service of theirs that it concerns; null where it is none or several. */
  readonly serviceId: number | null;
  /** Their ticket about it that is not closed. */
  readonly ticket: number | undefined;
  /** It has ended, for whoever was told. */
  readonly over: boolean;
}

/** Whoever answers, as far as what they are told of a notice depends on it. */
interface Answering {
  readonly handleId: number;
  readonly locale: string;
}

/** The notice that a message of ours in somebody's own chat told of; undefined for every other message. */
export async function noticeBehind(
  { tx }: Pick<Act, 'tx'>,
  { placeId, ...who }: Answering & { readonly placeId: number },
  ref: string,
): Promise<Answered | undefined> {
  return noticeOf(tx, who, tx`v.place_id = ${placeId} and v.ref = ${ref}`);
}

/** The notice that the first of several messages of ours told of, whoever answers it: which of their services it concerns is said to its reader alone. */
export async function noticeAnswered(
  run: SqlRunner,
  who: Answering,
  messages: readonly SentByUs[],
): Promise<Answered | undefined> {
  for (const { delivery, at } of messages) {
    const found = await noticeOf(run, who, run`v.id = ${delivery}::bigint and v.created_at = ${at}`);
    if (found !== undefined) return found;
  }
  return undefined;
}

async function noticeOf(
  run: SqlRunner,
  { handleId, locale }: Answering,
  which: ReturnType<SqlRunner>,
): Promise<Answered | undefined> {
  const [found] = await run<
    {
      id: number;
      state: NoticeState;
      revision: number;
      serviceId: number | null;
      ticket: number | null;
      objects: number[];
      ended: Ended[];
    }[]
  >`
    select n.id, n.state, n.revision, (select max(h.service_id) from notice_hit h join contact c on c.account_id = h.account_id
        where h.notice_id = n.id and h.revision = n.revision and c.id = d.contact_id
          and exists (select from link l where l.handle_id = ${handleId} and l.contact_id = c.id) having count(distinct h.service_id) = 1) as "serviceId",
      (select max(t.id) from ticket_notice k join ticket t on t.id = k.ticket_id
        where k.notice_id = n.id and t.handle_id = ${handleId} and t.state <> 'closed') as ticket,
      (select coalesce(jsonb_agg(distinct h.object), '[]') from notice_hit h join contact c on c.account_id = h.account_id
        where h.notice_id = n.id and h.revision = n.revision and c.id = d.contact_id) as objects, ${endedOf(run)} as ended
    from delivery v join dispatch d on d.id = v.dispatch_id join notice n on n.id = d.notice_id
    where ${which} limit 1`;
  if (found === undefined) return undefined;
  const content = await readContent(run, found.id, found.revision);
  const { id, serviceId, ticket, objects, ended } = found;
  const state = content === undefined ? found.state : stateFor(found.state, content, ended, objects);
  return {
    id,
    serviceId,
    ticket: ticket ?? undefined,
    over: isOver(state),
    title: content === undefined ? '' : titleIn(content, locale),
  };
}

/** Writes down that a ticket is about a notice: its cards show it. */
export async function keepAbout(act: Act, ticketId: number, notice: number): Promise<void> {
  await act.tx`
    insert into ticket_notice (ticket_id, notice_id, how, since) values (${ticketId}, ${notice}, 'about', ${act.at}) on conflict do nothing`;
}
