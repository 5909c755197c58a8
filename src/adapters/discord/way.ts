import { setTimeout as wait } from 'node:timers/promises';
import { ChannelType } from 'discord-api-types/v10';
import type { Log } from '../../core/index.ts';
import { interactionTypes } from './answer.ts';
import type { Api } from './api.ts';
import { isAsk } from './asked.ts';
import { chatOf } from './chat.ts';
import { whyOf } from './errors.ts';
import type { Memory } from './memory.ts';
import type { InteractionPayload } from './payloads.ts';
import { read } from './payloads.ts';
import { askFrom } from './receive.ts';
import { canHoldThreads } from './room.ts';

/** How an interaction is gone on with: where it was made; in the person's chat with the bot, which may be elsewhere; or not now. */
export type Way =
  | { readonly kind: 'here' }
  | { readonly kind: 'chat'; readonly place: string; readonly isElsewhere: boolean }
  | { readonly kind: 'none' };

/** Interaction context types: the bot's own chat with the person. */
const BOT_DM = 1;
/** Longest that opening a chat may take, ms: the answer is due in 3 s. */
const OPEN_MS = 1_500;

/** What finding the way needs. */
export interface Finding {
  readonly api: Api;
  readonly memory: Memory;
  readonly log: Log;
}

/**
 * In the served guild it is gone on with where it was made; but a ticket that could have no thread there, and everything from other
 * guilds and from other people's chats (where the app was installed by the person), goes to the person's own chat with the bot.
 */
export async function wayOf(at: Finding, interaction: InteractionPayload, guildId: string): Promise<Way> {
  const { guild_id, channel, channel_id = '', context, type } = interaction;
  const isOwnChat =
    guild_id === undefined && (context === undefined ? channel?.type === ChannelType.DM : context === BOT_DM);
  if (isOwnChat) return { kind: 'chat', place: channel_id, isElsewhere: false };
  const isServed = guild_id === guildId;
  if (isServed && !(opens(interaction, at.memory) && !canHoldThreads(interaction, at.memory)))
    return { kind: 'here' };
  // What is typed is not answered in the chat: it needs no chat yet.
  if (type === interactionTypes.autocomplete) return { kind: 'here' };
  const place = await chatWith(at, (interaction.member?.user ?? interaction.user)?.id ?? '');
  return place === undefined ? { kind: 'none' } : { kind: 'chat', place, isElsewhere: true };
}

function opens(interaction: InteractionPayload, memory: Memory): boolean {
  const data = interaction.type === interactionTypes.command ? read.command(interaction.data) : undefined;
  const ask = data && askFrom(data, memory);
  return ask !== undefined && isAsk(ask) && ask.what === 'open';
}

/** The bot's chat with a person; `undefined` when Discord does not give it in time. */
async function chatWith({ api, memory, log }: Finding, person: string): Promise<string | undefined> {
  const late = new AbortController();
  const opening = chatOf({ api, memory }, person).catch(
    (error: unknown) => void log.warn('discord: a chat cannot be opened', { why: whyOf(error) }),
  );
  const place = await Promise.race([
    opening,
    wait(OPEN_MS, undefined, { signal: late.signal }).catch(() => undefined),
  ]);
  late.abort();
  return place ?? undefined;
}
