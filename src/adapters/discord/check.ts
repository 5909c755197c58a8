import { ApplicationFlags, PermissionFlagsBits as Bit, ChannelType, Routes } from 'discord-api-types/v10';
import { z } from 'zod';
import type { Finding } from '../../core/index.ts';
import type { Api } from './api.ts';
import type { DiscordConfig } from './config.ts';
import { whyOf } from './errors.ts';
import { inviteUrl, namesOf, needed } from './needs.ts';
import { staleCommands } from './register.ts';

const application = z.object({
  id: z.string(),
  flags: z.number().default(0),
  verify_key: z.string().default(''),
  interactions_endpoint_url: z.string().nullish(),
});
const overwrite = z.object({ id: z.string(), allow: z.coerce.bigint(), deny: z.coerce.bigint() });
const channel = z.object({ type: z.number(), permission_overwrites: z.array(overwrite).default([]) });
const member = z.object({ user: z.object({ id: z.string() }), roles: z.array(z.string()) });
const roles = z.array(z.object({ id: z.string(), permissions: z.coerce.bigint() }));

type Application = z.infer<typeof application>;

const good = (what: string): Finding => ({ what, ok: true });
const bad = (what: string, mend: string): Finding => ({ what, ok: false, mend });
const judge = (what: string, isOk: boolean, mend: string): Finding => (isOk ? good(what) : bad(what, mend));

/** The ability to check what the desk needs of Discord. Ends at the first thing without which the rest cannot be seen. */
export async function check(api: Api, config: DiscordConfig): Promise<readonly Finding[]> {
  const token = 'Discord: the token';
  let app: Application;
  try {
    app = application.parse(await api.get('/applications/@me'));
  } catch (error) {
    return [
      bad(
        token,
        `Discord does not take it (${whyOf(error)}). Make a new one under Bot in the developer portal.`,
      ),
    ];
  }
  const found = [good(token), intentOf(app), ...keyOf(app, config)];
  try {
    return [...found, ...(await inGuild(api, config, app)), await commandsOf(api, config, app)];
  } catch (error) {
    return [
      ...found,
      bad('Discord: an answer', `Discord did not answer as expected (${whyOf(error)}). Try again.`),
    ];
  }
}

/** Bit 18: granted to a verified application; bit 19: switched on by one that is not (Application flags). */
function intentOf({ flags }: Application): Finding {
  const both = ApplicationFlags.GatewayMessageContent | ApplicationFlags.GatewayMessageContentLimited;
  return judge(
    'Discord: the Message Content intent',
    (flags & both) !== 0,
    'Switch it on under Bot in the developer portal. Without it people answer with a button and a window.',
  );
}

function keyOf(app: Application, { publicKey }: DiscordConfig): Finding[] {
  const what = 'Discord: the public key';
  if (publicKey !== undefined)
    return [
      judge(
        what,
        publicKey.toLowerCase() === app.verify_key,
        'Set DISCORD_PUBLIC_KEY to the one under General Information.',
      ),
    ];
  if (!app.interactions_endpoint_url) return [];
  return [
    bad(what, 'Set DISCORD_PUBLIC_KEY, or take the Interactions Endpoint URL away in the developer portal.'),
  ];
}

async function inGuild(
  api: Api,
  { guildId, deskChannelId }: DiscordConfig,
  app: Application,
): Promise<Finding[]> {
  const what = 'Discord: the server';
  const mend = `Invite the bot with ${inviteUrl(app.id)}`;
  const self = await orGone(api.get(Routes.guildMember(guildId, app.id)), member);
  if (self === undefined)
    return [bad(what, `The bot is not in it, or DISCORD_GUILD_ID is another’s. ${mend}`)];
  const all = roles.parse(await api.get(Routes.guildRoles(guildId)));
  const own = all.filter(({ id }) => id === guildId || self.roles.includes(id));
  const rights = own.reduce((sum, { permissions }) => sum | permissions, 0n);
  const here = judge(
    'Discord: the bot’s permissions',
    has(rights, needed.guild),
    `It lacks ${namesOf(needed.guild & ~rights).join(', ')}. ${mend}`,
  );
  if (deskChannelId === undefined) return [good(what), here];
  return [good(what), here, await deskOf(api, { guildId, deskChannelId, self, rights })];
}

const has = (rights: bigint, bits: bigint): boolean =>
  (rights & Bit.Administrator) !== 0n || (rights & bits) === bits;

interface AtDesk {
  readonly guildId: string;
  readonly deskChannelId: string;
  readonly self: z.infer<typeof member>;
  readonly rights: bigint;
}

async function deskOf(api: Api, { guildId, deskChannelId, self, rights }: AtDesk): Promise<Finding> {
  const what = 'Discord: the desk’s channel';
  const desk = await orGone(api.get(Routes.channel(deskChannelId)), channel);
  if (desk === undefined)
    return bad(what, 'DISCORD_DESK_CHANNEL_ID leads nowhere, or the bot may not see it.');
  if (desk.type !== ChannelType.GuildForum) return bad(what, 'It must be a forum channel.');
  const of = (ids: readonly string[]) => desk.permission_overwrites.filter(({ id }) => ids.includes(id));
  let here = rights;
  // Permissions: everyone's overwrite, then those of roles together, then the member's own.
  for (const step of [of([guildId]), of(self.roles), of([self.user.id])]) {
    here &= ~step.reduce((sum, { deny }) => sum | deny, 0n);
    here |= step.reduce((sum, { allow }) => sum | allow, 0n);
  }
  const lacking = namesOf(needed.desk & ~here).join(', ');
  return judge(
    what,
    has(rights, 0n) && (has(rights, Bit.Administrator) || has(here, needed.desk)),
    `The bot lacks there: ${lacking}.`,
  );
}

async function commandsOf(
  api: Api,
  { guildId, phrases }: DiscordConfig,
  { id }: Application,
): Promise<Finding> {
  const stale = await staleCommands(api, { applicationId: id, guildId, phrases });
  return judge(
    'Discord: the commands',
    stale.length === 0,
    'They are not registered as they should be: the desk does it when it starts.',
  );
}

/** What Discord has, or `undefined` where it has nothing or does not show it. */
async function orGone<T>(asking: Promise<unknown>, schema: z.ZodType<T>): Promise<T | undefined> {
  try {
    return schema.parse(await asking);
  } catch (error) {
    if (/^(?:403|404) /.test(whyOf(error))) return undefined;
    throw error;
  }
}
