import { PermissionFlagsBits as Bit } from 'discord-api-types/v10';

/** What the bot may do, by the names that Discord's settings have for it. */
const names = {
  'View Channels': Bit.ViewChannel,
  'Send Messages': Bit.SendMessages,
  'Send Messages in Threads': Bit.SendMessagesInThreads,
  'Create Public Threads': Bit.CreatePublicThreads,
  'Create Private Threads': Bit.CreatePrivateThreads,
  'Manage Threads': Bit.ManageThreads,
  'Embed Links': Bit.EmbedLinks,
  'Attach Files': Bit.AttachFiles,
  'Add Reactions': Bit.AddReactions,
  'Read Message History': Bit.ReadMessageHistory,
  'Manage Channels': Bit.ManageChannels,
} as const;

const all = (bits: readonly bigint[]): bigint => bits.reduce((sum, bit) => sum | bit, 0n);
const { 'Manage Channels': forTags, ...everywhere } = names;

/** The permissions that the desk needs: in the server, and in its forum channel, whose tags it makes. */
export const needed = {
  guild: all(Object.values(everywhere)),
  desk: all(Object.values(everywhere)) | forTags,
} as const;

/** The names of these permissions. */
export function namesOf(bits: bigint): string[] {
  return Object.entries(names)
    .filter(([, bit]) => (bits & bit) !== 0n)
    .map(([name]) => name);
}

/** The address at which whoever runs a server invites the bot with all it needs. */
export function inviteUrl(applicationId: string): string {
  return `https://discord.com/oauth2/authorize?client_id=${applicationId}&scope=bot+applications.commands&permissions=${needed.desk}`;
}
