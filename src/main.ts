import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { databaseClock } from '../drizzle/clock.ts';
import { type Database, openDatabase } from '../drizzle/database.ts';
import { createLease, type Lease } from '../drizzle/lease.ts';
import { migrate } from '../drizzle/migrate.ts';
import { startServer } from '../drizzle/server.ts';
import { createDrawChart } from './charts/index.ts';
import { type Config, readConfig } from './config.ts';
import {
  type Channel,
  type ChannelKind,
  createDesk,
  createRooms,
  createWebChannel,
  type Desk,
  type DeskParts,
  type FileHouse,
  type Log,
  type Phrasebook,
  promisedWithin,
  type Rooms,
} from './core/index.ts';
import { createHttp, type HttpApp, type HttpParts, type Readiness } from './http/app.ts';
import { createFronts, type Front } from './http/fronts.ts';
import { serveHttp } from './http/listen.ts';
import { keepRunning } from './keep.ts';
import { createLog } from './log.ts';
import { deskSecret, fileKeepsake, openFileHouse } from './storage/index.ts';
import { readWords } from './words.ts';

/** A desk that runs: connected, listening, ticking. */
export interface RunningDesk {
  readonly desk: Desk;
  /** The port that HTTP listens on. */
  readonly port: number;
  /** Takes nothing new, ends what is under way, closes everything. */
  stop(): Promise<void>;
}

/** How a run may differ from a plain start. */
export interface RunOptions {
  readonly log?: Log;
  /** Time for tests; the database's own otherwise. */
  readonly now?: () => Date;
  /** The desk does not tick by itself: whoever runs it calls `desk.tick`. */
  readonly manual?: boolean;
  /** Adds routes of one's own to the desk's HTTP before it listens; the demo adds the stage. */
  readonly mount?: (app: HttpApp) => void;
}

/** Relay rounds further apart than this, in ms, mean that the desk is not ready. */
const ROUND_LIMIT_MS = 10_000;
/** A start waits this long, in ms, for the platforms. */
const LISTEN_MS = 10_000;
/** How often the process's clock is compared with the database's, in ms. */
const CLOCK_SYNC_MS = 60_000;

/** Builds the desk from its configuration and starts it. Throws, with what to do, when the database or the port cannot be had. */
export async function run(config: Config, options: RunOptions = {}): Promise<RunningDesk> {
  const log = options.log ?? createLog(config.logLevel);
  const loading = loadChannels(config); // while the database starts
  loading.catch(() => undefined);
  const server =
    config.databaseUrl === undefined ? await startServer({ dataDir: config.dataDir, log }) : undefined;
  const closing: (() => Promise<void>)[] = server === undefined ? [] : [() => server.stop()];
  const stop = async (): Promise<void> => {
    for (const close of closing.splice(0).toReversed())
      await close().catch(error => log.error('while stopping', { error: String(error) }));
  };
  try {
    const database = await openDatabase({ url: config.databaseUrl ?? (server?.url as string) });
    closing.push(() => database.close());
    await migrate(database.sql);
    const clock = await databaseClock(database);
    const now = options.now ?? clock.now;
    const phrases = readWords(config.policy);
    const fronts: Front[] = [];
    const files = openFileHouse(config.dataDir, config.files);
    const secret = deskSecret(config.dataDir, config.files.secret);
    const shared = { log, now, phrases, secret, uploads: files.uploads };
    const channels = [
      ...(await loading)({ ...shared, ...roomsFor(database, now, fronts) }),
      ...ownPages(config, files),
    ];
    const desk = createDesk({
      database,
      policy: config.policy,
      phrases,
      log,
      now,
      channels,
      files,
      draw: createDrawChart(),
      ...(await loadSupplierMail(config)),
      lastKnown: fileKeepsake(join(config.dataDir, 'status.json')),
    });
    closing.push(
      async () => void (await Promise.all(channels.map(channel => channel.close?.()))),
      () => desk.stop(),
    );
    const sync = setInterval(
      () =>
        void clock.sync().catch(error => log.warn('the clock was not compared', { error: String(error) })),
      CLOCK_SYNC_MS,
    );
    closing.push(async () => clearInterval(sync));
    const allFronts = createFronts(fronts, config.trustedProxies);
    const app = createHttp({
      channels: new Map(channels.map(channel => [channel.kind, channel])),
      accept: desk.accept,
      file: desk.file,
      api: desk.api,
      pages: desk.pages,
      calendars: desk.calendars,
      status: desk.status,
      reach: desk.reach,
      client: desk.client,
      token: await loadTokens(config, now),
      openId: await loadOpenId(config, log, now),
      subscribe: desk.subscribe,
      publicUrl: config.files.publicUrl,
      fronts: allFronts,
      alerts: await loadAlerts(config, desk),
      ready: () => readiness(desk),
      log,
      now,
    });
    options.mount?.(app);
    const http = await serveHttp({ app, port: config.port, upgrade: allFronts.upgrade });
    closing.push(() => http.close());
    // Before anything is worked: what was said while nobody listened goes first.
    const connected = new Map(channels.map(({ kind }) => [kind, Promise.withResolvers<void>()]));
    for (const [kind, { promise }] of connected) void desk.catchUp(kind, promise);
    await desk.tick();
    if (options.manual !== true) desk.start();
    closing.push(await listenAll(channels, desk, log, kind => connected.get(kind)?.resolve()));
    return { desk, port: http.port, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** The pages of one's own, where links to them lead somewhere. */
function ownPages({ files: { publicUrl } }: Config, { uploads }: FileHouse): Channel[] {
  return publicUrl === undefined ? [] : [createWebChannel({ publicUrl, uploads: () => uploads })];
}

/** Reads the tokens with which customers come from the provider's client area; loaded only where there are some. */
async function loadTokens(
  { clientAreaKey: key, files }: Config,
  now: () => Date,
): Promise<HttpParts['token']> {
  if (key === undefined || files.publicUrl === undefined) return undefined;
  const { createTokenReader } = await import('./sign-in/token.ts');
  return createTokenReader({ key, audience: `${files.publicUrl}/me`, now });
}

/** Signing in with the provider's OpenID Connect; loaded only where there is one. */
async function loadOpenId(
  { openId, files: { publicUrl } }: Config,
  log: Log,
  now: () => Date,
): Promise<HttpParts['openId']> {
  if (openId === undefined || publicUrl === undefined) return undefined;
  const { createOpenId } = await import('./sign-in/open-id.ts');
  return createOpenId({ ...openId, redirect: `${publicUrl}/me/oidc/back`, log, now });
}

/** What every channel is given. */
interface Shared {
  readonly log: Log;
  readonly now: () => Date;
  readonly phrases: Phrasebook;
  /** Files that browsers bring. */
  readonly uploads: FileHouse['uploads'];
  /** Places that the desk keeps itself, for a channel without a platform. */
  readonly rooms: (kind: ChannelKind) => Rooms;
  /** A channel's own door for browsers. */
  readonly open: (front: Front) => void;
  /** What the desk signs with. */
  readonly secret: () => Promise<Uint8Array>;
  /** The right to read a mailbox. */
  readonly reading: Lease;
}

/** What the desk itself has for channels that keep something of their own. */
function roomsFor(
  database: Database,
  now: () => Date,
  fronts: Front[],
): Pick<Shared, 'reading' | 'rooms' | 'open'> {
  return {
    reading: createLease(database.sql, 'mailbox'),
    rooms: kind => createRooms(database, kind, now),
    open: front => fronts.push(front),
  };
}

/** Makes the channels of the platforms that are on. */
export type MakeChannels = (shared: Shared) => Channel[];

/** Loads the adapters of the platforms that are on: an SDK that nobody uses would hold some 20 MB. */
export async function loadChannels(config: Config): Promise<MakeChannels> {
  const { platforms, policy, dataDir } = config;
  const { slack, discord, telegram, email, webchat } = platforms;
  const staffLocale = policy.staff.language;
  const makers = await Promise.all([
    slack &&
      import('./adapters/slack/index.ts').then(
        it => (shared: Shared) => it.createSlackChannel({ ...slack, ...shared }),
      ),
    discord &&
      import('./adapters/discord/index.ts').then(
        it => (shared: Shared) => it.createDiscordChannel({ ...discord, ...shared, staffLocale }),
      ),
    telegram &&
      import('./adapters/telegram/index.ts').then(
        it => (shared: Shared) => it.createTelegramChannel({ ...telegram, ...shared, staffLocale }),
      ),
    email &&
      import('./adapters/email/index.ts').then(it => (shared: Shared) => {
        const imap = email.incoming?.imap;
        const incoming = email.incoming && {
          ...email.incoming,
          spool: join(dataDir, 'mail'),
          ...(imap && { mailbox: { imap, right: shared.reading } }),
        };
        return it.createEmailChannel({ ...email, ...shared, incoming });
      }),
    webchat &&
      import('./adapters/webchat/index.ts').then(it => (shared: Shared) => {
        const { channel, front } = it.createWebchat({
          ...webchat,
          ...shared,
          staffLocale,
          name: policy.desk.name,
          answersWithin: () => promisedWithin(policy, 'chat', shared.now()),
          files: { perMessage: policy.files.per_message, maxSize: policy.files.max_size },
          rooms: shared.rooms('webchat'),
          uploads: shared.uploads,
        });
        shared.open(front);
        return channel;
      }),
  ]);
  return shared => makers.flatMap(make => make?.(shared) ?? []);
}

/** Lets in who may send alerts; loaded only where somebody may. */
async function loadAlerts({ policy, alertSecrets }: Config, desk: Desk): Promise<HttpParts['alerts']> {
  if (policy.alerts.length === 0) return undefined;
  const { createAlertReceiver } = await import('./adapters/alerts/index.ts');
  return {
    receiver: createAlertReceiver({ sources: policy.alerts, secrets: alertSecrets }),
    take: desk.alerts,
  };
}

/** Reads what suppliers' mail brings; loaded only where it may. */
async function loadSupplierMail({ policy }: Config): Promise<Pick<DeskParts, 'readWorks'>> {
  if (!policy.alerts.some(({ kind }) => kind === 'mail')) return {};
  const { readWorks } = await import('./adapters/alerts/index.ts');
  return { readWorks };
}

/** Connects every channel that takes events by itself. One whose platform is down goes on trying; the start does not wait for it. */
async function listenAll(
  channels: readonly Channel[],
  desk: Desk,
  log: Log,
  isConnected: (kind: ChannelKind) => void,
): Promise<() => Promise<void>> {
  const listeners: { stop(): Promise<void> }[] = [];
  let stopped = false;
  const connecting = channels.map(async ({ kind, listen }) => {
    const listener = await listen?.(
      inbound => desk.accept(kind, inbound),
      () => void desk.catchUp(kind),
    );
    isConnected(kind);
    if (stopped) return listener?.stop();
    if (listener !== undefined) listeners.push(listener);
  });
  const all = Promise.allSettled(connecting).then(results => {
    for (const one of results)
      if (one.status === 'rejected')
        log.error('a platform cannot be listened to', { error: String(one.reason) });
    return 'connected' as const;
  });
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<'late'>(resolve => {
    timer = setTimeout(resolve, LISTEN_MS, 'late');
  });
  if ((await Promise.race([all, late])) === 'late')
    log.warn('not every platform is connected yet; the desk goes on trying');
  clearTimeout(timer);
  return async () => {
    stopped = true;
    await Promise.all(listeners.map(listener => listener.stop()));
  };
}

async function readiness(desk: Desk): Promise<Readiness> {
  const { database, lastRoundMs, timers } = await desk.health();
  const isFresh = (ms: number | undefined): boolean => ms !== undefined && ms < ROUND_LIMIT_MS;
  const relay = isFresh(lastRoundMs);
  const isOnTime = isFresh(timers?.lastRoundMs);
  return {
    ok: database && relay && isOnTime,
    checks: {
      database,
      relay,
      timers: isOnTime,
      timers_last_round_ms: timers?.lastRoundMs ?? null,
      timers_overdue_ms: timers?.overdueMs ?? null,
    },
  };
}

/** What starting took and nobody needs any more, some 10 MB (`npm run bench -- footprint`), goes back to the machine. Needs `--expose-gc`. */
function giveBack(): void {
  void globalThis.gc?.({ type: 'major', execution: 'sync', flavor: 'last-resort' });
}

/** Starts from the environment, and stops cleanly when told to. */
async function main(): Promise<void> {
  if (existsSync('.env')) process.loadEnvFile('.env');
  const result = readConfig(process.env);
  if (!result.ok) {
    process.stderr.write(
      `Switchdesk cannot start:\n${result.faults.map(fault => `  - ${fault}\n`).join('')}`,
    );
    process.exitCode = 1;
    return;
  }
  for (const remark of result.config.remarks) process.stderr.write(`${remark}\n`);
  const kept = await keepRunning(result.config, {
    read: () => readConfig(process.env),
    start: run,
    tell: line => void process.stderr.write(`${line}\n`),
  });
  giveBack();
  process.stderr.write(`Switchdesk is ready on port ${kept.current().port}.\n`);
  // `on`, not `once`: while somebody listens, the database server leaves the signal to us and ends last.
  let stopping = false;
  const stop = (): void => {
    if (stopping) return;
    stopping = true;
    void kept.stop().then(() => process.exit(0));
  };
  // From a terminal that is closed it means the end; else, as of old, to read anew.
  process.on('SIGHUP', process.stdin.isTTY ? stop : () => void kept.reload().catch(cannotStart));
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, stop);
}

function cannotStart(error: unknown): void {
  process.stderr.write(
    `Switchdesk cannot start: ${error instanceof Error ? error.message : String(error)}\n`,
  );
  process.exitCode = 1;
}

if (import.meta.main) main().catch(cannotStart);
