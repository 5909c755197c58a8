import { type Database, openDatabase, type Sql } from '../../drizzle/database.ts';

/**
 * What the desk's database says of itself after a storm. The auditor does not use it, because it shares nothing with the desk: it says
 * why something is missing, and counts lanes whose own count of what is left is not that of their deliveries.
 */
export interface Inside {
  /** Lanes that count wrongly, and would sleep, or look for work for ever. Must be 0. */
  readonly drifted: number;
  /** What is still open, one line each. */
  readonly lines: readonly string[];
}

/** Tells whether nothing is under way: no lane and no file is held by anybody at the storm's time. */
export interface Idle {
  look(at: number): Promise<boolean>;
  close(): Promise<void>;
}

/** Looks at the leases over one connection. While the database is away nobody can say, and it is not idle. */
export function idleBy(url: string): Idle {
  let database: Database | undefined;
  const held = async (at: number): Promise<boolean> => {
    database ??= await openDatabase({ url, max: 1, name: 'storm' });
    const now = new Date(at);
    const rows = await database.sql`
      select from lane where leased_until > ${now} union all select from file where leased_until > ${now} limit 1`;
    return rows.count > 0;
  };
  return {
    look: at =>
      held(at)
        .then(is => !is)
        .catch(() => false),
    close: async () => void (await database?.close()),
  };
}

/** Looks into the database. `at`: the storm's time; `tokens`: what the auditor misses. Throws when it does not answer. */
export async function lookInside(
  url: string,
  at: number,
  tokens: readonly string[],
  people: readonly string[] = [],
): Promise<Inside> {
  const database = await openDatabase({ url, max: 2, name: 'storm' });
  try {
    const { sql } = database;
    const drifted = await driftedIn(sql);
    return {
      drifted: drifted.length,
      lines: [
        ...drifted,
        ...(await openIn(sql, at)),
        ...(await sessionsIn(sql)),
        ...(await storedIn(sql, at)),
        ...(await tracesIn(sql, tokens)),
        ...(await peopleIn(sql, people)),
      ],
    };
  } finally {
    await database.close();
  }
}

/** A lane of which somebody holds the lease counts what is under way too, so this holds at every moment. */
async function driftedIn(sql: Sql): Promise<string[]> {
  const rows = await sql`
    select l.place_id as place, l.channel, l.backlog, count(d.id)::int as open from lane l
    left join delivery d on d.place_id = l.place_id and d.state in ('pending', 'sending', 'retry')
    group by l.place_id having l.backlog <> count(d.id)`;
  return rows.map(row => `inside: a lane counts wrongly ${JSON.stringify(row)}`);
}

async function openIn(sql: Sql, at: number): Promise<string[]> {
  const now = new Date(at);
  const rows = await sql`
    select p.id as place, p.channel, p.role, p.address, p.gone, p.ticket_id as ticket, l.backlog, l.rank, l.opens, l.fence,
      extract(epoch from l.wake_at - ${now}::timestamptz)::int as "wakesInS",
      extract(epoch from l.leased_until - ${now}::timestamptz)::int as "leasedForS", d.*
    from lane l join place p on p.id = l.place_id join lateral (
      select d.id as delivery, d.kind, d.state, d.attempts, d.doubt, d.error, d.content ->> 'say' as says from delivery d
      where d.place_id = l.place_id and d.state in ('pending', 'sending', 'retry') order by d.seq limit 1) d on true
    order by p.id limit 50`;
  return rows.map(row => `inside: at the head of a lane ${JSON.stringify(row)}`);
}

/** Who holds what: a transaction that is left open keeps others from its rows without a word. */
async function sessionsIn(sql: Sql): Promise<string[]> {
  const rows = await sql`
    select pid, application_name as name, state, wait_event as waits, extract(epoch from clock_timestamp() - xact_start)::int as "openForS",
      pg_blocking_pids(pid) as "blockedBy", left(query, 120) as query
    from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid() and xact_start is not null`;
  const free = await sql<{ place: number }[]>`
    select place_id as place from lane where backlog > 0 and leased_until is null for update skip locked`;
  const all = await sql<
    { place: number }[]
  >`select place_id as place from lane where backlog > 0 and leased_until is null`;
  const taken = all.filter(({ place }) => !free.some(one => one.place === place)).map(({ place }) => place);
  return [
    ...rows.map(row => `inside: a transaction is open ${JSON.stringify(row)}`),
    ...(taken.length > 0
      ? [`inside: the rows of the lanes of these places are locked: ${taken.join(' ')}`]
      : []),
  ];
}

async function storedIn(sql: Sql, at: number): Promise<string[]> {
  const rows = await sql`
    select channel, event_id as event, state, place_id as place, attempts, error, payload ->> 'type' as type,
      payload ->> 'place' as "where", extract(epoch from run_at - ${new Date(at)}::timestamptz)::int as "runsInS"
    from receipt where state <> 'done' order by id limit 50`;
  return rows.map(row => `inside: an event is not worked ${JSON.stringify(row)}`);
}

/** What is known of those whose words are missing: where they are, what came of them last, and what was last sent to them. */
async function peopleIn(sql: Sql, people: readonly string[]): Promise<string[]> {
  const lines: string[] = [];
  for (const name of people) {
    const rows = await sql`
      select h.channel, h.external_id as id, h.seen_at as seen, (select jsonb_agg(to_jsonb(p) || jsonb_build_object('lane', (select to_jsonb(l) from lane l where l.place_id = p.id),
          'received', (select jsonb_object_agg(state, n) from (select state, count(*) as n from receipt where place_id = p.id group by state) r),
          'lastReceived', (select jsonb_agg(jsonb_build_object('event', event_id, 'at', received_at, 'state', state) order by id desc) from (
            select * from receipt where place_id = p.id order by id desc limit 5) r),
          'lastSent', (select jsonb_agg(jsonb_build_object('id', id, 'kind', kind, 'state', state, 'says', content ->> 'say', 'text', left(content ->> 'text', 60), 'at', created_at) order by id desc) from (
            select * from delivery where place_id = p.id order by id desc limit 6) d)))
        from place p where p.handle_id = h.id) as places,
        (select jsonb_agg(to_jsonb(d)) from draft d where d.handle_id = h.id) as drafts,
        (select jsonb_agg(jsonb_build_object('id', t.id, 'state', t.state)) from ticket t where t.handle_id = h.id) as tickets
      from handle h where h.name ilike ${`%${name}%`}`;
    for (const row of rows) lines.push(`inside: ${name} ${JSON.stringify(row)}`);
  }
  return lines;
}

/** How far a word came: the message that holds it, and what was sent of it. */
async function tracesIn(sql: Sql, tokens: readonly string[]): Promise<string[]> {
  const lines: string[] = [];
  for (const token of tokens) {
    const rows = await sql`
      select m.id as message, m.ticket_id as ticket, m.kind, m.place_id as place, m.at, m.ref, (
        select jsonb_agg(jsonb_build_object('delivery', d.id, 'place', d.place_id, 'address', p.address, 'seq', d.seq, 'kind', d.kind,
          'state', d.state, 'ref', d.ref, 'tried', d.first_tried_at, 'settled', d.settled_at, 'doubt', d.doubt, 'attempts', d.attempts, 'error', d.error) order by d.id)
        from delivery d join place p on p.id = d.place_id where d.message_id = m.id) as deliveries
      from message m where m.body like ${`%${token}%`}`;
    lines.push(`inside: ${token} ${rows.length === 0 ? 'is in no message' : JSON.stringify(rows)}`);
    const came = await sql`
      select id, event_id as event, state, place_id as place, attempts, received_at as received, run_at as run, said_at as said from receipt
      where payload::text like ${`%${token}%`}`;
    for (const row of came) lines.push(`inside: ${token} came ${JSON.stringify(row)}`);
  }
  return lines;
}
