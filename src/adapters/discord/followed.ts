import type { Deleted, Reacted, Writing } from '../../core/index.ts';
import { qualified } from './emoji.ts';
import { displayName } from './identify.ts';
import type { Memory } from './memory.ts';
import type { ReactionPayload, TypingPayload } from './payloads.ts';

interface Where {
  readonly channel_id: string;
  readonly guild_id?: string | undefined;
}

/** False for places where no ticket is, which core need not look up. */
function mayBeOurs({ channel_id, guild_id }: Where, guildId: string, memory: Memory): boolean {
  return (guild_id === undefined || guild_id === guildId) && !memory.channels.has(channel_id);
}

/** Messages that are gone, but for those that the desk took back. Discord does not say by whom. */
export function deleted(
  { ids, ...where }: Where & { readonly ids: readonly string[] },
  guildId: string,
  memory: Memory,
  now: Date,
): Deleted[] {
  if (!mayBeOurs(where, guildId, memory)) return [];
  return ids
    .filter(id => memory.removed.get(id) === undefined)
    .map(id => ({
      type: 'deleted',
      eventId: `del:${id}`,
      at: now,
      place: where.channel_id,
      direct: where.guild_id === undefined,
      ref: id,
    }));
}

/** A person who types in the server, where the platform names their roles; `undefined` for bots and elsewhere. */
export function writing(
  { member, user_id: externalId, ...where }: TypingPayload,
  event: string,
  guildId: string,
  memory: Memory,
  now: Date,
): Writing | undefined {
  if (member === undefined || member.user.bot || where.guild_id !== guildId) return undefined;
  if (!mayBeOurs(where, guildId, memory) || externalId === memory.self) return undefined;
  return {
    type: 'writing',
    eventId: `typing:${event}`,
    at: now,
    from: { space: guildId, externalId, name: displayName(member.user, member), roles: member.roles ?? [] },
    place: where.channel_id,
    direct: false,
  };
}

/** A reaction of a person; `undefined` for bots and for pictures that only a server has. `event` is the gateway's own count of it. */
export function reacted(
  reaction: ReactionPayload,
  on: boolean,
  event: string,
  guildId: string,
  memory: Memory,
  now: Date,
): Reacted | undefined {
  const { member, user_id: externalId, emoji } = reaction;
  if (!mayBeOurs(reaction, guildId, memory) || externalId === memory.self || member?.user.bot)
    return undefined;
  const seen = emoji.id == null && emoji.name ? qualified(emoji.name) : undefined;
  if (seen === undefined) return undefined;
  return {
    type: 'reacted',
    eventId: `react:${event}`,
    at: now,
    from: {
      space: guildId,
      externalId,
      ...(member ? { name: displayName(member.user, member) } : {}),
      ...(member?.roles ? { roles: member.roles } : {}),
    },
    place: reaction.channel_id,
    direct: reaction.guild_id === undefined,
    ref: reaction.message_id,
    emoji: seen,
    on,
  };
}
