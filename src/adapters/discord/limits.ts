import type { Limits } from '../../core/index.ts';
import { toDiscord } from './render.ts';

/** Numbers of Discord's API v10 that the adapter keeps to. */
export const discordLimits = {
  /** Create Message: "message contents (up to 2000 characters)". */
  content: 2000,
  /** Embed limits: description, fields, field name, field value, and all together. */
  embedDescription: 4096,
  embedFields: 25,
  embedFieldName: 256,
  embedFieldValue: 1024,
  embedTotal: 6000,
  /** Components: 5 action rows of 5 buttons; label 80. */
  rows: 5,
  rowButtons: 5,
  buttonLabel: 80,
  /** Modals: title 45, 5 labels; label 45, description 100; text input 4000, placeholder 100. */
  modalTitle: 45,
  modalFields: 5,
  label: 45,
  labelDescription: 100,
  textInput: 4000,
  textInputPlaceholder: 100,
  /** Select menus: 25 options, their label 100; placeholder 150. */
  selectOptions: 25,
  optionLabel: 100,
  selectPlaceholder: 150,
  /** Start Thread: name 1 to 100 characters. */
  threadName: 100,
  /** Forum channels: 20 tags, names up to 20 characters (0-20), 5 on a post. */
  forumTags: 20,
  tagName: 20,
  appliedTags: 5,
  /** Create Message: "up to 10 files"; as many in the field of a modal (File Upload: max_values 10). */
  files: 10,
  /** Attachment object: description, "max 1024 characters". */
  alt: 1_024,
  /** Application commands: description 1 to 100. */
  commandDescription: 100,
  /** Application commands: name 1 to 32. */
  commandName: 32,
  /** Autocomplete: 25 choices; name and value 100. */
  choices: 25,
  choice: 100,
} as const;

/** Kept free for what the adapter adds: the owner's mention `<@id>` and a line end before a thread's first text. */
const ROOM = 40;

/** What Discord can carry. */
export const limits: Limits = {
  text: discordLimits.content - ROOM,
  measure: markdown => toDiscord(markdown).length,
  forms: { fields: discordLimits.modalFields, errorsAtField: false },
  places: 'per-ticket',
  /**
   * Rate Limits: "all bots can make up to 50 requests per second": a second's steady rate and its burst together are 45. What left within two seconds may
   * arrive within one, and looking somebody's roles up is a request too.
   */
  bot: { perSecond: 38, burst: 7 },
  /** Create Message: 5 in 5 s for each channel, by its headers (X-RateLimit-Limit 5, Reset-After 5); undocumented. */
  place: { perSecond: 1, burst: 5 },
  /**
   * Start Thread in Forum Channel, Start Thread without Message: undocumented; their headers were seen to allow 50 in 10 s for each
   * channel: a rush and ten seconds of the steady rate together are 49, should all of it go to one. What the headers say comes on top (`scope: 'opens'`).
   */
  opens: { perSecond: 4, burst: 9 },
  /** Start Thread without Message, and Create Message in it. */
  threadCalls: 2,
  /** Create Message, `enforce_nonce`: the same nonce of one author "in the past few minutes" gives the existing message. */
  resendIsSafe: true,
  /** Create Message: "up to 10 files"; Uploading Files: 10 MiB each where the server has no boosts. */
  files: { count: discordLimits.files, bytes: 10 * 1024 * 1024 },
  /** Create DM: "You should not use this endpoint to DM everyone in a server about something"; bots are kept from it from a few dozen on. */
  many: 'chosen',
};
