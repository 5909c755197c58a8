/** A link works so long, in ms. */
export const LINK_MS = 15 * 60_000;
/** A session ends so long after it was last seen, and at the latest so long after it began, in ms. */
export const IDLE_MS = 7 * 86_400_000;
export const WHOLE_MS = 30 * 86_400_000;
/** When it was last seen is written down so often, in ms. */
export const SEEN_MS = 5 * 60_000;
/**
 * Links for one contact in their chats, by mail to one browser, by mail to all browsers, and by mail for everybody: nobody's mailbox is filled by a
 * stranger. One who asks and asks takes nothing from its owner's chats, and with one browser nothing from the owner's own; with many they take the
 * links by mail of that hour.
 */
export const LINKS = {
  chat: { times: 5, withinMs: 3_600_000 },
  browser: { times: 5, withinMs: 3_600_000 },
  mail: { times: 15, withinMs: 3_600_000 },
  all: { times: 60, withinMs: 60_000 },
} as const;
/** Sessions of one contact; the oldest ends when one more begins. */
export const SESSIONS = 20;
