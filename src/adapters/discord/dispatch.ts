import type { Inbound, Log, Sink } from '../../core/index.ts';
import { literal } from '../../core/index.ts';
import type { Shown } from './answer.ts';
import type { DiscordConfig } from './config.ts';
import type { Desk } from './desk.ts';
import { tagsChanged } from './desk.ts';
import { deleted, reacted, writing } from './followed.ts';
import type { Lanes } from './lanes.ts';
import type { Memory } from './memory.ts';
import type { InteractionPayload, OnFault } from './payloads.ts';
import { read, threadTypes } from './payloads.ts';
import type { Heard } from './receive.ts';
import { hear } from './receive.ts';
import type { Words } from './respond.ts';
import { callback, respond } from './respond.ts';
import { inRoom, roomIn } from './room.ts';
import { edited, said } from './said.ts';
import type { Way } from './way.ts';
import { wayOf } from './way.ts';

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
export function wordsFor(config: DiscordConfig, interaction: InteractionPayload, way: Way) {
  const { channel, locale } = interaction;
  const isStaff =
    config.deskChannelId !== undefined && [channel?.parent_id, channel?.id].includes(config.deskChannelId);
  const say = (key: string, args?: Record<string, string>) =>
    config.phrases.say(isStaff ? config.staffLocale : locale, key, args);
  return {
    done: say(way.kind !== 'chat' ? 'discord-done' : way.isElsewhere ? 'discord-in-chat' : 'discord-below'),
    files: { label: say('form-files'), hint: say('form-files-hint') },
    textFor: ({ what, number }) => ({
      title: say(`discord-${what}-title`, { number: number.replace(/^#/, '') }),
      label: say(`discord-${what}-label`),
    }),
    tryAgain: say('try-again'),
    tryAgainWith: typed => `${say('try-again-with')}\n\n${typed}`,
    notOurs: say('discord-not-ours'),
    wrongRoom: room =>
      room === undefined ? say('discord-wrong-room') : say('discord-wrong-room-but', { room }),
  } satisfies Words & Record<string, unknown>;
}

/** What somebody typed in a window: it is theirs to keep when the window is gone. Empty for everything else. */
export function typedText(heard: Heard): string {
  if (heard.kind !== 'inbound') return '';
  const { inbound } = heard;
  if (inbound.type === 'said') return inbound.text;
  if (inbound.type !== 'submitted') return '';
  return Object.values(inbound.values).filter(Boolean).map(literal).join('\n\n');
}

/** A line in the log for what is dropped because its shape is another: maybe Discord has changed. */
export function noting(log: Log, what: string): OnFault {
  return where => log.warn(`discord: ${what} was not understood`, where);
}

/** What to answer: what core says, unless the adapter knows better. */
export async function answerTo(
  { memory, sink }: Pick<Dispatching, 'memory' | 'sink'>,
  interaction: InteractionPayload,
  heard: Heard,
  words: ReturnType<typeof wordsFor>,
): Promise<Shown> {
  if (heard.kind === 'no-way') return { type: 'say', text: words.tryAgain };
  if (heard.kind === 'text-wanted') return { type: 'text-wanted', wanted: heard.wanted };
  if (heard.kind === 'not-ours') return { type: 'say', text: words.notOurs };
  const answer = await sink(heard.inbound);
  if (heard.inbound.type === 'said' && answer.type === 'nothing')
    return { type: 'spoken', name: heard.inbound.from.name ?? '', text: heard.inbound.text };
  return inRoom(answer, interaction, memory, words);
}

/** What the gateway says of people's doings in places, as core is told of it; in the order of each place. */
const hearing: Readonly<Record<string, (at: Dispatching, data: unknown, id: string) => readonly Placed[]>> = {
  MESSAGE_CREATE: heardMessage,
  MESSAGE_UPDATE: heardEdit,
  MESSAGE_DELETE: heardDeletion,
  MESSAGE_DELETE_BULK: heardDeletion,
  MESSAGE_REACTION_ADD: (at, data, id) => heardReaction(at, data, id, true),
  MESSAGE_REACTION_REMOVE: (at, data, id) => heardReaction(at, data, id, false),
};

/** Something that happened in a place. */
type Placed = Exclude<Inbound, { type: 'submitted' | 'visited' | 'wrote' | 'bounced' | 'writing' }>;

/**
 * Handles one event of the gateway, whatever it holds. Resolves when it is done with; the order in a place is kept. `id` is the
 * gateway's own name of the event, the same when it is told again.
 */
export async function dispatch(at: Dispatching, event: string, data: unknown, id: string): Promise<void> {
  const hear = Object.hasOwn(hearing, event) ? hearing[event] : undefined;
  if (hear) for (const inbound of hear(at, data, id)) at.lanes.add(inbound.place, inbound);
  else if (event === 'INTERACTION_CREATE') await interacted(at, data);
  else if (event === 'TYPING_START') await typed(at, data, id);
  else await learned(at, event, data);
}

function heardMessage(at: Dispatching, data: unknown): readonly Placed[] {
  const message = read.message(data, noting(at.config.log, 'a message'));
  if (!message) return [];
  if (message.author.id === at.memory.self && message.nonce != null) {
    at.memory.heard(String(message.nonce), { address: message.channel_id, ref: message.id });
  }
  const inbound = said(message, at.config.guildId, at.memory, at.config.now());
  return inbound ? [inbound] : [];
}

/** An update can be a part of a message only: one without its author was not written by anybody. */
function heardEdit(at: Dispatching, data: unknown): readonly Placed[] {
  const message = read.message(data);
  const inbound = message && edited(message, at.config.guildId, at.memory);
  return inbound ? [inbound] : [];
}

function heardDeletion({ config, memory }: Dispatching, data: unknown): readonly Placed[] {
  const one = read.deletion(data);
  const gone = one ? { ...one, ids: [one.id] } : read.deletions(data, noting(config.log, 'a deletion'));
  return gone ? deleted(gone, config.guildId, memory, config.now()) : [];
}

function heardReaction(at: Dispatching, data: unknown, id: string, on: boolean): readonly Placed[] {
  const { config, memory } = at;
  const reaction = read.reaction(data, noting(config.log, 'a reaction'));
  const inbound = reaction && reacted(reaction, on, id, config.guildId, memory, config.now());
  return inbound ? [inbound] : [];
}

/** Of use for some seconds alone: it waits for nobody, and is not told again. */
async function typed({ config, memory, sink }: Dispatching, data: unknown, id: string): Promise<void> {
  const typing = read.typing(data);
  const inbound = typing && writing(typing, id, config.guildId, memory, config.now());
  if (inbound) await sink(inbound).catch(() => undefined);
}

async function interacted(at: Dispatching, data: unknown): Promise<void> {
  const interaction = read.interaction(data, noting(at.config.log, 'an interaction'));
  if (!interaction) return;
  const way = await wayOf(at.desk, interaction, at.config.guildId);
  const who = interaction.member?.user ?? interaction.user;
  if (who && interaction.locale) at.memory.locales.set(who.id, interaction.locale);
  const heard = hear(interaction, way, at.config.guildId, at.memory, at.config.now());
  const words = wordsFor(at.config, interaction, way);
  const isSaid = heard.kind === 'inbound' && heard.inbound.type === 'said';
  await respond(
    at.desk,
    interaction,
    answerTo(at, interaction, heard, words),
    { ...words, typed: typedText(heard) },
    async body => {
      const message = await callback(at.desk.api, interaction, body, isSaid);
      if (message !== undefined) at.memory.shown.set(interaction.id, message);
    },
  );
}

/** What the gateway tells of the guild: names, types of channels, the desk's tags. */
async function learned(at: Dispatching, event: string, data: unknown): Promise<void> {
  const { memory, config } = at;
  if (event === 'GUILD_CREATE') return learnedGuild(at, data);
  if (event.startsWith('THREAD_')) learnedThread(at, event, data);
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

/** Which threads are active: the server may have 1,000. */
function learnedThread({ memory, config }: Dispatching, event: string, data: unknown): void {
  const thread = read.channel(data);
  if (thread?.guild_id !== config.guildId) return;
  if (event === 'THREAD_DELETE' || thread.thread_metadata?.archived) memory.active.delete(thread.id);
  else if (event === 'THREAD_CREATE' || event === 'THREAD_UPDATE') memory.active.add(thread.id);
}

async function learnedGuild({ memory, config, desk }: Dispatching, data: unknown): Promise<void> {
  const guild = read.guild(data);
  if (guild?.id !== config.guildId) return;
  memory.channels.clear();
  memory.roles.clear();
  memory.active.clear();
  for (const { id } of guild.threads) memory.active.add(id);
  for (const role of guild.roles) memory.roles.set(role.id, role.name);
  for (const channel of guild.channels) {
    if (threadTypes.has(channel.type)) continue;
    memory.channels.set(channel.id, roomIn(channel, config.guildId));
    if (channel.id === config.deskChannelId && channel.available_tags)
      await tagsChanged(desk, channel.available_tags);
  }
}
