import type { Config } from '../../src/config.ts';
import { type RunningDesk, run } from '../../src/main.ts';
import {
  type DiscordOptions,
  type DiscordSimulator,
  startDiscord,
} from '../../src/simulator/discord/index.ts';
import { type SlackOptions, type SlackSimulator, startSlack } from '../../src/simulator/slack/index.ts';
import {
  startTelegram,
  type TelegramOptions,
  type TelegramSimulator,
} from '../../src/simulator/telegram/index.ts';
import { type FreshDatabase, freshDatabase } from './database.ts';
import { type KeptLog, keptLog, testPolicy } from './desk.ts';
import { type Door, openDoor } from './door.ts';

/** How a world differs from the plain one. */
export interface WorldOptions {
  /** Socket Mode here gives the desk the app token in place of the signing secret. */
  readonly slack?: SlackOptions;
  readonly discord?: DiscordOptions;
  readonly telegram?: TelegramOptions;
  /** Telegram posts to the desk with this secret; without it the desk polls. */
  readonly telegramSecret?: string;
  /** Discord posts interactions to the desk; without it they come over the gateway. */
  readonly discordByHttp?: boolean;
  /** When it is; the real time when not said. */
  readonly at?: string;
  /** How fast time goes for the desk and the platforms (1): waits of a second that the platforms ask for pass in less. */
  readonly speed?: number;
  /** The desk does not run until `start`. */
  readonly asleep?: boolean;
}

/** The whole desk with the real SDKs, a real PostgreSQL, and the three pretend platforms with their people. */
export interface World {
  readonly slack: SlackSimulator;
  readonly discord: DiscordSimulator;
  readonly telegram: TelegramSimulator;
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
  start(): Promise<void>;
  /** Ends the desk as an operator does. */
  halt(): Promise<void>;
  /** `halt` and `start`, on the same database. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

/** Starts a world. Each story has one of its own. */
export async function startWorld(options: WorldOptions = {}): Promise<World> {
  const began = Date.now();
  let offset = options.at === undefined ? 0 : Date.parse(options.at) - began;
  const clock = { now: () => Math.floor(began + (Date.now() - began) * (options.speed ?? 1)) + offset };
  const now = (): Date => new Date(clock.now());
  const [slack, discord, telegram, fresh, door] = await Promise.all([
    startSlack({ clock, ...options.slack }),
    startDiscord({ clock, ...options.discord }),
    startTelegram({ clock, ...options.telegram }),
    freshDatabase(),
    openDoor(),
  ]);
  slack.setRequestUrl(`${door.url}/hooks/slack`);
  if (options.discordByHttp) discord.setInteractionsUrl(`${door.url}/hooks/discord`);
  const log = keptLog();
  const config = configOf({ slack, discord, telegram }, options, fresh.url, door.url);
  let desk: RunningDesk | undefined;
  const world: World = {
    slack,
    discord,
    telegram,
    database: fresh.database,
    log,
    config,
    door,
    get port() {
      return desk?.port ?? 0;
    },
    now,
    forward(ms) {
      offset += ms;
    },
    async start() {
      desk = await run(config, { log, now });
      door.leadTo(desk.port);
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
      await Promise.all([slack.stop(), discord.stop(), telegram.stop(), door.close()]);
      await fresh.drop();
    },
  };
  if (!options.asleep) await world.start();
  return world;
}

type Platforms = Pick<World, 'slack' | 'discord' | 'telegram'>;

function configOf(
  { slack, discord, telegram }: Platforms,
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
    policy: withRole(discord.staffRoleId),
    platforms: {
      slack: {
        botToken: slack.botToken,
        apiUrl: slack.url,
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
        ...(telegramSecret === undefined ? {} : { webhookSecret: telegramSecret, publicUrl }),
      },
    },
    remarks: [],
    logLevel: 'error',
  };
}

function withRole(role: string): Config['policy'] {
  const policy = testPolicy();
  return { ...policy, staff: { ...policy.staff, roles: { discord: [role] } } };
}
