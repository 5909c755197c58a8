import { readFile, writeFile } from 'node:fs/promises';
import { type Database, openDatabase } from '../../drizzle/database.ts';
import { startServer } from '../../drizzle/server.ts';
import { type Defer, inDirectory } from '../kit/cleanup.ts';
import { cpuMs } from '../kit/cpu.ts';
import { makeDatabase } from '../kit/databases.ts';
import { type DeskProcess, startDesk } from '../kit/desk.ts';
import { type Platforms, startPlatforms } from '../kit/platforms.ts';
import type { Options } from '../kit/report.ts';
import { flatness, median, percentile, round } from '../kit/stats.ts';
import { until } from '../kit/wait.ts';
import { type Helper, startHelper } from '../kit/worker.ts';
import { countCalls, openOnDiscord } from './discord-calls.ts';
import type { FloorAnswer, FloorQuestion } from './floor.ts';
import type { LoadAnswer, LoadQuestion } from './load.ts';
import { recordStatement } from './statement.ts';
import { recordSubmission } from './submission.ts';

/** How much is done. */
interface Size {
  /** Tickets through the desk in all slices together. */
  readonly tickets: number;
  /** Slices of the desk, each beside one of the floor with as many tickets. */
  readonly slices: number;
  /** Seconds of steady load. */
  readonly seconds: number;
  /** Tickets for counting calls: from Slack, and from Discord by so many people. */
  readonly counted: number;
  readonly people: number;
}

const whole: Size = { tickets: 100_000, slices: 100, seconds: 20, counted: 150, people: 40 };
const short: Size = { tickets: 3_000, slices: 10, seconds: 5, counted: 20, people: 10 };

/** Requests under way at once, at the desk and at the floor. */
const CONCURRENCY = 32;
/** The steady load, commands a second. */
const PER_SECOND = 300;
/** How often it is laid on. */
const TURNS = 3;
/** Customers; in turn, so that no two requests under way are of the same one. Slack tells 100 names a minute. */
const PEOPLE = 80;
/** Tickets before anything is measured: the code is compiled, the connections are open. */
const WARM_UP = 1_000;

/** What the bench found. */
export interface IntakeResult {
  /** Tickets a second through the desk, over those of the one statement alone. */
  readonly ratio: number;
  /** Ms within which 99 of 100 answers came at the steady load; the median of three turns. */
  readonly p99_ms: number;
  /** The desk's rate over the floor's in the last tenth of the tickets, over the same in the first: what the machine does meanwhile hits both. */
  readonly flat: number;
  /** Requests to Discord for a ticket, where it takes more of them: from Slack or from Discord. */
  readonly discord_calls: number;
}

interface Bench {
  readonly options: Options;
  readonly size: Size;
  readonly platforms: Platforms;
  readonly desk: DeskProcess;
  /** The process of the PostgreSQL server. */
  readonly serverPid: number;
  readonly database: Database;
  readonly load: Helper<LoadQuestion, LoadAnswer>;
  readonly floor: Helper<FloorQuestion, FloorAnswer>;
}

/** From a signed Slack command over HTTP to a committed ticket, against the floor of its one SQL statement on the same server. */
export function runIntake(options: Options): Promise<IntakeResult> {
  return inDirectory(async (directory, defer) => {
    const bench = await prepare(directory, defer, options);
    const calls = await measureCalls(bench);
    const { ratio, flat } = await measureRates(bench);
    await ebb(bench);
    const p99 = await measureSteady(bench);
    await checkCommitted(bench);
    return { ratio: round(ratio), p99_ms: round(p99, 1), flat: round(flat), discord_calls: round(calls) };
  });
}

async function prepare(directory: string, defer: Defer, options: Options): Promise<Bench> {
  const size = options.short ? short : whole;
  const platforms = await startPlatforms(directory);
  defer(platforms.stop);
  const { slack, env } = platforms;
  await acknowledgeLater(env.DESK_POLICY ?? '');
  const users = Array.from(
    { length: PEOPLE },
    (_, index) => slack.addPerson({ name: `crowd${index}`, role: 'customer', locale: 'en-US' }).id,
  );
  let running = true;
  const say = (line: string): void => (running ? options.say(line) : undefined);
  const server = await startServer({
    dataDir: directory,
    log: { info: () => undefined, warn: say, error: say },
  });
  defer(() => {
    running = false; // it tells of each connection that it ends
    return server.stop();
  });
  // Two databases: what the floor writes is no work for the desk's relay.
  const deskUrl = await makeDatabase(server.url, 'bench_desk');
  const floorUrl = await makeDatabase(server.url, 'bench_floor');
  const desk = await startDesk(directory, { ...env, DATABASE_URL: deskUrl });
  defer(() => desk.stop());
  const database = await openDatabase({ url: deskUrl, max: 1, name: 'bench' });
  defer(() => database.close());
  const url = `${desk.url}/hooks/slack`;
  slack.setRequestUrl(url);
  const submission = await recordSubmission(slack);
  const statement = await recordStatement(env.DESK_POLICY ?? '');
  const load = startHelper<LoadQuestion, LoadAnswer>(new URL('load.ts', import.meta.url), {
    url,
    submission,
    users,
  });
  defer(load.stop);
  const floor = startHelper<FloorQuestion, FloorAnswer>(new URL('floor.ts', import.meta.url), {
    url: floorUrl,
    statement,
    users,
  });
  defer(floor.stop);
  return { options, size, platforms, desk, serverPid: server.pid, database, load, floor };
}

/**
 * Tickets come much faster here than platforms take what is said about them: within two minutes each would miss the time by which it is to be acknowledged,
 * and what is measured would be that (`npm run bench -- timers`), the more of it the slower the machine is.
 */
async function acknowledgeLater(file: string): Promise<void> {
  const policy = await readFile(file, 'utf8');
  const changed = policy.replace(/^( {2}acknowledgement:.*\n)(?: {4}- .*\n)+/m, '$1    - { within: 24h }\n');
  if (changed === policy) throw new Error('desk.yaml promises no acknowledgement');
  await writeFile(file, changed);
}

async function measureCalls({ options, size, platforms, database, load }: Bench): Promise<number> {
  const { discord } = platforms;
  const slack = await countCalls(discord, database, async () => {
    await burst(load, size.counted);
    return size.counted;
  });
  const own = await countCalls(discord, database, () => openOnDiscord(discord, size.people, 1));
  for (const [from, calls] of Object.entries({ Slack: slack, Discord: own })) {
    const answers =
      calls.answersPerTicket > 0 ? `, and ${round(calls.answersPerTicket)} answers to interactions` : '';
    options.say(`Discord calls for a ticket from ${from}: ${round(calls.perTicket)}${answers}`);
    for (const [kind, count] of Object.entries(calls.kinds)) options.say(`  ${count} × ${kind}`);
  }
  return Math.max(slack.perTicket, own.perTicket);
}

async function burst(load: Bench['load'], count: number): Promise<LoadAnswer> {
  const answer = await load.ask({ kind: 'burst', count, concurrency: CONCURRENCY });
  if (answer.faults.length > 0) throw new Error(`the desk did not open each ticket: ${answer.faults[0]}`);
  return answer;
}

interface Slice {
  /** Tickets a second. */
  readonly rate: number;
  /** Processor time for a ticket, in ms: of the desk's process, and of PostgreSQL. */
  readonly desk: number;
  readonly database: number;
}

/** The desk and the floor in turn, so that whatever else the machine does hits both. While it is the floor's turn the desk stands still. */
async function measureRates(bench: Bench): Promise<{ ratio: number; flat: number }> {
  const { options, size, desk, load, floor } = bench;
  await burst(load, WARM_UP);
  await floor.ask({ count: WARM_UP, concurrency: CONCURRENCY });
  const count = Math.round(size.tickets / size.slices);
  const slices: { desk: Slice; floor: Slice }[] = [];
  for (let slice = 0; slice < size.slices; slice++) {
    desk.pause();
    const below = await measured(bench, count, () => floor.ask({ count, concurrency: CONCURRENCY }));
    desk.resume();
    slices.push({ desk: await measured(bench, count, () => burst(load, count)), floor: below });
    if ((slice + 1) % Math.ceil(size.slices / 10) === 0)
      options.say(`${slices.length * count} tickets: ${summary(slices.slice(-Math.ceil(size.slices / 10)))}`);
  }
  const ofDesk = slices.map(slice => slice.desk.rate);
  const ofFloor = slices.map(slice => slice.floor.rate);
  options.say(`all: ${summary(slices)}`);
  options.say(`last tenth over first: desk ${round(flatness(ofDesk))}, floor ${round(flatness(ofFloor))}`);
  const flat = flatness(slices.map(slice => slice.desk.rate / slice.floor.rate));
  return { ratio: median(ofDesk) / median(ofFloor), flat };
}

async function measured(
  { desk, serverPid }: Bench,
  count: number,
  work: () => Promise<{ readonly ms: number }>,
): Promise<Slice> {
  const [deskBefore, databaseBefore] = [cpuMs(desk.pid), cpuMs(serverPid)];
  const { ms } = await work();
  return {
    rate: (count * 1000) / ms,
    desk: (cpuMs(desk.pid) - deskBefore) / count,
    database: (cpuMs(serverPid) - databaseBefore) / count,
  };
}

function summary(slices: readonly { readonly desk: Slice; readonly floor: Slice }[]): string {
  const of = (who: 'desk' | 'floor', what: keyof Slice): number =>
    median(slices.map(slice => slice[who][what]));
  const cpu = `processor ${round(of('desk', 'desk'))} + ${round(of('desk', 'database'))} ms`;
  return (
    `desk ${Math.round(of('desk', 'rate'))}/s (${cpu} in PostgreSQL for a ticket), ` +
    `floor ${Math.round(of('floor', 'rate'))}/s (${round(of('floor', 'database'))} ms)`
  );
}

/** PostgreSQL has this long to end what it does after the flood, in ms. */
const EBB_MS = 240_000;

/**
 * 100,000 tickets in three minutes are followed by minutes of tidying up (vacuum and statistics of some ten tables, a checkpoint) that a steady load never
 * brings about at once: it is waited for. The tickets stay, and so does what is still to be sent.
 */
async function ebb({ options, database }: Bench): Promise<void> {
  const began = performance.now();
  await database.sql`checkpoint`;
  await until(
    'PostgreSQL has tidied up',
    async () => {
      const [busy] = await database.sql`
        select from pg_stat_activity where backend_type = 'autovacuum worker' union all
        select from pg_stat_all_tables where n_ins_since_vacuum > 1000 + 0.2 * n_live_tup or n_dead_tup > 50 + 0.2 * n_live_tup limit 1`;
      return busy === undefined ? true : undefined;
    },
    EBB_MS,
    1_000,
  ).catch(() => options.say('PostgreSQL was still tidying up'));
  options.say(`tidied up after ${round((performance.now() - began) / 1000, 0)} s`);
}

/** The median of some turns: a machine that is shared stops for a moment now and then, and a single turn shows that. */
async function measureSteady({ options, size, load }: Bench): Promise<number> {
  const slowest: number[] = [];
  for (let turn = 0; turn < TURNS; turn++) {
    const { latencies, faults } = await load.ask({
      kind: 'steady',
      perSecond: PER_SECOND,
      seconds: size.seconds,
    });
    if (faults.length > 0) throw new Error(`the desk did not open each ticket: ${faults[0]}`);
    const at = (share: number): number => round(percentile(latencies, share), 1);
    options.say(
      `${PER_SECOND}/s for ${size.seconds} s: p50 ${at(0.5)} ms, p90 ${at(0.9)} ms, p99 ${at(0.99)} ms, slowest ${at(1)} ms`,
    );
    slowest.push(at(0.99));
  }
  return median(slowest);
}

/** What was answered is in the database: each ticket with its receipt and its two deliveries. */
async function checkCommitted({ size, database }: Bench): Promise<void> {
  const perSlice = Math.round(size.tickets / size.slices);
  const fromSlack = 1 + size.counted + WARM_UP + perSlice * size.slices + PER_SECOND * size.seconds * TURNS;
  const [found] = await database.sql<{ tickets: number; receipts: number; first: number }[]>`
    select (select count(*) from ticket) as tickets,
      (select count(*) from receipt where channel = 'slack' and event_id like 'view:%') as receipts,
      (select count(*) from delivery where kind in ('thread', 'desk-post')) as first`;
  const tickets = fromSlack + size.people;
  if (found?.tickets !== tickets || found.receipts !== fromSlack || found.first !== 2 * tickets)
    throw new Error(`${tickets} tickets were opened, but the database has ${JSON.stringify(found)}`);
}
