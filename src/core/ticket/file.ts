import type { SqlRunner } from '../../../drizzle/database.ts';
import type { Clue } from '../account/index.ts';
import { type ChannelKind, rankOf } from '../channel/index.ts';
import type { FileRow } from '../file/index.ts';
import { FRESH_MS, type Trust } from '../identity/index.ts';
import type { Content } from '../outbox/index.ts';
import type { OpeningPromises } from '../sla/index.ts';
import type { TimerPlan } from '../timer/index.ts';

/** A ticket ready to be written down, with all that comes of it. */
export interface Filing {
  readonly channel: ChannelKind;
  readonly space: string;
  readonly person: string;
  readonly name: string;
  /** The language the platform told of the person. */
  readonly speaks: string | null;
  readonly event: string | null;
  readonly shared: number | null;
  readonly near: string | null;
  /** The language of the ticket. */
  readonly locale: string;
  readonly priority: string;
  readonly department: string;
  readonly subject: string;
  readonly description: string;
  readonly facts: Readonly<Record<string, string>>;
  /** The service that was picked; it counts only when it is of the person's own account. */
  readonly service: number | null;
  /** What was typed of a server: matched among the services of the person's own account. */
  readonly clue: Clue;
  readonly at: Date;
  /** What is promised with it. */
  readonly promises: OpeningPromises;
  readonly items: readonly FiledItem[];
  /** Files that came with the request. */
  readonly files: readonly FileRow[];
  /** The letter's own id; null for what is no letter. */
  readonly ref: string | null;
  /** What was quoted in it. */
  readonly folded: string | null;
  /** What was asked for. */
  readonly wants: readonly string[];
  /** What is to happen to it later. */
  readonly timers: readonly Omit<TimerPlan, 'ticketId'>[];
}

/** A first delivery: to the place that is made for the customer, or to the one of a desk. */
export interface FiledItem {
  readonly role: 'customer' | 'desk';
  readonly channel: ChannelKind;
  readonly seq: number;
  readonly rank: number;
  readonly kind: 'thread' | 'desk-post' | 'post';
  readonly content: Content;
  /** It carries the request itself. */
  readonly about: boolean;
  /** It asks for proof: only for somebody below this trust, and only where the desk knows contacts. Such an item is the last of its place. */
  readonly below?: Exclude<Trust, 'unknown'>;
}

/**
 * Writes tickets down in one statement, each wholly: receipt, person, ticket, message, event, places, lanes and deliveries. Returns
 * their numbers in order; undefined for one whose event had its effect before. Events and people must not repeat within one call; their rows
 * are locked in an order that all calls share.
 */
export async function fileTickets(
  run: SqlRunner,
  filings: readonly Filing[],
): Promise<(number | undefined)[]> {
  const given = JSON.stringify(
    filings.map(({ clue, promises, ...filing }, n) => ({ n, ...filing, ...clue, ...written(promises) })),
  );
  const rows = await run<{ n: number; number: number }[]>`
    with given as (
      select * from jsonb_to_recordset(${given}::jsonb) as g(n int, channel text, space text, person text, name text, speaks text,
        event text, shared bigint, near text, locale text, priority text, department text, subject text, description text, facts jsonb,
        service bigint, ip inet, "order" text, at timestamptz, kept jsonb, promises jsonb, steps jsonb, timers jsonb, items jsonb,
        files jsonb, ref text, folded text, wants text[])
    ), once as (
      insert into receipt (channel, event_id, state, run_at, received_at)
      select channel, event, 'done', at, at from given where event is not null order by channel, event
      on conflict do nothing returning channel, event_id
    ), who as (
      insert into handle (channel, space, external_id, name, locale, seen_at)
      select channel, space, person, name, speaks, at from given g
      where event is null or exists (select from once where once.channel = g.channel and once.event_id = g.event)
      order by channel, space, person
      on conflict (channel, space, external_id) do update set seen_at = excluded.seen_at,
        name = coalesce(nullif(excluded.name, ''), handle.name), locale = coalesce(excluded.locale, handle.locale)
      returning id, channel, space, external_id
    ), ids as (
      select g.*, who.id as handle, nextval('ticket_id_seq') as ticket, nextval('message_id_seq') as message,
        coalesce(g.shared, nextval('place_id_seq')) as place, c.id as contact, c.account_id as account, l.proved_at as proved,
        case when l.handle_id is null then 'unknown'
          when l.proved_at between g.at - ${FRESH_MS} * interval '1 ms' and g.at then 'fresh' else 'linked' end as trust
      from given g join who on who.channel = g.channel and who.space = g.space and who.external_id = g.person
        left join link l on l.handle_id = who.id left join contact c on c.id = l.contact_id
    ), item as (
      select ids.n, i.* from ids, jsonb_to_recordset(ids.items)
        as i(role text, channel text, seq int, rank smallint, kind text, content jsonb, about boolean, below text)
      where i.below is null
        or (ids.trust <> 'fresh' and (ids.trust = 'unknown' or i.below = 'fresh') and exists (select from contact))
    ), post as (
      select n, channel, nextval('place_id_seq') as place from (select distinct n, channel from item where role = 'desk') d
    ), placed as (
      insert into place (id, channel, role, handle_id, ticket_id, near)
      select place, channel, 'customer', handle, ticket, near from ids where shared is null
      union all select post.place, post.channel, 'desk', null, ids.ticket, null from post join ids using (n)
    ), filed as (
      insert into ticket (id, state, priority, department, subject, facts, locale, handle_id, place_id, opened_at, updated_at,
        contact_id, account_id, service_id, trust, way, proved_at, proof_asked_at, wants)
      select ticket, 'open', priority, department, subject, facts, locale, handle, place, at, at, contact, account,
        case when account is not null then (select s.id from service s where s.account_id = ids.account and s.state <> 'ended'
          and case when ids.service is not null then s.id = ids.service else s.order_number = ids."order"
            or exists (select from service_network where service_id = s.id and network >>= ids.ip) end
          order by (select max(masklen(network)) from service_network where service_id = s.id and network >>= ids.ip) desc nulls last, s.id limit 1) end,
        trust, kept ->> 'way', case when trust = 'fresh' then proved end,
        case when exists (select from item where item.n = ids.n and item.below is not null) then at end, wants
      from ids
      returning id, handle_id, contact_id, proof_asked_at
    ), asked as (
      insert into identity_event (type, handle_id, contact_id, ticket_id, at)
      select 'proof-asked', handle_id, contact_id, id, proof_asked_at from filed where proof_asked_at is not null
    ), said as (
      insert into message (id, ticket_id, kind, handle_id, body, folded, place_id, ref, at)
      select message, ticket, 'request', handle, description, folded, case when ref is not null then place end, ref, at from ids
    ), attached as (
      insert into file (ticket_id, message_id, channel, source, name, size, state, why, run_at, created_at)
      select ids.ticket, ids.message, ids.channel, f.source, f.name, f.size, f.state, f.why, ids.at, ids.at
      from ids, jsonb_to_recordset(ids.files) as f(source text, name text, size bigint, state text, why text)
    ), noted as (
      insert into event (ticket_id, type, handle_id, data, at) select ticket, 'opened', handle, kept, at from ids
    ), promised as (
      insert into promise (ticket_id, target, cycle, started_at, due_at, state, terms)
      select ids.ticket, p.target, p.cycle, ids.at, p.due, 'running', ids.kept ->> 'terms'
      from ids, jsonb_to_recordset(ids.promises) as p(target text, cycle int, due timestamptz)
    ), timed as (
      insert into timer (ticket_id, target, cycle, step, due_at, run_at)
      select ids.ticket, 'promise:' || s.target, s.cycle, s.step, s.due, s.due
      from ids, jsonb_to_recordset(ids.steps) as s(target text, cycle int, step text, due timestamptz)
      union all select ids.ticket, t.target, t.cycle, t.step, t."dueAt", t."dueAt"
      from ids, jsonb_to_recordset(ids.timers) as t(target text, cycle int, step text, "dueAt" timestamptz)
    ), news as (
      select item.*, coalesce(post.place, ids.place) as place, ids.ticket, ids.message, ids.at
      from item join ids using (n) left join post on item.role = 'desk' and post.n = item.n and post.channel = item.channel
    ), lanes as (
      insert into lane (place_id, channel, tail, backlog, rank, wake_at, opens)
      select place, channel, max(seq), count(*), min(rank), at, bool_or(kind <> 'post') from news group by place, channel, at
    ), queued as (
      insert into delivery (place_id, place_role, seq, rank, kind, ticket_id, message_id, message_kind, content, state, created_at)
      select place, role, seq, rank, kind, ticket, case when about then message end, case when about then 'request' end, content, 'pending', at
      from news order by place, seq
    ), pages as (
      insert into lane (place_id, channel, tail, backlog, rank, wake_at)
      select p.id, p.channel, 1, 1, ${rankOf('reminder')}, ids.at from ids join place p on p.handle_id = ids.handle and p.role = 'home'
      order by p.id
      on conflict (place_id) do update set tail = lane.tail + 1, backlog = lane.backlog + 1,
        rank = case when lane.backlog = 0 then excluded.rank else least(lane.rank, excluded.rank) end,
        wake_at = case when lane.backlog = 0 then greatest(lane.wake_at, excluded.wake_at) else lane.wake_at end
      returning place_id, tail
    ), shown as (
      insert into delivery (place_id, place_role, seq, rank, kind, content, state, created_at)
      select place_id, 'home', tail, ${rankOf('reminder')}, 'home', '{"home": true}', 'pending', ids.at
      from pages join place p on p.id = pages.place_id join ids on ids.handle = p.handle_id
    )
    select n, ticket as number from ids`;
  const numbers = new Map(rows.map(({ n, number }) => [n, number]));
  return filings.map((_, n) => numbers.get(n));
}

function written({ kept, cycles, steps }: OpeningPromises) {
  const time = (at: number | null): Date | null => (at === null ? null : new Date(at));
  return {
    kept,
    promises: cycles.map(({ target, cycle, dueAt }) => ({ target, cycle, due: time(dueAt) })),
    steps: steps.map(({ target, cycle, step, dueAt }) => ({ target, cycle, step, due: time(dueAt) })),
  };
}
