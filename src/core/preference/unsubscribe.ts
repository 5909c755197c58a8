import { type Act, type Context, transact } from '../context.ts';
import { readUnsubscribe } from '../outbox/index.ts';
import { lockContact, writeRoute } from './change.ts';
import { MAIL, type NotificationType } from './model.ts';
import { meetAddresses, readPreferences } from './read.ts';
import { isRefusable, typeIn } from './rules/types.ts';

/** What a link of a mail stops: messages of a type to an address, whosever contacts it is. */
export interface Stoppable {
  readonly type: NotificationType;
  readonly handleId: number;
  readonly address: string;
  readonly locale: string;
}

/** What such a link would stop; undefined for every text that is no token of one. Nothing is changed. */
export async function seeStop(ctx: Context, token: string): Promise<Stoppable | undefined> {
  const unwanted = await readUnsubscribe(ctx, token);
  const type = typeIn(unwanted?.kind ?? '');
  if (unwanted === undefined || type === undefined || !isRefusable(type)) return undefined;
  const [row] = await ctx.database.sql<{ address: string; locale: string | null }[]>`
    select h.external_id as address, (select coalesce(p.locale, c.locale, a.locale) from contact c join account a on a.id = c.account_id
        left join preference p on p.contact_id = c.id left join contact_address ca on ca.contact_id = c.id and ca.address = h.external_id
        left join confirmed_address ok on ok.contact_id = c.id and ok.handle_id = h.id
        where ca.address is not null or ok.handle_id is not null order by c.id limit 1) as locale
    from handle h where h.id = ${unwanted.handleId} and h.channel = ${MAIL}`;
  if (row === undefined) return undefined;
  const locale = ctx.phrases.match(row.locale ?? ctx.policy.desk.language);
  return { type, handleId: unwanted.handleId, address: row.address, locale };
}

/** Stops them, also when it was done before. Undefined for every text that is no token. */
export async function stop(ctx: Context, token: string): Promise<Stoppable | undefined> {
  const what = await seeStop(ctx, token);
  if (what !== undefined) await transact(ctx, { type: 'system' }, act => takeAway(act, what));
  return what;
}

/** In the order of the contacts, which all share. */
async function takeAway(act: Act, { type, handleId, address }: Stoppable): Promise<void> {
  const contacts = await act.tx<{ id: number }[]>`
    select contact_id as id from contact_address where address = ${address}
    union select contact_id from route where type = ${type} and ${handleId} = any(handles) order by id`;
  for (const { id } of contacts) {
    await lockContact(act, id);
    await meetAddresses(act.tx, [id], act.at);
    const before = await readPreferences(act, act.tx, id);
    if (before === undefined) continue;
    const { destinations } = before.routes[type];
    const left = destinations.filter(one => one.handleId !== handleId).map(one => one.handleId);
    await writeRoute(act, id, type, left);
  }
}
