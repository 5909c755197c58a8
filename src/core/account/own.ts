import type { SqlRunner } from '../../../drizzle/database.ts';
import type { ChannelKind } from '../channel/index.ts';
import { readClue } from './rules/clue.ts';

/** A service that a person may pick: one of the account whose contact they were proved to be. */
export interface OwnService {
  readonly id: number;
  readonly name: string;
  /** Without its #. */
  readonly orderNumber: string | null;
  /** The first of its addresses and ranges. */
  readonly network: string | null;
  /** It is what was typed: by its id, ref, name, address or order number. */
  readonly meant: boolean;
}

/** One more than a list of choices can hold (a select of Discord: 25, one of which is "none of these"): with so many it is typed. */
export const OWN_SERVICES = 25;

/** Whose services: a handle by its id, or by what a platform tells. */
export type ServicesOf =
  | { readonly handleId: number }
  | { readonly channel: ChannelKind; readonly space: string; readonly externalId: string };

/** A person's own services, at most `OWN_SERVICES`: what is meant by `typed` first, then by name. None for who is not linked. */
export async function ownServices(run: SqlRunner, whose: ServicesOf, typed = ''): Promise<OwnService[]> {
  const text = typed.trim();
  const { ip, order } = readClue(text);
  return run<OwnService[]>`
    select s.id, s.name, s.order_number as "orderNumber", n.first::text as network, m.meant
    ${of(run, whose)}
    cross join lateral (select ${text !== ''} and (s.id::text = ${text} or s.ref = ${text} or lower(s.name) = lower(${text})
      or s.order_number = ${order} or exists (select from service_network where service_id = s.id and network >>= ${ip}::inet)) is true as meant) m
    order by m.meant desc, s.name, s.id limit ${OWN_SERVICES}`;
}

/** A person's own services that fit what they type: every word stands in the name, the order number or an address. */
export async function suggestServices(
  run: SqlRunner,
  whose: ServicesOf,
  words: readonly string[],
  limit: number,
): Promise<OwnService[]> {
  return run<OwnService[]>`
    select s.id, s.name, s.order_number as "orderNumber", n.first::text as network, false as meant
    ${of(run, whose)}
    where not exists (select from unnest(${words as string[]}::text[]) word where strpos(lower(concat_ws(' ', s.name, s.kind, s.ref, '#' || s.order_number,
      (select string_agg(network::text, ' ') from service_network where service_id = s.id))), word) = 0)
    order by s.name, s.id limit ${limit}`;
}

function of(run: SqlRunner, whose: ServicesOf) {
  const who =
    'handleId' in whose
      ? run`h.id = ${whose.handleId}`
      : run`h.channel = ${whose.channel} and h.space = ${whose.space} and h.external_id = ${whose.externalId}`;
  return run`
    from handle h join link l on l.handle_id = h.id join contact c on c.id = l.contact_id
    join service s on s.account_id = c.account_id and s.state <> 'ended' and ${who}
    left join lateral (select min(network) as first from service_network where service_id = s.id) n on true`;
}
