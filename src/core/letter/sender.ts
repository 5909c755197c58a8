import { UNVOUCHED } from '../channel/index.ts';
import type { Context } from '../context.ts';
import type { Arrived } from './model.ts';

/** What is known of whoever wrote a letter. */
export interface SenderFacts {
  /** The language to answer in. */
  readonly locale: string;
  /** That language is known from elsewhere than the letter. */
  readonly spoke: boolean;
  /** Letters come from there faster than a person writes them. */
  readonly floods: boolean;
  /** Services of their account. */
  readonly services: number;
  /** The desk has contacts: there is something to prove. */
  readonly knowsContacts: boolean;
}

const HOUR_MS = 3_600_000;

interface Row {
  readonly locale: string | null;
  readonly opened: number;
  readonly unvouched: number;
  readonly services: number;
  readonly knowsContacts: boolean;
}

/** Looks up all that opening a ticket of a letter depends on, in one statement. */
export async function lookUpSender(ctx: Context, { channel, letter }: Arrived): Promise<SenderFacts> {
  const { from, vouched } = letter;
  const { most } = ctx.policy.mail;
  const since = new Date(ctx.now().getTime() - HOUR_MS);
  const [row] = await ctx.database.sql<Row[]>`
    with who as (
      select h.id, coalesce(h.locale, c.locale, a.locale) as locale, c.account_id from handle h
        left join link l on l.handle_id = h.id left join contact c on c.id = l.contact_id left join account a on a.id = c.account_id
      where h.channel = ${channel} and h.space = ${from.space} and h.external_id = ${from.externalId}
    )
    select (select locale from who) as locale, exists (select from contact) as "knowsContacts",
      (select count(*) from (select from ticket t join who on who.id = t.handle_id where t.opened_at > ${since} limit ${most.sender}) own)::int as opened,
      (select count(*) from service s join who on who.account_id = s.account_id where s.state <> 'ended')::int as services,
      (select count(*) from (
        select from handle h join ticket t on t.handle_id = h.id
        where not ${vouched} and h.space = ${UNVOUCHED} and h.seen_at > ${since} and h.channel = ${channel} and t.opened_at > ${since}
        limit ${most.unverified}) others)::int as unvouched`;
  const { locale = null, opened = 0, unvouched = 0, services = 0, knowsContacts = false } = row ?? {};
  return {
    locale: ctx.phrases.match(letter.from.locale ?? locale ?? ctx.policy.desk.language),
    spoke: locale !== null,
    floods: opened >= most.sender || unvouched >= most.unverified,
    services,
    knowsContacts,
  };
}
