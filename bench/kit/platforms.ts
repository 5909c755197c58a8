import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type DiscordSimulator, startDiscord } from '../../src/simulator/discord/index.ts';
import type { SimClock } from '../../src/simulator/model.ts';
import { type SlackSimulator, startSlack } from '../../src/simulator/slack/index.ts';
import { startTelegram, type TelegramSimulator } from '../../src/simulator/telegram/index.ts';

/** The three pretend platforms, with their rate limits, and the environment by which a desk finds them. */
export interface Platforms {
  readonly slack: SlackSimulator;
  readonly discord: DiscordSimulator;
  readonly telegram: TelegramSimulator;
  readonly env: Readonly<Record<string, string>>;
  stop(): Promise<void>;
}

const policyFile = new URL('../../desk.yaml', import.meta.url);

/** Starts them. `socketMode`: Slack's events come over a socket and not over HTTP. The desk's policy is put into `directory`. */
export async function startPlatforms(
  directory: string,
  { socketMode = false, clock }: { socketMode?: boolean; clock?: SimClock } = {},
): Promise<Platforms> {
  const slack = await startSlack({ socketMode, clock });
  const discord = await startDiscord({ clock });
  const telegram = await startTelegram({ clock });
  const policy = join(directory, 'desk.yaml');
  await writeFile(policy, withStaffRole(await readFile(policyFile, 'utf8'), discord.staffRoleId));
  const env = {
    DESK_POLICY: policy,
    SLACK_BOT_TOKEN: slack.botToken,
    SLACK_SIGNING_SECRET: slack.signingSecret,
    ...(socketMode && { SLACK_APP_TOKEN: slack.appToken }),
    SLACK_API_URL: `${slack.url.replace(/\/+$/, '')}/`,
    DISCORD_TOKEN: discord.botToken,
    DISCORD_PUBLIC_KEY: discord.publicKey,
    DISCORD_GUILD_ID: discord.guildId,
    DISCORD_DESK_CHANNEL_ID: discord.deskChannelId,
    DISCORD_API_URL: discord.url,
    TELEGRAM_BOT_TOKEN: telegram.botToken,
    TELEGRAM_API_ROOT: telegram.url,
  };
  const stop = async (): Promise<void> =>
    void (await Promise.all([slack.stop(), discord.stop(), telegram.stop()]));
  return { slack, discord, telegram, env, stop };
}

function withStaffRole(policy: string, role: string): string {
  const changed = policy.replace(/^( *discord: )\[\]/m, `$1['${role}']`);
  if (changed === policy) throw new Error('desk.yaml has no `discord: []` under staff.roles to fill');
  return changed;
}
