/** The permission bits that the pretender enforces (permissions: bitwise permission flags). */
export const Permission = {
  manageChannels: 1n << 4n,
  administrator: 1n << 3n,
  addReactions: 1n << 6n,
  viewChannel: 1n << 10n,
  sendMessages: 1n << 11n,
  manageMessages: 1n << 13n,
  embedLinks: 1n << 14n,
  attachFiles: 1n << 15n,
  readHistory: 1n << 16n,
  mentionEveryone: 1n << 17n,
  useCommands: 1n << 31n,
  manageThreads: 1n << 34n,
  createPublicThreads: 1n << 35n,
  createPrivateThreads: 1n << 36n,
  sendInThreads: 1n << 38n,
} as const;

const P = Permission;

/** What everybody may do in the default guild. */
export const everyonePermissions =
  P.viewChannel |
  P.sendMessages |
  P.sendInThreads |
  P.addReactions |
  P.embedLinks |
  P.attachFiles |
  P.readHistory |
  P.useCommands;

/** What the bot's own role allows in the default guild: all that a desk needs, and `@everyone` besides. */
export const botPermissions =
  everyonePermissions |
  P.manageChannels |
  P.manageMessages |
  P.mentionEveryone |
  P.manageThreads |
  P.createPublicThreads |
  P.createPrivateThreads;
