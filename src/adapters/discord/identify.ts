import type { Sender } from '../../core/index.ts';
import { oneLine } from '../../core/index.ts';
import type { InteractionPayload, MemberPayload, MessagePayload, UserPayload } from './payloads.ts';

/** The name people see: the server's nickname, else the display name, else the user name. One line, untrusted. */
export function displayName(user: UserPayload, member: MemberPayload | undefined): string {
  return oneLine(member?.nick ?? user.global_name ?? user.username, 200) || user.id;
}

/** Who acted; `undefined` when the payload names nobody, or a bot. All are known in the served guild; roles are told from there alone. */
export function actorOf(interaction: InteractionPayload, guildId: string): Sender | undefined {
  const { member, guild_id } = interaction;
  const user = member?.user ?? interaction.user;
  if (!user || user.bot) return undefined;
  const isServed = guild_id === guildId;
  return {
    space: guildId,
    externalId: user.id,
    name: displayName(user, isServed ? member : undefined),
    locale: interaction.locale,
    ...(isServed ? { roles: member?.roles ?? [] } : {}),
  };
}

/** Who wrote a message; the platform tells no language with messages. */
export function authorOf(message: MessagePayload, space: string): Sender {
  return {
    space,
    externalId: message.author.id,
    name: displayName(message.author, message.member),
    ...(message.member?.roles ? { roles: message.member.roles } : {}),
  };
}
