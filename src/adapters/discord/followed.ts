import type { Deleted, Reacted } from '../../core/index.ts';
import { qualified } from './emoji.ts';
import { displayName } from './identify.ts';
import type { Memory } from './memory.ts';
import type { ReactionPayload } from './payloads.ts';

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
