import { rankOf } from '../channel/index.ts';
import { type Act, type Context, transact } from '../context.ts';
import { readLogs } from '../notice/index.ts';
import { enqueue, ownPlace, stopLink } from '../outbox/index.ts';
import { MAIL } from '../preference/index.ts';
import { letterOf, type PublicEvent, publicOf } from '../status/index.ts';
import { raw } from '../text/index.ts';
import { canSubscribe } from './ask.ts';
import { NEWS_MS } from './rules/limits.ts';

/** What the link that ends it stops. */
export const STATUS = 'status';
/** Mails that one round puts into lanes, and at how many of its own that wait to be sent it stops: what waits here can still be overtaken. */
const AT_ONCE = 50;
const WAITING = 200;
/** Notices that one look takes. */
const NOTICES = 100;

/** Round: what was said in public is written to all who subscribe, each word once, whatever desk or kill comes in between. */
export function spreadWords(ctx: Context): () => Promise<void> {
  let seen = '';
  return async () => {
    if (!canSubscribe(ctx)) return;
    const sign = await signOf(ctx);
    if (sign !== seen) {
      await transact(ctx, { type: 'system' }, planNews);
      seen = sign;
    }
    const waits = await ctx.database.sql`select from status_mail where sent_at is null limit 1`;
    if (waits.count > 0) await transact(ctx, { type: 'system' }, sendSome);
  };
}

/** Changes with whatever is said: of what is over nothing more is, so only that it ended and what is not over is looked at. */
async function signOf({ database: { sql } }: Context): Promise<string> {
  const [row] = await sql<{ sign: string }[]>`
    select concat_ws(' ', (select max(id) from notice), max(updated_at), count(*), sum(edition)) as sign
    from notice where state not in ('done', 'cancelled', 'resolved')`;
  return row?.sign ?? '';
}

/** Plans what is new. What was planned of the same notice and waits is overtaken by it. */
async function planNews(act: Act): Promise<void> {
  const since = new Date(act.at.getTime() - NEWS_MS);
  const logs = await readLogs(act.tx, { limit: NOTICES, since });
  for (const log of logs.toSorted((a, b) => a.id - b.id))
    for (const event of publicOf(log)?.events ?? [])
      if (Date.parse(event.at) > since.getTime()) await plan(act, log.id, event);
}

/** That something will not be, or is done, is told only to those who were told of it. */
async function plan(act: Act, noticeId: number, { key, what, at }: PublicEvent): Promise<void> {
  const fresh = await act.tx`
    insert into status_word (notice_id, word, planned_at) values (${noticeId}, ${key}, ${act.at}) on conflict do nothing`;
  if (fresh.count === 0) return;
  await act.tx`delete from status_mail where notice_id = ${noticeId} and sent_at is null`;
  const isEnd = what === 'cancel' || what === 'resolve' || what === 'finish';
  await act.tx`
    insert into status_mail (handle_id, notice_id, word, planned_at)
    select s.handle_id, ${noticeId}, ${key}, ${act.at} from subscriber s
    where s.confirmed_at <= ${new Date(at)} and (not ${isEnd} or exists (
      select from status_mail m where m.handle_id = s.handle_id and m.notice_id = ${noticeId} and m.sent_at is not null))
    order by s.handle_id`;
}

interface Waiting {
  readonly handleId: number;
  readonly noticeId: number;
  readonly word: string;
  /** Null for who follows no more, or began to only after it was planned. */
  readonly locale: string | null;
}

/** A mailbox that takes nothing now keeps nobody else's mail back: of a lane that was tried, or waits for its time, nothing counts. */
async function sendSome(act: Act): Promise<void> {
  const rows = await act.tx<Waiting[]>`
    select m.handle_id as "handleId", m.notice_id as "noticeId", m.word, s.locale from status_mail m
      left join subscriber s on s.handle_id = m.handle_id and s.confirmed_at <= m.planned_at
    where m.sent_at is null and (
      select count(*) from (
        select from lane where channel = ${MAIL} and backlog > 0 and rank = ${rankOf('digest')} and wake_at <= ${act.at} and (
          select d.state = 'pending' and d.content ->> 'stops' = ${STATUS} from delivery d
          where d.place_id = lane.place_id and d.state in ('pending', 'sending', 'retry') order by d.seq limit 1)
        limit ${WAITING}) own) < ${WAITING}
    order by m.planned_at, m.handle_id limit ${AT_ONCE} for update of m skip locked`;
  if (rows.length === 0) return;
  const ids = [...new Set(rows.map(({ noticeId }) => noticeId))];
  const logs = new Map((await readLogs(act.tx, { limit: ids.length, ids })).map(log => [log.id, log]));
  for (const row of rows) {
    const log = logs.get(row.noticeId);
    await send(act, row, log && publicOf(log));
  }
}

/** Of what is public no more nothing is said; a mailbox that is gone is written to no more. */
async function send(act: Act, row: Waiting, notice: ReturnType<typeof publicOf>): Promise<void> {
  const { handleId, noticeId, word, locale } = row;
  const drop = async (): Promise<void> => {
    await act.tx`
      delete from status_mail where handle_id = ${handleId} and notice_id = ${noticeId} and word = ${word}`;
  };
  const letter = notice && locale !== null ? letterOf(act, notice, word, locale) : undefined;
  if (letter === undefined || locale === null) return drop();
  const { id: placeId } = await ownPlace(act, { id: handleId, channel: MAIL });
  const gone = await act.tx`select from place where id = ${placeId} and gone is not null`;
  if (gone.count > 0) {
    await act.tx`delete from subscriber where handle_id = ${handleId}`;
    return drop();
  }
  await act.tx`
    update status_mail set sent_at = ${act.at} where handle_id = ${handleId} and notice_id = ${noticeId} and word = ${word}`;
  // Not every mail program shows a button for the header.
  const link = raw(`<${await stopLink(act, { handleId, kind: STATUS })}>`);
  const end = act.phrases.say(locale, 'mail-status-stop', { link });
  const args = { subject: letter.subject, text: raw(`${letter.text}\n\n${end}`) };
  enqueue(act, {
    placeId,
    role: 'customer',
    kind: 'post',
    class: 'digest',
    content: { say: 'notify-plain', args, locale, subject: 'notify-plain-subject', stops: STATUS },
  });
}
