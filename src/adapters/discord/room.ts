import { PermissionFlagsBits as Bit, ChannelType } from 'discord-api-types/v10';
import { isTicketForm } from '../../core/index.ts';
import type { Shown } from './answer.ts';
import type { Memory, Room } from './memory.ts';
import type { ChannelPayload, InteractionPayload } from './payloads.ts';
import { threadTypes } from './payloads.ts';
import type { Words } from './respond.ts';

/** What the bot needs where a ticket's private thread hangs. */
const NEEDED = Bit.CreatePrivateThreads | Bit.SendMessagesInThreads;
/** What somebody needs to ask for a ticket there. */
const ASKING = Bit.ViewChannel | Bit.SendMessages | Bit.UseApplicationCommands;

/** What is remembered of a channel. */
export function roomIn(
  { name, type, permission_overwrites: overwrites }: ChannelPayload,
  guildId: string,
): Room {
  // The overwrite for everyone has the guild's own id.
  const isDenied = overwrites.some(({ id, deny }) => id === guildId && (BigInt(deny) & ASKING) !== 0n);
  return { name: name ?? '', type, isOpen: !isDenied };
}

/** The answer, but for a form where no ticket could have its thread: then where to ask instead. */
export function inRoom(
  answer: Shown,
  interaction: InteractionPayload,
  memory: Memory,
  words: Pick<Words, 'wrongRoom'>,
): Shown {
  if (answer.type !== 'form' || !isTicketForm(answer.form.page) || canHoldThreads(interaction, memory))
    return answer;
  const open = [...memory.channels.values()].find(room => room.type === ChannelType.GuildText && room.isOpen);
  return { type: 'say', text: words.wrongRoom(open?.name) };
}

/** Private threads hang from text channels alone (Channel types). What Discord does not tell is taken for good. */
export function canHoldThreads(
  { channel, channel_id, app_permissions }: InteractionPayload,
  memory: Memory,
): boolean {
  const isThread = channel?.type !== undefined && threadTypes.has(channel.type);
  const room = memory.channels.get((isThread ? channel.parent_id : channel_id) ?? '');
  const type = room?.type ?? (isThread ? undefined : channel?.type);
  if (type !== undefined && type !== ChannelType.GuildText) return false;
  if (app_permissions === undefined) return true;
  const may = BigInt(app_permissions);
  return (may & Bit.Administrator) !== 0n || (may & NEEDED) === NEEDED;
}
