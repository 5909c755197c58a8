import type { Answer, Log, Sink } from '../../core/index.ts';
import type { DiscordConfig } from './config.ts';
import type { Desk } from './desk.ts';
import { tagsChanged } from './desk.ts';
import type { Lanes } from './lanes.ts';
import type { Memory } from './memory.ts';
import type { InteractionPayload, OnFault } from './payloads.ts';
import { read } from './payloads.ts';
import type { Heard } from './receive.ts';
import { hear, threadTypes } from './receive.ts';
import type { Words } from './respond.ts';
import { callback, respond } from './respond.ts';
import { inRoom, roomIn } from './room.ts';
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
  const isStaff =
    config.deskChannelId !== undefined && [channel?.parent_id, channel?.id].includes(config.deskChannelId);
  const say = (key: string, args?: Record<string, string>) =>
    config.phrases.say(isStaff ? config.staffLocale : locale, key, args);
  return {
    done: say('discord-done'),
    tryAgain: say('try-again'),
    wrongPlace: say('discord-wrong-place'),
    notOurs: say('discord-not-ours'),
    wrongRoom: room =>
      room === undefined ? say('discord-wrong-room') : say('discord-wrong-room-but', { room }),
  } satisfies Words & Record<string, unknown>;
}

/** A line in the log for what is dropped because its shape is another: maybe Discord has changed. */
export function noting(log: Log, what: string): OnFault {
  return where => log.warn(`discord: ${what} was not understood`, where);
}

/** What to answer: what core says, unless the adapter knows better. */
export async function answerTo(
  { config, memory, sink }: Pick<Dispatching, 'config' | 'memory' | 'sink'>,
  interaction: InteractionPayload,
  heard: Heard,
): Promise<Answer> {
  const words = wordsFor(config, interaction);
  if (heard.kind === 'wrong-place') return { type: 'say', text: words.wrongPlace };
  if (heard.kind === 'not-ours') return { type: 'say', text: words.notOurs };
  return inRoom(await sink(heard.inbound), interaction, memory, words);
}

/** Handles one event of the gateway, whatever it holds. Resolves when it is done with; the order in a place is kept. */
export async function dispatch(at: Dispatching, event: string, data: unknown): Promise<void> {
  if (event === 'MESSAGE_CREATE') heardMessage(at, data);
  else if (event === 'INTERACTION_CREATE') await interacted(at, data);
  else await learned(at, event, data);
}

function heardMessage(at: Dispatching, data: unknown): void {
  const message = read.message(data, noting(at.config.log, 'a message'));
  if (!message) return;
  if (message.author.id === at.memory.self && message.nonce != null) {
    at.memory.heard(String(message.nonce), { address: message.channel_id, ref: message.id });
  }
  const inbound = said(message, at.config.guildId, at.memory, at.config.now());
  if (inbound) at.lanes.add(inbound.place, inbound);
}

async function interacted(at: Dispatching, data: unknown): Promise<void> {
  const interaction = read.interaction(data, noting(at.config.log, 'an interaction'));
  if (!interaction) return;
  const heard = hear(interaction, at.config.guildId, at.config.now());
  const words = wordsFor(at.config, interaction);
  await respond(at.desk, interaction, answerTo(at, interaction, heard), words, body =>
    callback(at.desk.api, interaction, body),
  );
}

/** What the gateway tells of the guild: names, types of channels, the desk's tags. */
async function learned(at: Dispatching, event: string, data: unknown): Promise<void> {
  const { memory, config } = at;
  if (event === 'GUILD_CREATE') return learnedGuild(at, data);
  const channel = event.startsWith('CHANNEL_') ? read.channel(data) : undefined;
  if (channel?.guild_id === config.guildId) {
    if (event === 'CHANNEL_DELETE') memory.channels.delete(channel.id);
    else memory.channels.set(channel.id, roomIn(channel, config.guildId));
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
    memory.channels.set(channel.id, roomIn(channel, config.guildId));
    if (channel.id === config.deskChannelId && channel.available_tags)
      await tagsChanged(desk, channel.available_tags);
  }
}
