import { z } from 'zod';

/** 9999-12-31 in seconds: later than that is no date. */
const LAST_SECOND = 253_402_300_799;

const user = z.object({
  id: z.number().int(),
  is_bot: z.boolean(),
  first_name: z.string(),
  last_name: z.string().optional(),
  language_code: z.string().max(35).optional(),
});

const chat = z.object({ id: z.number().int(), type: z.string() });

const entity = z.object({
  type: z.string(),
  offset: z.number().int().nonnegative(),
  length: z.number().int().nonnegative(),
  url: z.string().optional(),
  language: z.string().optional(),
});

const named = z.object({ file_name: z.string().optional(), title: z.string().optional() });
const thing = z.object({});
const point = z.object({ latitude: z.number(), longitude: z.number() });

/** What people attach, by the field it comes in (core.telegram.org/bots/api#message); the rest of a message's fields are service. */
const attachments = {
  animation: named.optional(),
  audio: named.optional(),
  document: named.optional(),
  photo: z.array(thing).optional(),
  sticker: z.object({ emoji: z.string().optional() }).optional(),
  story: thing.optional(),
  video: named.optional(),
  video_note: thing.optional(),
  voice: thing.optional(),
  contact: z
    .object({ phone_number: z.string(), first_name: z.string(), last_name: z.string().optional() })
    .optional(),
  venue: z.object({ title: z.string(), address: z.string() }).optional(),
  location: point.optional(),
  poll: z.object({ question: z.string() }).optional(),
  dice: z.object({ emoji: z.string(), value: z.number() }).optional(),
};

const message = z.object({
  message_id: z.number().int(),
  date: z.number().int().nonnegative().max(LAST_SECOND),
  chat,
  from: user.optional(),
  text: z.string().optional(),
  entities: z.array(entity).optional(),
  caption: z.string().optional(),
  caption_entities: z.array(entity).optional(),
  reply_to_message: z.object({ message_id: z.number().int() }).optional(),
  ...attachments,
});

const callbackQuery = z.object({
  id: z.string().min(1),
  from: user,
  data: z.string().optional(),
  message: z.object({ message_id: z.number().int(), chat }).optional(),
});

/** The envelope; what is inside is read by its own shape, so that one strange part does not make the update unreadable. */
const update = z.object({
  update_id: z.number().int(),
  message: z.unknown().optional(),
  callback_query: z.unknown().optional(),
});

/** A person or a bot. */
export type User = z.infer<typeof user>;
/** A formatted part of a text, in UTF-16 units. */
export type Entity = z.infer<typeof entity>;
/** A message as far as the desk reads it. */
export type Message = z.infer<typeof message>;
/** A press on a button as far as the desk reads it. */
export type CallbackQuery = z.infer<typeof callbackQuery>;
/** An update with the two parts the desk follows, each absent when there is none or its shape is not Telegram's. */
export interface Update {
  readonly id: number;
  readonly message?: Message;
  readonly press?: CallbackQuery;
}

/** Reads an update; `undefined` when it is none. Never throws. */
export function readUpdate(raw: unknown): Update | undefined {
  const envelope = update.safeParse(raw);
  if (!envelope.success) return undefined;
  const { update_id: id, message: said, callback_query: pressed } = envelope.data;
  return {
    id,
    message: message.safeParse(said).data,
    press: callbackQuery.safeParse(pressed).data,
  };
}
