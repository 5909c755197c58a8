import type { Limits } from '../../core/index.ts';

/** UTF-16 units of one message: what people read in a bubble, and far below a frame's bound. */
export const MAX_TEXT = 4000;
/** Fields of one form: twice what core's longest needs; the bubble scrolls. */
export const MAX_FIELDS = 20;
/** Bytes of one frame, or of the body of a request, that a browser may send: the longest form of the policy in UTF-8, as JSON. */
export const MAX_FRAME = 64 * 1024;
/** Characters of the id that a bubble makes for a message of its own. */
export const MAX_KEY = 64;
/** Files that one visitor has brought and that are not with the desk's files yet, in messages of as many as one may have. */
export const MAX_WAITING = 2;
/** The same of everybody together, in bytes: whoever says nothing with them fills the disk no further. They are dropped after an hour. */
export const MAX_WAITING_BYTES = 2 * 1024 ** 3;
/** Lines that are sent at once when a bubble comes back; it asks for more. */
export const PAGE = 200;
/** A bubble that says nothing about itself is let go after this, in ms; one that lives answers every ping. */
export const HELLO_MS = 10_000;
/** Between two looks for what other processes have put into the rooms of open bubbles, in ms; and the most lines that one brings. */
export const NEWS_MS = 1_000;
export const NEWS = 1_000;
/** Between two pings, in ms: below the minute after which proxies cut what is silent. */
export const PING_MS = 25_000;

/** What the bubble carries. */
export const limits: Limits = {
  text: MAX_TEXT,
  measure: markdown => markdown.length,
  forms: { fields: MAX_FIELDS, errorsAtField: true },
  places: 'shared',
  // Nothing lies between but the desk's own database, and no platform says a number: as much as the busiest of them takes, so that a crowd on the
  // website is no slower for anybody else.
  bot: { perSecond: 40, burst: 10 },
  place: { perSecond: 10, burst: 10 },
  // A line is known by the id of its delivery.
  resendIsSafe: true,
  way: 'chat',
  // A chat on the website is for quick questions: notices go there only for who chose it.
  many: 'chosen',
};
