import type { Config } from '../../src/config.ts';
import { type RunningDesk, run } from '../../src/main.ts';
import { type DiscordSimulator, startDiscord } from '../../src/simulator/discord/index.ts';
import { type SlackSimulator, startSlack } from '../../src/simulator/slack/index.ts';
import { startTelegram, type TelegramSimulator } from '../../src/simulator/telegram/index.ts';
import { type FreshDatabase, freshDatabase } from './database.ts';
import { type KeptLog, keptLog, testPolicy } from './desk.ts';

/** The whole desk with the real SDKs, a real PostgreSQL, and the three pretend platforms with their people. */
export interface World {
  readonly slack: SlackSimulator;
  readonly discord: DiscordSimulator;
  readonly telegram: TelegramSimulator;
  readonly database: FreshDatabase;
  readonly log: KeptLog;
  readonly config: Config;
  /** The desk that runs now. */
  readonly desk: RunningDesk;
  /** Ends the desk as an operator does, and starts it again on the same database. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

/** Starts a world. Each story has one of its own. */
export async function startWorld(change: (config: Config) => Config = config => config): Promise<World> {
  const [slack, discord, telegram, database] = await Promise.all([
    startSlack({}),
    startDiscord({}),
    startTelegram({}),
    freshDatabase(),
  ]);
  const log = keptLog();
  const config = change({
    port: 0,
    dataDir: '/nonexistent',
    databaseUrl: database.url,
    policy: withRole(discord.staffRoleId),
    platforms: {
      slack: { botToken: slack.botToken, signingSecret: slack.signingSecret, apiUrl: slack.url },
      discord: {
        token: discord.botToken,
        publicKey: discord.publicKey,
        guildId: discord.guildId,
        deskChannelId: discord.deskChannelId,
        apiUrl: discord.url,
      },
      telegram: { token: telegram.botToken, apiRoot: telegram.url },
    },
    remarks: [],
    logLevel: 'error',
  });
  let desk = await run(config, { log });
  slack.setRequestUrl(`http://127.0.0.1:${desk.port}/hooks/slack`);
  return {
    slack,
    discord,
    telegram,
    database,
    log,
    config,
    get desk() {
      return desk;
    },
    async restart() {
      await desk.stop();
      desk = await run(config, { log });
      slack.setRequestUrl(`http://127.0.0.1:${desk.port}/hooks/slack`);
    },
    async stop() {
      await desk.stop();
      await Promise.all([slack.stop(), discord.stop(), telegram.stop()]);
      await database.drop();
    },
  };
}

function withRole(role: string): Config['policy'] {
  const policy = testPolicy();
  return { ...policy, staff: { ...policy.staff, roles: { discord: [role] } } };
}
