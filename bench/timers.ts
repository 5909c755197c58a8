import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { type Database, openDatabase } from '../drizzle/database.ts';
import { startServer } from '../drizzle/server.ts';
import { readPolicyFile } from '../src/config.ts';
import { cyclesOf, hashOf, type LogEntry, stepsOf, type Terms } from '../src/core/sla/index.ts';
import { inDirectory } from './kit/cleanup.ts';
import { startDesk } from './kit/desk.ts';
import { startPlatforms } from './kit/platforms.ts';
import type { Options } from './kit/report.ts';
import { percentile, round } from './kit/stats.ts';
import { until } from './kit/wait.ts';

/** What the bench found. */
export interface TimersResult {
  /** From when a promise was due to when its timer fired, by the database's clock, of those that are due in one second. */
  readonly late_p99_ms: number;
  /** Promises that were due and not said to be missed, or said twice, in all three parts. */
  readonly missed: number;
  /** To count all promises of a ticket with 60 events anew. */
  readonly recompute_ms: number;
  /** The last timer after `kill -9` in the middle: from when the next desk was started, or from when it was due if that was later. */
  readonly after_kill_ms: number;
  /** The last timer after an outage of PostgreSQL: from when it was back. */
  readonly after_outage_ms: number;
}

/** First replies are due so long after the opening in the policy that ships, in s. */
const FIRST_REPLY_S = 600;
/** All must be done by then, or it will not be, in ms. */
const PATIENCE_MS = 60_000;

/** 100,000 pending timers (10,000 in short), 1,000 due in one second; again with `kill -9` in the middle, and with PostgreSQL away for 30 s (5 in short). */
export function runTimers({ short, say }: Options): Promise<TimersResult> {
  const pending = short ? 10_000 : 100_000;
  const due = short ? 300 : 1_000;
  const outageMs = short ? 5_000 : 30_000;
  return inDirectory(async (directory, defer) => {
    const platforms = await startPlatforms(directory);
    defer(platforms.stop);
    const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
    const dataDir = join(directory, 'data');
    let server = await startServer({ dataDir, log });
    defer(() => server.stop());
    const port = Number(new URL(server.url).port);
    const { policy } = readPolicyFile(platforms.env.DESK_POLICY ?? '');
    if (policy === undefined) throw new Error('the policy that ships is wrong');
    const env = { ...platforms.env, DATABASE_URL: server.url };
    let desk = await startDesk(directory, env);
    defer(() => desk.stop());
    const database = await openDatabase({ url: server.url, max: 2, name: 'bench', statementTimeout: 0 });
    defer(() => database.close());
    const recompute_ms = measureRecompute(policy.terms);
    say(`recomputing a ticket with 60 events: ${recompute_ms} ms`);
    await seed(database, policy.terms, pending, new Date(Date.now() + 86_400_000));
    await database.sql`vacuum analyze timer`;
    say(`${pending} timers wait`);

    const plain = await wave(database, policy.terms, due);
    await plain.done();
    const late = await plain.lateness();
    say(`${due} in a second: median ${percentile(late, 0.5)} ms late, the last ${Math.max(...late)} ms`);

    const killed = await wave(database, policy.terms, due);
    await delay(killed.at - Date.now() + 500);
    process.kill(desk.pid, 'SIGKILL');
    const left = await killed.left();
    const restarted = Date.now();
    desk = await startDesk(directory, env);
    await killed.done();
    const afterKill = (await killed.lastAt()) - Math.max(restarted, killed.at + 1000);
    say(
      `killed with ${left} left, ready again after ${round(desk.readyMs, 0)} ms, the last fired after ${afterKill} ms`,
    );

    const outage = await wave(database, policy.terms, due);
    await delay(outage.at - Date.now() - 500);
    await server.stop();
    await delay(outageMs);
    server = await startServer({ dataDir, log, port });
    const back = Date.now();
    await outage.done();
    const afterOutage = (await outage.lastAt()) - back;
    say(`PostgreSQL away for ${outageMs / 1000} s, the last fired ${afterOutage} ms after it was back`);
    return {
      late_p99_ms: percentile(late, 0.99),
      missed: (await plain.wrong()) + (await killed.wrong()) + (await outage.wrong()),
      recompute_ms,
      after_kill_ms: afterKill,
      after_outage_ms: afterOutage,
    };
  });
}

/**
 * Tickets that were acknowledged and whose first reply is due at a moment, spread over a second; as `core/ticket/file.ts` writes them, many in one statement. They are
 * called closed, so that no posts are made for them: what is measured are the timers, and not how fast a platform takes posts.
 */
async function seed({ sql }: Database, terms: Terms, count: number, dueAt: Date): Promise<number[]> {
  const opened = new Date(dueAt.getTime() - FIRST_REPLY_S * 1000);
  const kept = JSON.stringify({ terms: hashOf(terms), way: 'ticket', tier: null });
  const rows = await sql<{ id: number }[]>`
    with who as (
      insert into handle (channel, space, external_id, name, seen_at) values ('telegram', '', '1', 'Crowd', now())
      on conflict (channel, space, external_id) do update set name = 'Crowd' returning id
    ), home as (
      insert into place (channel, role, handle_id) select 'telegram', 'customer', id from who returning id
    ), made as (
      insert into ticket (state, priority, department, subject, facts, locale, handle_id, place_id, opened_at, updated_at)
      select 'closed', 'regular', 'technical', 'x', '{}', 'en', who.id, home.id,
        ${opened}::timestamptz + n * interval '1 second' / ${count}, now() from who, home, generate_series(0, ${count - 1}) n
      returning id, opened_at
    ), said as (
      insert into message (ticket_id, kind, handle_id, body, at) select made.id, 'request', who.id, 'x', opened_at from made, who
    ), noted as (
      insert into event (ticket_id, type, data, at) select id, 'opened', ${kept}::jsonb, opened_at from made
    ), promised as (
      insert into promise (ticket_id, target, cycle, started_at, due_at, state, terms)
      select id, 'first-reply', 1, opened_at, opened_at + ${FIRST_REPLY_S} * interval '1 second', 'running', ${hashOf(terms)} from made
    ), greeted as (
      insert into delivery (place_id, place_role, seq, rank, kind, ticket_id, content, state, created_at, settled_at)
      select home.id, 'customer', made.id, 0, 'post', made.id, '{"say":"ticket-opened"}', 'sent', opened_at, opened_at from made, home
    ), timed as (
      insert into timer (ticket_id, target, cycle, step, due_at, run_at)
      select id, 'promise:first-reply', 1, 'due', opened_at + ${FIRST_REPLY_S} * interval '1 second',
        opened_at + ${FIRST_REPLY_S} * interval '1 second' from made
    )
    select id from made`;
  return rows.map(({ id }) => id);
}

/** So many due in one second, three seconds from now. */
async function wave(database: Database, terms: Terms, count: number) {
  const { sql } = database;
  const at = Date.now() + 3_000;
  const ids = await seed(database, terms, count, new Date(at));
  const mine = () =>
    sql`ticket_id = any(${ids}::bigint[]) and target = 'promise:first-reply' and step = 'due'`;
  const left = async (): Promise<number> => {
    const [row] = await sql<
      { n: number }[]
    >`select count(*)::int as n from timer where ${mine()} and state <> 'fired'`;
    return row?.n ?? count;
  };
  return {
    at,
    left,
    done: () =>
      until(
        'every timer has fired',
        async () => ((await left().catch(() => count)) === 0 ? true : undefined),
        PATIENCE_MS,
      ).catch(() => undefined),
    async lateness(): Promise<number[]> {
      const rows = await sql<{ ms: number }[]>`
        select (extract(epoch from fired_at - due_at) * 1000)::float8 as ms from timer where ${mine()} and fired_at is not null`;
      return rows.map(({ ms }) => Math.round(ms));
    },
    async lastAt(): Promise<number> {
      const [row] = await sql<{ at: Date | null }[]>`select max(fired_at) as at from timer where ${mine()}`;
      return row?.at?.getTime() ?? Number.NaN;
    },
    /** Tickets whose miss was not told exactly once. */
    async wrong(): Promise<number> {
      const [row] = await sql<{ n: number }[]>`
        select count(*)::int as n from unnest(${ids}::bigint[]) as t(id) where 1 <> (
          select count(*) from event e where e.ticket_id = t.id and e.type = 'promise-missed'
            and e.data ->> 'target' = 'first-reply')`;
      return row?.n ?? count;
    },
  };
}

/** A year of a ticket that goes to and fro between two departments, in the calendar with the most to count. */
function measureRecompute(terms: Terms): number {
  const hash = hashOf(terms);
  const begin = Date.parse('2026-01-05T10:00:00Z');
  const log: LogEntry[] = [
    {
      type: 'opened',
      at: begin,
      department: 'financial',
      priority: 'regular',
      way: 'ticket',
      tier: null,
      terms: hash,
    },
  ];
  for (let n = 0; n < 60; n++) {
    const at = begin + (n + 1) * 5.5 * 86_400_000;
    const turn: readonly LogEntry[] = [
      { type: 'staff-replied', at },
      { type: 'customer-wrote', at },
      { type: 'moved', at, to: 'waiting', by: 'wait', who: 'staff' },
      { type: 'moved', at, to: 'open', by: 'resume', who: 'staff' },
      { type: 'prioritised', at, to: n % 2 === 0 ? 'critical' : 'regular' },
      { type: 'transferred', at, to: n % 3 === 0 ? 'technical' : 'financial' },
    ];
    log.push(turn[n % turn.length] as LogEntry);
  }
  const count = (): void => {
    for (const one of cyclesOf(log, () => terms)) stepsOf(one, terms);
  };
  for (let n = 0; n < 200; n++) count();
  const began = performance.now();
  for (let n = 0; n < 1000; n++) count();
  return round((performance.now() - began) / 1000, 3);
}
