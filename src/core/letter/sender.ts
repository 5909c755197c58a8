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
  /** Nobody is linked to them. */
  readonly unknown: boolean;
  /** Whose address it is by the file is not whom they are linked to: `meetContact` has to look. */
  readonly unmet: boolean;
}

/** Letters are counted over so long, in ms. */
export const HOUR_MS = 3_600_000;

interface Row {
  readonly locale: string | null;
  readonly opened: number;
  readonly unvouched: number;
  readonly services: number;
  readonly knowsContacts: boolean;
  readonly unknown: boolean;
  readonly unmet: boolean;
}

/** Looks up all that opening a ticket of a letter depends on, in one statement. */
export async function lookUpSender(ctx: Context, { channel, letter }: Arrived): Promise<SenderFacts> {
  const { from, vouched } = letter;
  const { most } = ctx.policy.mail;
  const since = new Date(ctx.now().getTime() - HOUR_MS);
  const [row] = await ctx.database.sql<Row[]>`
    with who as (
      select h.id, coalesce(h.locale, c.locale, a.locale) as locale, c.account_id, l.contact_id, l.how from handle h
        left join link l on l.handle_id = h.id left join contact c on c.id = l.contact_id left join account a on a.id = c.account_id
      where h.channel = ${channel} and h.space = ${from.space} and h.external_id = ${from.externalId}
    ), filed as (
      select min(contact_id) as id from contact_address where address = ${from.externalId} and ${vouched} having count(*) = 1
    )
    select (select locale from who) as locale, exists (select from contact) as "knowsContacts",
      not exists (select from who where contact_id is not null) as unknown,
      case when exists (select from who where how <> 'address') then false
        else (select id from filed) is distinct from (select contact_id from who) end as unmet,
      (select count(*) from (
        select from ticket t join who on who.id = t.handle_id where t.opened_at > ${since}
        union all select from aside a
          where a.channel = ${channel} and a.sender = ${from.externalId} and a.space = ${from.space} and a.why = 'proof' and a.at > ${since}
        limit ${most.sender}) own)::int as opened,
      (select count(*) from service s join who on who.account_id = s.account_id where s.state <> 'ended')::int as services,
      (select count(*) from (
        select from handle h join ticket t on t.handle_id = h.id
        where not ${vouched} and h.space = ${UNVOUCHED} and h.seen_at > ${since} and h.channel = ${channel} and t.opened_at > ${since}
        union all select from aside a
          where not ${vouched} and a.why = 'proof' and a.at > ${since} and a.space = ${UNVOUCHED} and a.channel = ${channel}
        limit ${most.unverified}) others)::int as unvouched`;
  const { locale = null, opened = 0, unvouched = 0, services = 0 } = row ?? {};
  return {
    locale: ctx.phrases.match(letter.from.locale ?? locale ?? ctx.policy.desk.language),
    spoke: locale !== null,
    floods: opened >= most.sender || unvouched >= most.unverified,
    services,
    knowsContacts: row?.knowsContacts ?? false,
    unknown: row?.unknown ?? true,
    unmet: row?.unmet ?? false,
  };
}
