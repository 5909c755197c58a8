import { z } from 'zod';

/** 9999-12-31 in seconds: later than that is no date. */
const LAST_SECOND = 253_402_300_799;

/** What only decorates is left out where its shape is strange: nothing but ids and the text itself can make a message unreadable. */
const optional = <T extends z.ZodType>(type: T) => type.optional().catch(undefined);
const words = z.string().catch('');

const user = z.object({
  id: z.number().int(),
  is_bot: z.boolean(),
  first_name: words,
  last_name: optional(z.string()),
  // An IETF language tag (#user): it goes into the database as it is.
  language_code: optional(z.string().regex(/^[A-Za-z0-9-]{1,35}$/)),
});

const chat = z.object({ id: z.number().int(), type: z.string() });
const second = z.number().int().nonnegative().max(LAST_SECOND);

const entity = z.object({
  type: z.string(),
  offset: z.number().int().nonnegative(),
  length: z.number().int().nonnegative(),
  url: optional(z.string()),
  language: optional(z.string()),
  user: optional(user),
});

/** A file's id is opaque; it comes back in `getFile`. */
const fileFacts = {
  file_id: optional(z.string().regex(/^[\w-]{1,300}$/)),
  file_size: optional(z.number().int().nonnegative()),
};
const thing = z.object({}).optional().catch({});
const nameless = z.object(fileFacts).optional().catch({});
const named = z
  .object({ ...fileFacts, file_name: optional(z.string()), title: optional(z.string()) })
  .optional()
  .catch({});
const point = z.object({ latitude: z.number(), longitude: z.number() });

/** What people attach, by the field it comes in (core.telegram.org/bots/api#message); the rest of a message's fields are service. */
const attachments = {
  animation: named,
  audio: named,
  document: named,
  /** The same picture in several sizes. */
  photo: z.array(z.object(fileFacts)).optional().catch([]),
  sticker: optional(z.object({ emoji: optional(z.string()) })),
  story: thing,
  video: named,
  video_note: nameless,
  voice: nameless,
  contact: optional(z.object({ phone_number: words, first_name: words, last_name: optional(z.string()) })),
  venue: optional(z.object({ title: words, address: words })),
  location: optional(point),
  poll: optional(z.object({ question: words })),
  dice: optional(z.object({ emoji: words, value: z.number() })),
};

const message = z.looseObject({
  message_id: z.number().int(),
  date: second,
  edit_date: optional(second),
  chat,
  message_thread_id: optional(z.number().int().positive()),
  is_topic_message: optional(z.boolean()),
  media_group_id: optional(z.string().regex(/^\d{1,20}$/)),
  migrate_to_chat_id: optional(z.number().int()),
  from: user.optional(),
  /** The group itself, for an administrator who writes anonymously. */
  sender_chat: optional(z.object({ id: z.number().int() })),
  text: z.string().optional(),
  entities: optional(z.array(entity)),
  caption: optional(z.string()),
  caption_entities: optional(z.array(entity)),
  reply_to_message: optional(z.object({ message_id: z.number().int(), from: optional(user) })),
  ...attachments,
});

const callbackQuery = z.object({
  id: z.string().min(1),
  from: user,
  data: optional(z.string()),
  message: z
    .object({
      message_id: z.number().int(),
      chat,
      message_thread_id: optional(z.number().int().positive()),
      is_topic_message: optional(z.boolean()),
    })
    .optional(),
});

const reactionTypes = z.array(z.object({ type: z.string(), emoji: optional(z.string()) }));

const reaction = z.object({
  chat,
  message_id: z.number().int(),
  date: second,
  // Absent for those who act as a channel or anonymously.
  user: optional(user),
  old_reaction: reactionTypes,
  new_reaction: reactionTypes,
});

/** The envelope; what is inside is read by its own shape, so that one strange part does not make the update unreadable. */
const update = z.object({
  update_id: z.number().int(),
  message: z.unknown().optional(),
  edited_message: z.unknown().optional(),
  callback_query: z.unknown().optional(),
  message_reaction: z.unknown().optional(),
});

/** A person or a bot. */
export type User = z.infer<typeof user>;
/** A formatted part of a text, in UTF-16 units. */
export type Entity = z.infer<typeof entity>;
/** A message as far as the desk reads it. */
export type Message = z.infer<typeof message>;
/** A press on a button as far as the desk reads it. */
export type CallbackQuery = z.infer<typeof callbackQuery>;
/** A change of somebody's reactions as far as the desk reads it. */
export type Reaction = z.infer<typeof reaction>;
/** An update with the parts the desk follows; none of them when there is none, or its shape is not Telegram's. */
export interface Update {
  readonly id: number;
  readonly message?: Message;
  readonly edited?: Message;
  readonly press?: CallbackQuery;
  readonly reaction?: Reaction;
  /** Where a part is not of Telegram's shape: the path, never a value. */
  readonly fault?: string;
}

/** Reads an update; `undefined` when it is none. Never throws. */
export function readUpdate(raw: unknown): Update | undefined {
  const envelope = update.safeParse(raw);
  if (!envelope.success) return undefined;
  const { update_id: id, ...parts } = envelope.data;
  if (parts.message !== undefined) return { id, ...part(message, parts, 'message', 'message') };
  if (parts.edited_message !== undefined) return { id, ...part(message, parts, 'edited_message', 'edited') };
  if (parts.callback_query !== undefined)
    return { id, ...part(callbackQuery, parts, 'callback_query', 'press') };
  if (parts.message_reaction !== undefined)
    return { id, ...part(reaction, parts, 'message_reaction', 'reaction') };
  return { id };
}

function part(
  shape: z.ZodType,
  parts: Readonly<Record<string, unknown>>,
  from: string,
  name: string,
): Readonly<Record<string, unknown>> {
  const read = shape.safeParse(parts[from]);
  return read.success ? { [name]: read.data } : { fault: pathOf(from, read.error) };
}

function pathOf(part: string, { issues }: z.ZodError): string {
  return [part, ...(issues[0]?.path ?? [])].join('.');
}

/** What Telegram itself says in a chat (core.telegram.org/bots/api#message, from `new_chat_members` on): nobody's words. */
const SERVICE =
  /^(new_chat_|left_chat_|chat_(owner|shared|background)|delete_chat_|(super)?group_chat_|channel_chat_|message_auto_delete|migrate_|pinned_|successful_|refunded_|users_shared|unique_gift|gift|connected_|write_access|passport_|proximity_|boost_|checklist_tasks|direct_message_price|forum_|general_forum|managed_bot|paid_message_price|poll_option|suggested_post_(approv|declin|paid|refund)|video_chat_|web_app_data)/;

/** Whether a message is a service message. */
export function isService(read: Message): boolean {
  return Object.keys(read).some(key => SERVICE.test(key));
}
