import type { Answer, Sink } from '../../core/index.ts';
import type { DiscordConfig } from './config.ts';
import type { Desk } from './desk.ts';
import { tagsChanged } from './desk.ts';
import type { Lanes } from './lanes.ts';
import type { Memory } from './memory.ts';
import type { InteractionPayload } from './payloads.ts';
import { read } from './payloads.ts';
import { hear, threadTypes } from './receive.ts';
import type { Words } from './respond.ts';
import { respond } from './respond.ts';
import { said } from './said.ts';

/** What handling the gateway's events needs. */
export interface Dispatching {
  readonly config: DiscordConfig;
  readonly desk: Desk;
  readonly memory: Memory;
  readonly sink: Sink;
  readonly lanes: Lanes;
  applicationId: string;
}

/** The adapter's own words for the person: staff in their desk hear the desk's language. */
export function wordsFor(config: DiscordConfig, interaction: InteractionPayload) {
  const { channel, locale } = interaction;
  const isStaff = channel?.parent_id === config.deskChannelId || channel?.id === config.deskChannelId;
  const say = (key: string) => config.phrases.say(isStaff ? config.staffLocale : locale, key);
  return {
    done: say('discord-done'),
    tryAgain: say('try-again'),
    wrongPlace: say('discord-wrong-place'),
    notOurs: say('discord-not-ours'),
  } satisfies Words & Record<string, string>;
}

/** Handles one event of the gateway, whatever it holds. Resolves when it is done with; the order in a place is kept. */
export async function dispatch(at: Dispatching, event: string, data: unknown): Promise<void> {
  if (event === 'MESSAGE_CREATE') heardMessage(at, data);
  else if (event === 'INTERACTION_CREATE') await interacted(at, data);
  else await learned(at, event, data);
}

function heardMessage(at: Dispatching, data: unknown): void {
  const message = read.message(data);
  if (!message) return;
  if (message.author.id === at.memory.self && message.nonce != null) {
    at.memory.heard(String(message.nonce), { address: message.channel_id, ref: message.id });
  }
  const inbound = said(message, at.config.guildId, at.memory, at.config.now());
  if (inbound) at.lanes.add(inbound.place, inbound);
}

async function interacted(at: Dispatching, data: unknown): Promise<void> {
  const interaction = read.interaction(data);
  if (!interaction) return;
  const words = wordsFor(at.config, interaction);
  const heard = hear(interaction, at.config.guildId, at.config.now());
  const answering: Promise<Answer> =
    heard.kind === 'inbound'
      ? at.sink(heard.inbound)
      : Promise.resolve({
          type: 'say',
          text: heard.kind === 'wrong-place' ? words.wrongPlace : words.notOurs,
        });
  const responder = { api: at.desk.api, log: at.config.log, applicationId: at.applicationId };
  await respond(responder, interaction, answering, words);
}

/** What the gateway tells of the guild: names, types of channels, the desk's tags. */
async function learned(at: Dispatching, event: string, data: unknown): Promise<void> {
  const { memory, config } = at;
  if (event === 'GUILD_CREATE') return learnedGuild(at, data);
  const channel = event.startsWith('CHANNEL_') ? read.channel(data) : undefined;
  if (channel?.guild_id === config.guildId) {
    if (event === 'CHANNEL_DELETE') memory.channels.delete(channel.id);
    else memory.channels.set(channel.id, { name: channel.name ?? '', type: channel.type });
    if (channel.id === config.deskChannelId && channel.available_tags) {
      await tagsChanged(at.desk, channel.available_tags);
    }
  }
  const changed =
    event === 'GUILD_ROLE_CREATE' || event === 'GUILD_ROLE_UPDATE' ? read.role(data) : undefined;
  if (changed?.guild_id === config.guildId) memory.roles.set(changed.role.id, changed.role.name);
}

async function learnedGuild({ memory, config, desk }: Dispatching, data: unknown): Promise<void> {
  const guild = read.guild(data);
  if (guild?.id !== config.guildId) return;
  memory.channels.clear();
  memory.roles.clear();
  for (const role of guild.roles) memory.roles.set(role.id, role.name);
  for (const channel of guild.channels) {
    if (threadTypes.has(channel.type)) continue;
    memory.channels.set(channel.id, { name: channel.name ?? '', type: channel.type });
    if (channel.id === config.deskChannelId && channel.available_tags)
      await tagsChanged(desk, channel.available_tags);
  }
}
