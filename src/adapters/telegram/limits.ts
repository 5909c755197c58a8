import type { Limits } from '../../core/index.ts';
import { measure } from './render.ts';

/** UTF-16 units of a message after its entities are taken out (core.telegram.org/bots/api#sendmessage). */
const MAX_TEXT = 4096;
/** Bytes of a button's data (#inlinekeyboardbutton). */
export const MAX_CALLBACK_DATA = 64;
/** Characters of the notice that answers a press (#answercallbackquery). */
export const MAX_TOAST = 200;
/** UTF-16 units of a caption (#sendphoto, #senddocument). */
export const MAX_CAPTION = 1024;
/** Bytes of a photo (#sendphoto). */
export const MAX_PHOTO = 10 * 1024 * 1024;
/** Bytes of a file that a bot may download (#getfile), and of one that it may send (#senddocument). */
export const MAX_DOWNLOAD = 20 * 1024 * 1024;
const MAX_UPLOAD = 50 * 1024 * 1024;
/** Files of one album (#sendmediagroup). */
const ALBUM = 10;
/** Characters of a topic's name (#createforumtopic). */
export const MAX_TOPIC_NAME = 128;
/** Characters of a command's description (#botcommand). */
export const MAX_DESCRIPTION = 256;

/** What Telegram carries. */
export const limits: Limits = {
  text: MAX_TEXT,
  measure,
  forms: 'none',
  places: 'shared',
  // core.telegram.org/bots/faq: "about 30 messages per second" to different people: steady rate and burst together, in any second.
  bot: { perSecond: 23, burst: 7 },
  // The same page: "avoid sending more than one message per second" in a chat; short bursts are allowed, their length is not said.
  place: { perSecond: 1, burst: 3 },
  // Telegram takes no key of ours and cannot be asked what was sent.
  resendIsSafe: false,
  files: { count: ALBUM, bytes: MAX_UPLOAD },
  // core.telegram.org/bots/features: "bots can't start conversations with users", a person presses Start first.
  begins: 'person',
};
