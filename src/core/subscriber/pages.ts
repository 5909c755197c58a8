import { type Context, transact } from '../context.ts';
import { readUnsubscribe } from '../outbox/index.ts';
import type { Page, PageWords } from '../preference/index.ts';
import { plain } from '../text/index.ts';
import { hashIn } from './ask.ts';
import { STATUS } from './spread.ts';

interface Found {
  readonly handleId: number;
  readonly address: string;
  readonly locale: string;
}

/** What the links of mails to subscribers lead to: one confirms that it is wanted, one ends it. */
export function subscriberPages(ctx: Context): { readonly confirm: Page; readonly unsubscribe: Page } {
  const words = (key: string, found: Found | undefined, button: boolean): PageWords | undefined => {
    if (found === undefined) return undefined;
    const { locale, address } = found;
    const say = (part: string): string =>
      plain(ctx.phrases.say(locale, `page-${key}-${part}`, { desk: ctx.policy.desk.name, address }));
    const page = { locale, title: say('title'), text: say('text') };
    return button ? { ...page, button: say('button') } : page;
  };
  return {
    confirm: {
      see: async token => words('subscribe', await seeAsked(ctx, token), true),
      press: async token => words('subscribe-done', await subscribe(ctx, token), false),
    },
    unsubscribe: {
      see: async token => words('leave', await seeSubscribed(ctx, token), true),
      press: async token => words('leave-done', await leave(ctx, token), false),
    },
  };
}

async function seeAsked(ctx: Context, token: string): Promise<Found | undefined> {
  const sha256 = hashIn(token);
  if (sha256 === undefined) return undefined;
  const [row] = await ctx.database.sql<Found[]>`
    select a.handle_id as "handleId", h.external_id as address, a.locale from subscriber_ask a join handle h on h.id = a.handle_id
    where a.sha256 = ${sha256} and a.used_at is null and a.expires_at > ${ctx.now()}`;
  return row;
}

/** Of many presses at once one counts; whoever can press reads the mailbox. */
async function subscribe(ctx: Context, token: string): Promise<Found | undefined> {
  const sha256 = hashIn(token);
  if (sha256 === undefined) return undefined;
  return transact(ctx, { type: 'system' }, async act => {
    const [row] = await act.tx<Found[]>`
      update subscriber_ask a set used_at = ${act.at} from handle h
      where a.sha256 = ${sha256} and a.used_at is null and a.expires_at > ${act.at} and h.id = a.handle_id
      returning a.handle_id as "handleId", h.external_id as address, a.locale`;
    if (row === undefined) return undefined;
    await act.tx`
      insert into subscriber (handle_id, locale, confirmed_at) values (${row.handleId}, ${row.locale}, ${act.at})
      on conflict (handle_id) do update set locale = excluded.locale`;
    await act.tx`update place set gone = null where handle_id = ${row.handleId} and gone is not null`;
    return row;
  });
}

/** The same whether the address is subscribed or no longer: a link that was used shows the same page again. */
async function seeSubscribed(ctx: Context, token: string): Promise<Found | undefined> {
  const unwanted = await readUnsubscribe(ctx, token);
  if (unwanted?.kind !== STATUS) return undefined;
  const [row] = await ctx.database.sql<(Omit<Found, 'locale'> & { readonly locale: string | null })[]>`
    select h.id as "handleId", h.external_id as address, coalesce(s.locale, (
      select a.locale from subscriber_ask a where a.handle_id = h.id order by a.id desc limit 1)) as locale
    from handle h left join subscriber s on s.handle_id = h.id where h.id = ${unwanted.handleId}`;
  return row && { ...row, locale: ctx.phrases.match(row.locale ?? undefined) };
}

/** What waits goes with it. */
async function leave(ctx: Context, token: string): Promise<Found | undefined> {
  const found = await seeSubscribed(ctx, token);
  if (found === undefined) return undefined;
  const { handleId } = found;
  await transact(ctx, { type: 'system' }, async act => {
    await act.tx`delete from subscriber where handle_id = ${handleId}`;
    await act.tx`delete from status_mail where handle_id = ${handleId} and sent_at is null`;
  });
  return found;
}
