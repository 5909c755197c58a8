import { ApiError } from './errors.ts';

/** Characters of a message after entities parsing (core.telegram.org/bots/api#sendmessage); counted here in UTF-16 units, the stricter reading. */
export const MAX_TEXT = 4096;
/** Characters of a caption after entities parsing (#sendphoto). */
export const MAX_CAPTION = 1024;
/** Bytes of callback_data (#inlinekeyboardbutton: 1-64 bytes). */
export const MAX_CALLBACK_DATA = 64;
/** Characters of an answer to a callback query (#answercallbackquery: 0-200). */
export const MAX_CALLBACK_ANSWER = 200;
/** Buttons of one inline keyboard; the server refuses more (REPLY_MARKUP_TOO_LONG). */
export const MAX_BUTTONS = 100;
/** Buttons of one row; clients show eight, the server cuts no further. */
export const MAX_ROW = 8;
/** Commands of one list (#setmycommands: at most 100). */
export const MAX_COMMANDS = 100;
/** Bytes of a file a bot may download (#getfile: 20 MB). */
export const MAX_DOWNLOAD = 20 * 1024 * 1024;
/** Bytes of a file a bot may upload (#senddocument: 50 MB). */
export const MAX_UPLOAD = 50 * 1024 * 1024;
/** Bytes of a photo a bot may upload (#sendphoto: 10 MB). */
export const MAX_PHOTO = 10 * 1024 * 1024;
/** Items of an album (#sendmediagroup: 2-10). */
export const ALBUM = { least: 2, most: 10 } as const;
/** A download link lives one hour at least (#getfile). Milliseconds. */
export const FILE_LINK_MS = 60 * 60 * 1000;
/** A bot may delete a message for 48 hours (#deletemessage). Milliseconds. */
export const DELETE_WITHIN_MS = 48 * 60 * 60 * 1000;
/** How long a callback query may be answered. Not published; 15 s is the smallest value that bot authors report. Milliseconds. */
export const CALLBACK_LIFE_MS = 15_000;
/** Undelivered updates are kept 24 hours (#getting-updates). Milliseconds. */
export const UPDATE_LIFE_MS = 24 * 60 * 60 * 1000;

/** Messages per second of one bot overall (core.telegram.org/bots/faq, "about 30 messages per second"). */
const PER_BOT = 30;
/** The FAQ promises one message per second in one chat and "short bursts" above it; the length of a burst is not published. */
const BURST_PER_CHAT = 5;
/** Messages per minute in one group (core.telegram.org/bots/faq). */
const PER_GROUP = 20;

/** The flood control of one bot. Times in milliseconds of the simulator's clock. */
export class FloodControl {
  readonly #bot: number[] = [];
  readonly #groups = new Map<number, number[]>();
  /** When the bucket of a private chat will be empty again. */
  readonly #chats = new Map<number, number>();

  /** Counts one message, or throws 429 with `retry_after` in whole seconds; a refused message does not count. */
  take(chatId: number, isGroup: boolean, now: number): void {
    const group = this.#groups.get(chatId) ?? [];
    const emptyAt = Math.max(this.#chats.get(chatId) ?? 0, now);
    const waits = [windowWait(this.#bot, now, 1000, PER_BOT)];
    if (isGroup) waits.push(windowWait(group, now, 60_000, PER_GROUP));
    else waits.push(emptyAt + 1000 - now - BURST_PER_CHAT * 1000);
    const wait = Math.max(...waits);
    if (wait > 0) {
      const seconds = Math.ceil(wait / 1000);
      throw new ApiError(429, `Too Many Requests: retry after ${seconds}`, { retry_after: seconds });
    }
    this.#bot.push(now);
    if (isGroup) this.#groups.set(chatId, [...group, now]);
    else this.#chats.set(chatId, emptyAt + 1000);
  }
}

/** How long until one more fits into the sliding window; drops what has left it. */
function windowWait(times: number[], now: number, windowMs: number, max: number): number {
  while (times[0] !== undefined && times[0] <= now - windowMs) times.shift();
  const blocking = times.length >= max ? times[times.length - max] : undefined;
  return blocking === undefined ? 0 : blocking + windowMs - now;
}
