import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { startServer } from '../drizzle/server.ts';
import type { Config } from './config.ts';
import type { Desk, Log, Policy } from './core/index.ts';
import { createLog } from './log.ts';
import { type DiscordSimulator, startDiscord } from './simulator/discord/index.ts';
import { type MailSimulator, startMail } from './simulator/mail/index.ts';
import { type SlackSimulator, startSlack } from './simulator/slack/index.ts';
import { createStage } from './simulator/stage/index.ts';
import { startTelegram, type TelegramSimulator } from './simulator/telegram/index.ts';
import { startWebsite, type WebsiteSimulator } from './simulator/website/index.ts';
import { type ClientArea, entryFor, playOpening, playTour } from './tour/index.ts';

/** How a demo differs from the usual one. */
export interface DemoOptions {
  /** Of the desk and the stage; 0 takes a free one. */
  readonly port: number;
  /** Where the demo keeps its database while it runs. */
  readonly dataDir: string;
  /** An empty database to use instead of one of its own. */
  readonly databaseUrl?: string;
  readonly policyPath?: string;
  readonly log: Log;
}

/** The desk, running against pretend platforms, with the stage at `/stage`. */
export interface Demo {
  readonly slack: SlackSimulator;
  readonly discord: DiscordSimulator;
  readonly telegram: TelegramSimulator;
  readonly mail: MailSimulator;
  /** The provider's site, with the bubble. */
  readonly website: WebsiteSimulator;
  readonly port: number;
  readonly publicUrl: string;
  /** The provider's own site, which the stories need. */
  readonly clientArea: ClientArea;
  /** Lets so many minutes pass at once, for the desk and for the platforms. */
  passes(minutes: number): void;
  /** What time it is for them. */
  now(): Date;
  /** Stops the desk, then the platforms, and removes the demo's database. */
  stop(): Promise<void>;
}

/** Starts a demo with everybody and nothing said yet. Throws with what to do when the port or the database cannot be had. */
export async function startDemo(options: DemoOptions): Promise<Demo> {
  const closing: (() => unknown)[] = [];
  let aheadMs = 0;
  const clock = { now: (): number => Date.now() + aheadMs };
  const stop = async (): Promise<void> => {
    for (const close of closing.splice(0).toReversed()) await close();
  };
  // The database takes its second or two in a process of its own: meanwhile the desk's code is loaded.
  const parts = [
    ownDatabase(options, closing),
    startPlatforms(closing, clock),
    import('./config.ts'),
    import('./main.ts'),
  ] as const;
  try {
    const [home, platforms, { readPolicyFile }, { run }] = await Promise.all(parts);
    const { policy, faults } = readPolicyFile(
      options.policyPath ?? resolve(import.meta.dirname, '..', 'desk.yaml'),
    );
    if (policy === undefined) throw new Error(faults.join('\n'));
    const ended = new AbortController();
    const stage = createStage({
      simulators: [platforms.slack, platforms.discord, platforms.telegram, platforms.mail],
      site: platforms.website.origin,
      signal: ended.signal,
    });
    const port = options.port === 0 ? await freePort() : options.port;
    const secret = randomBytes(32).toString('base64url');
    const config = configFor({ ...options, ...home, port }, policy, platforms);
    const clientAreaKey = { alg: 'HS256', secret } as const;
    const desk = await run(
      { ...config, clientAreaKey },
      {
        log: options.log,
        now: () => new Date(clock.now()),
        mount: app => {
          app.route('/stage', stage);
          app.get('/', c => c.redirect('/stage'));
        },
      },
    );
    closing.push(
      () => desk.stop(),
      () => ended.abort(),
    );
    platforms.website.setDesk(`http://127.0.0.1:${desk.port}`);
    platforms.slack.setRequestUrl(`http://127.0.0.1:${desk.port}/hooks/slack`);
    const passes = (minutes: number): void => {
      aheadMs += minutes * 60_000;
    };
    return {
      ...platforms,
      publicUrl: publicUrlOf(port),
      clientArea: clientAreaOf(desk.desk, contact =>
        entryFor(contact, { secret, publicUrl: publicUrlOf(port), now: clock.now }),
      ),
      passes,
      now: () => new Date(clock.now()),
      port: desk.port,
      stop,
    };
  } catch (error) {
    await Promise.allSettled(parts);
    await stop();
    throw error;
  }
}

const publicUrlOf = (port: number): string => `http://localhost:${port}`;

/** A port that nobody has at this moment: links must name it before the desk listens. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
}

/** The site in place of the provider's own: it tells the desk of a customer, and shows them what they prove themselves with. */
function clientAreaOf(desk: Desk, entry: ClientArea['entryFor']): ClientArea {
  return {
    entryFor: entry,
    async knows({ ref, name, account, server }) {
      const services = server && [
        {
          ...server,
          ref: `server-${account}`,
          kind: 'dedicated server',
          order_number: null,
          networks: [],
          rack: null,
          state: 'active' as const,
        },
      ];
      const owner = { ref, name, roles: ['owner' as const], addresses: [], language: null, time_zone: null };
      const [put] = await desk.api.accounts.put([
        {
          ref: account,
          name: account,
          tier: null,
          language: null,
          time_zone: null,
          state: 'active',
          contacts: [owner],
          services,
        },
      ]);
      if (put?.change === 'refused') throw new Error(`the account ${account} was refused`);
    },
    async proofFor(contactRef, platform, ticket) {
      const made = await desk.api.makeLinkTokens(contactRef, ticket === undefined ? {} : { ticket });
      const one = made.ok ? made.tokens.find(({ channel }) => channel === platform) : undefined;
      if (one === undefined) throw new Error(`there is no proof of ${contactRef} for ${platform}`);
      return 'url' in one ? (one.url.split('start=')[1] ?? '') : one.code;
    },
    async invoices(contact, about) {
      const { notifications } = desk.api;
      const invoice = { type: 'invoice', urgent: false, template: 'invoice-issued' } as const;
      const { outcome } = await notifications.post(about.invoice, {
        ...invoice,
        to: { contact },
        variables: about,
      });
      if (outcome !== 'planned') throw new Error(`the invoice was not taken: ${outcome}`);
    },
  };
}

/** In front of the provider's site: Ana is signed in there, as the customer whom the stories know. */
const VISITORS = [
  { name: 'ana', locale: 'pl', customer: 'tour-ana' },
  { name: 'ben', locale: 'en' },
  { name: 'eve', locale: 'en' },
];

/** The platforms, and the id of the staff's group in Telegram. */
type Platforms = Pick<Demo, 'slack' | 'discord' | 'telegram' | 'mail' | 'website'> & {
  readonly telegramDesk: string;
};

async function startPlatforms(closing: (() => unknown)[], clock: { now(): number }): Promise<Platforms> {
  const [slack, discord, telegram, mail, website] = await Promise.all([
    startSlack({ clock }),
    startDiscord({ clock }),
    startTelegram({ clock }),
    startMail({ clock }),
    startWebsite({ clock, people: VISITORS }),
  ]);
  closing.push(() => Promise.all([slack, discord, telegram, mail, website].map(one => one.stop())));
  telegram.addPerson({ name: 'bob', role: 'staff', locale: 'en', lastName: 'Miller' });
  telegram.addPerson({ name: 'cleo', role: 'staff', locale: 'en', lastName: 'Adams' });
  const group = { title: 'Support desk', kind: 'forum', members: ['bob', 'cleo'] } as const;
  return { slack, discord, telegram, mail, website, telegramDesk: telegram.addGroup(group) };
}

/** Where the desk keeps what it keeps: a directory of this run, and an empty database, given or of the demo's own; both go with it. */
async function ownDatabase(
  { databaseUrl, dataDir, log }: DemoOptions,
  closing: (() => unknown)[],
): Promise<{ readonly databaseUrl: string; readonly dataDir: string }> {
  const fresh = freshDirectory(databaseUrl === undefined ? dataDir : join(tmpdir(), 'switchdesk-demo'));
  closing.push(() => fresh.remove());
  if (databaseUrl !== undefined) return { databaseUrl, dataDir: fresh.path };
  const server = await startServer({ dataDir: fresh.path, log });
  closing.push(() => server.stop());
  return { databaseUrl: server.url, dataDir: fresh.path };
}

/** The configuration that points every adapter at its pretend platform. */
function configFor(
  { port, dataDir, databaseUrl }: DemoOptions,
  policy: Policy,
  { slack, discord, telegram, mail, website, telegramDesk }: Platforms,
): Config {
  const roles = {
    ...policy.staff.roles,
    discord: [discord.staffRoleId],
    slack: ['channel'],
    telegram: ['administrator'],
  };
  return {
    port,
    dataDir,
    databaseUrl,
    policy: withPeople({ ...policy, staff: { ...policy.staff, roles } }, discord),
    platforms: {
      slack: {
        botToken: slack.botToken,
        signingSecret: slack.signingSecret,
        deskChannelId: slack.deskChannelId,
        apiUrl: slack.url.replace(/\/*$/, '/'),
      },
      discord: {
        token: discord.botToken,
        guildId: discord.guildId,
        deskChannelId: discord.deskChannelId,
        apiUrl: discord.url,
      },
      telegram: { token: telegram.botToken, apiRoot: telegram.url, deskChatId: telegramDesk },
      email: {
        smtp: { host: '127.0.0.1', port: Number(new URL(mail.url).port), secure: false, tls: 'off' },
        from: { name: 'Switchdesk Demo', address: 'support@desk.example' },
      },
      webchat: {
        origins: [website.origin],
        tokens: { key: { secret: website.secret }, audience: 'switchdesk' },
      },
    },
    files: { publicUrl: publicUrlOf(port) },
    alertSecrets: new Map(),
    remarks: [],
    logLevel: 'warn',
  };
}

/** Cleo is the technician of the data centre, day and night; whoever else of the staff says that they are on duty is at the first level. */
function withPeople(policy: Policy, discord: DiscordSimulator): Policy {
  const cleo = {
    id: 'cleo',
    name: 'Cleo Adams',
    reach: { discord: discord.person('cleo').id },
    ways: ['dm' as const],
  };
  const teams = policy.teams.map(team => (team.id === 'datacentre' ? { ...team, members: [cleo.id] } : team));
  const levels = policy.levels.map(level =>
    level.id === 'datacentre' ? { ...level, calendar: undefined } : level,
  );
  return { ...policy, people: [...policy.people, cleo], teams, levels };
}

/** A new directory for one run: the platforms remember nothing of earlier ones, so neither may the database. */
function freshDirectory(dataDir: string): { readonly path: string; remove(): void } {
  mkdirSync(dataDir, { recursive: true });
  for (const name of readdirSync(dataDir).filter(one => one.startsWith('run-')))
    if (!isInUse(join(dataDir, name))) rmSync(join(dataDir, name), { recursive: true, force: true });
  const path = mkdtempSync(join(dataDir, 'run-'));
  writeFileSync(join(path, 'owner'), String(process.pid));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

/** Whether the demo that made the directory still runs; what a killed one left is removed at the next start. */
function isInUse(directory: string): boolean {
  const file = join(directory, 'owner');
  if (!existsSync(file)) return false;
  const pid = Number(readFileSync(file, 'utf8'));
  try {
    process.kill(pid, 0);
    return pid !== process.pid;
  } catch {
    return false;
  }
}

const HELP = `npm run demo                     the desk against pretend platforms, with a page to try them
npm run demo -- --empty          the same, with nothing said yet
npm run demo -- --tour [--json]  plays the main stories by itself and prints what people did and saw
PORT (3000; 0 takes a free one), DATA_DIR (data/demo), LOG_LEVEL (error, warn, info)
`;

interface Arguments {
  readonly tour: boolean;
  readonly json: boolean;
  readonly empty: boolean;
  readonly help: boolean;
}

function readArguments(): Arguments {
  const flag = { type: 'boolean', default: false } as const;
  const { values } = parseArgs({ options: { tour: flag, json: flag, empty: flag, help: flag } });
  return values;
}

function optionsFrom(env: NodeJS.ProcessEnv, args: Arguments): DemoOptions {
  const port = Number(env.PORT || (args.tour ? 0 : 3000));
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new Error(`PORT is no port: ${env.PORT}. Write a number such as 3000, or 0 for a free one.`);
  return {
    port,
    dataDir: resolve(env.DATA_DIR || 'data/demo'),
    policyPath: env.DESK_POLICY ? resolve(env.DESK_POLICY) : undefined,
    log: createLog(env.LOG_LEVEL || (args.tour ? 'error' : 'warn')),
  };
}

/** Throws, before anything is started, when the port cannot be had. */
async function needPort(port: number): Promise<void> {
  const probe = createServer().listen(port);
  try {
    await once(probe, 'listening');
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EADDRINUSE')) throw error;
    const next = port < 65_535 ? port + 1 : 3000;
    throw new Error(
      `Port ${port} is taken, perhaps by another demo. Stop that, or take another port: PORT=${next} npm run demo (PORT=0 takes a free one).`,
    );
  } finally {
    probe.close();
  }
}

async function main(): Promise<void> {
  const args = readArguments();
  if (args.help) {
    process.stdout.write(HELP);
    return;
  }
  const options = optionsFrom(process.env, args);
  await needPort(options.port);
  const starting = startDemo(options);
  let stopping = false;
  const stop = (): void => {
    if (stopping) process.exit(1);
    stopping = true;
    void starting.then(demo => demo.stop()).finally(() => process.exit(0));
  };
  // Listens to the end: the database leaves its own shutdown to whoever still listens (drizzle/server/exit.ts).
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, stop);
  const demo = await starting;
  if (args.tour) {
    const { failed } = await playTour(demo, {
      json: args.json,
      write: text => process.stdout.write(text),
      complain: text => process.stderr.write(text),
    });
    await demo.stop();
    process.exitCode = failed === 0 ? 0 : 1;
    return;
  }
  process.stdout.write(`The stage is open: http://localhost:${demo.port}/stage (Ctrl-C stops it)\n`);
  if (args.empty) return;
  await playOpening(demo).catch((error: unknown) =>
    options.log.warn('the opening scene could not be played', { error: String(error) }),
  );
}

if (import.meta.main)
  main().catch((error: unknown) => {
    process.stderr.write(
      `The demo cannot run: ${error instanceof Error ? error.message : String(error)}\n`,
      () => process.exit(1),
    );
  });
