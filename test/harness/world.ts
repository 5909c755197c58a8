import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { Config } from '../../src/config.ts';
import { type RunningDesk, run } from '../../src/main.ts';
import {
  type DiscordOptions,
  type DiscordSimulator,
  startDiscord,
} from '../../src/simulator/discord/index.ts';
import { type MailOptions, type MailSimulator, startMail } from '../../src/simulator/mail/index.ts';
import { type SlackOptions, type SlackSimulator, startSlack } from '../../src/simulator/slack/index.ts';
import {
  startTelegram,
  type TelegramOptions,
  type TelegramSimulator,
} from '../../src/simulator/telegram/index.ts';
import {
  startWebsite,
  type WebsiteOptions,
  type WebsiteSimulator,
} from '../../src/simulator/website/index.ts';
import { type FreshDatabase, freshDatabase } from './database.ts';
import { type KeptLog, keptLog, testPolicy } from './desk.ts';
import { type Door, openDoor } from './door.ts';

/** With it mail is brought to the desk at `/hooks/email/raw`. */
export const MAIL_SECRET = 'a-secret-of-whoever-brings-mail';

/** How a world differs from the plain one. */
export interface WorldOptions {
  /** Socket Mode here gives the desk the app token in place of the signing secret. */
  readonly slack?: SlackOptions;
  readonly discord?: DiscordOptions;
  readonly telegram?: TelegramOptions;
  /** The chat on the provider's site is on, with these people in front of it. */
  readonly website?: WebsiteOptions;
  /** `off`: the desk sends no mail. */
  readonly mail?: MailOptions | 'off';
  /** Real mail servers in place of the pretend one, by their ports: the desk's mailbox is `support@desk.example`. */
  readonly realMail?: { readonly smtpPort: number; readonly imapPort: number; readonly password: string };
  /** Telegram posts to the desk with this secret; without it the desk polls. */
  readonly telegramSecret?: string;
  /** A group of Telegram with topics is a desk too; its administrators, who have the role of staff in `telegram.people`, are staff. */
  readonly telegramDesk?: boolean;
  /** The staff channel of Slack is a desk too; everybody in it is staff. */
  readonly slackDesk?: boolean;
  /** Discord posts interactions to the desk; without it they come over the gateway. */
  readonly discordByHttp?: boolean;
  /** Another policy than the tests' own, made from it. */
  readonly policy?: (policy: Config['policy'], on: Platforms) => Config['policy'];
  /** The secrets of the policy's sources of alerts, by name. */
  readonly alertSecrets?: Readonly<Record<string, string>>;
  /** Monday's report comes at eight. */
  readonly reports?: boolean;
  /** When it is; the real time when not said. */
  readonly at?: string;
  /** The pace of time to begin with (1). */
  readonly pace?: number;
  /** The desk does not run until `start`. */
  readonly asleep?: boolean;
}

/** The whole desk with the real SDKs, a real PostgreSQL, and the pretend platforms with their people. */
export interface World {
  readonly slack: SlackSimulator;
  readonly discord: DiscordSimulator;
  readonly telegram: TelegramSimulator;
  readonly mail: MailSimulator;
  /** The provider's site with the bubble; absent where the desk has none. */
  readonly website: WebsiteSimulator;
  /** The running desk: for what no platform brings yet, and for what the provider's client area calls. */
  readonly desk: RunningDesk['desk'];
  readonly database: FreshDatabase['database'];
  readonly log: KeptLog;
  readonly config: Config;
  /** The desk's public address; `${url}/hooks/slack`. */
  readonly door: Door;
  /** The desk's own port. */
  readonly port: number;
  /** What time it is for the desk and for the platforms. */
  now(): Date;
  /** Lets time pass for the desk and for the platforms, in ms. */
  forward(ms: number): void;
  /**
   * Lets time go so many times faster from now on, for the desk and for the platforms: the seconds between messages that the platforms
   * ask for pass in less. Not while a window is open or a button is pressed: those answers are due in 3 s. Returns the pace until now.
   */
  pace(factor: number): number;
  start(): Promise<void>;
  /** Ends the desk as an operator does. */
  halt(): Promise<void>;
  /** `halt` and `start`, on the same database. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

/** Starts a world. Each story has one of its own. */
export async function startWorld(options: WorldOptions = {}): Promise<World> {
  const clock = movingClock(options.at === undefined ? Date.now() : Date.parse(options.at));
  const now = (): Date => new Date(clock.now());
  const [slack, discord, telegram, mail, website, fresh, door] = await Promise.all([
    startSlack({ clock, scopes: grantedScopes(), ...options.slack }),
    startDiscord({ clock, ...options.discord }),
    startTelegram({ clock, ...options.telegram }),
    startMail({ clock, ...(options.mail !== 'off' && options.mail) }),
    startWebsite({ clock, ...options.website }),
    freshDatabase(),
    openDoor(),
  ]);
  slack.setRequestUrl(`${door.url}/hooks/slack`);
  if (options.discordByHttp) discord.setInteractionsUrl(`${door.url}/hooks/discord`);
  const log = keptLog();
  const dataDir = await mkdtemp(join(tmpdir(), 'switchdesk-world-'));
  const config = {
    ...configOf({ slack, discord, telegram, mail, website }, options, fresh.url, door.url),
    dataDir,
  };
  let desk: RunningDesk | undefined;
  const world: World = {
    slack,
    discord,
    telegram,
    mail,
    website,
    get desk() {
      if (desk === undefined) throw new Error('the desk does not run');
      return desk.desk;
    },
    database: fresh.database,
    log,
    config,
    door,
    get port() {
      return desk?.port ?? 0;
    },
    now,
    forward: clock.forward,
    pace: clock.pace,
    async start() {
      desk = await run(config, { log, now });
      door.leadTo(desk.port);
      website.setDesk(`http://127.0.0.1:${desk.port}`);
      await discord
        .person('ana')
        .watches(
          ({ commands }) => commands.some(({ name }) => name.includes('ticket')),
          'the command /ticket',
        );
    },
    async halt() {
      await desk?.stop();
      desk = undefined;
      door.leadTo(undefined);
    },
    async restart() {
      await world.halt();
      await world.start();
    },
    async stop() {
      await world.halt();
      await Promise.all([
        slack.stop(),
        discord.stop(),
        telegram.stop(),
        mail.stop(),
        website.stop(),
        door.close(),
      ]);
      await fresh.drop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
  if (!options.asleep) await world.start();
  world.pace(options.pace ?? 1);
  return world;
}

/** A clock that goes on by itself, can be put forward, and can go faster. */
function movingClock(start: number) {
  let base = start;
  let since = Date.now();
  let factor = 1;
  const now = (): number => Math.floor(base + (Date.now() - since) * factor);
  const set = (ms: number): void => {
    base = ms;
    since = Date.now();
  };
  return {
    now,
    forward: (ms: number): void => set(now() + ms),
    pace(next: number): number {
      const before = factor;
      set(now());
      factor = next;
      return before;
    },
  };
}

/** The staff of Telegram and the bot. */
const deskGroup = ({ people }: TelegramSimulator) => ({
  title: 'Desk',
  kind: 'forum' as const,
  members: people.filter(({ role }) => role === 'staff').map(({ name }) => name),
});

/** What the app's manifest asks for and nothing more: the stories show that it is enough. */
function grantedScopes(): string[] {
  const manifest: { oauth_config: { scopes: { bot: string[] } } } = parse(
    readFileSync('docs/slack-manifest.yaml', 'utf8'),
  );
  return manifest.oauth_config.scopes.bot;
}

/** The pretend platforms of a world. */
export type Platforms = Pick<World, 'slack' | 'discord' | 'telegram' | 'mail' | 'website'>;

function configOf(
  { slack, discord, telegram, mail, website }: Platforms,
  options: WorldOptions,
  databaseUrl: string,
  publicUrl: string,
): Config {
  const bySocket = options.slack?.socketMode === true;
  const { telegramSecret } = options;
  return {
    port: 0,
    dataDir: '/nonexistent',
    databaseUrl,
    policy: (options.policy ?? (policy => policy))(
      {
        ...withRole(discord.staffRoleId, {
          ...(options.telegramDesk ? { telegram: ['administrator'] } : {}),
          ...(options.slackDesk ? { slack: ['channel'] } : {}),
        }),
        ...(options.reports && { reports: { weekly: 8 * 60 } }),
      },
      { slack, discord, telegram, mail, website },
    ),
    platforms: {
      slack: {
        botToken: slack.botToken,
        apiUrl: slack.url,
        ...(options.slackDesk ? { deskChannelId: slack.deskChannelId } : {}),
        ...(bySocket ? { appToken: slack.appToken } : { signingSecret: slack.signingSecret }),
      },
      discord: {
        token: discord.botToken,
        publicKey: discord.publicKey,
        guildId: discord.guildId,
        deskChannelId: discord.deskChannelId,
        apiUrl: discord.url,
      },
      telegram: {
        token: telegram.botToken,
        apiRoot: telegram.url,
        ...(options.telegramDesk ? { deskChatId: telegram.addGroup(deskGroup(telegram)) } : {}),
        ...(telegramSecret === undefined ? {} : { webhookSecret: telegramSecret, publicUrl }),
      },
      ...(options.website && {
        webchat: {
          origins: [website.origin],
          tokens: { key: { secret: website.secret }, audience: 'switchdesk' },
        },
      }),
      ...(options.mail !== 'off' && {
        email: {
          smtp: {
            host: '127.0.0.1',
            port: options.realMail?.smtpPort ?? Number(new URL(mail.url).port),
            secure: false,
            tls: 'off' as const,
          },
          from: { name: 'Example Support', address: 'support@desk.example' },
          incoming: {
            sources: { raw: MAIL_SECRET },
            authservId: 'mx.desk.example',
            plus: true,
            imap: {
              host: '127.0.0.1',
              port: options.realMail?.imapPort ?? Number(new URL(mail.imapUrl).port),
              secure: false,
              tls: 'off' as const,
              user: options.realMail === undefined ? mail.house.user : 'support@desk.example',
              password: options.realMail?.password ?? mail.house.pass,
              folders: ['INBOX'],
            },
          },
        },
      }),
    },
    files: { publicUrl },
    alertSecrets: new Map(Object.entries(options.alertSecrets ?? {})),
    remarks: [],
    logLevel: 'error',
  };
}

function withRole(role: string, others: Config['policy']['staff']['roles']): Config['policy'] {
  const policy = testPolicy();
  return { ...policy, staff: { ...policy.staff, roles: { discord: [role], ...others } } };
}
