import { z } from 'zod';

/** An id as Discord writes it. Kept loose: what is done with it decides whether it must be a number. */
const id = z.string().min(1).max(64);

/** Milliseconds of Discord's epoch, the first second of 2015 (Reference: Snowflakes). */
const EPOCH_MS = 1_420_070_400_000n;

/** When the platform made this id; `undefined` for what is no snowflake. */
export function timeOf(snowflake: string): Date | undefined {
  if (!isSnowflake(snowflake)) return undefined;
  return new Date(Number((BigInt(snowflake) >> 22n) + EPOCH_MS));
}

/** The smallest id that can have been made at this time. */
export function snowflakeAt(date: Date): string {
  const since = BigInt(date.getTime()) - EPOCH_MS;
  return ((since < 0n ? 0n : since) << 22n).toString();
}

/** True for what can stand in a route. */
export function isSnowflake(value: unknown): value is string {
  return typeof value === 'string' && /^\d{15,21}$/.test(value);
}

const user = z.object({
  id,
  username: z.string().default(''),
  global_name: z.string().nullish(),
  bot: z.boolean().optional(),
});

const member = z.object({
  nick: z.string().nullish(),
  roles: z.array(z.string()).optional(),
});

/** A person as a payload names them. */
export type UserPayload = z.infer<typeof user>;
/** What a payload says of a person's place in the server. */
export type MemberPayload = z.infer<typeof member>;

const interaction = z.object({
  id,
  type: z.number(),
  token: z.string().default(''),
  guild_id: id.optional(),
  channel_id: id.optional(),
  channel: z.object({ id, type: z.number().optional(), parent_id: id.nullish() }).optional(),
  member: member.extend({ user }).optional(),
  user: user.optional(),
  locale: z.string().optional(),
  message: z.object({ id }).optional(),
  data: z.unknown().optional(),
});

/** What somebody did with a command, a button or a form, before its kind is known. */
export type InteractionPayload = z.infer<typeof interaction>;

const option = z.object({
  name: z.string(),
  value: z.union([z.string(), z.number(), z.boolean()]).optional(),
});

const commandData = z.object({
  name: z.string(),
  options: z.array(option.extend({ options: z.array(option).optional() })).optional(),
});

const componentData = z.object({ custom_id: z.string().min(1).max(100) });

const field = z.object({
  custom_id: z.string(),
  value: z.union([z.string(), z.number(), z.boolean()]).nullish(),
  values: z.array(z.string()).optional(),
});

const modalData = z.object({
  custom_id: z.string().min(1).max(100),
  components: z.array(
    z.object({ component: field.optional(), components: z.array(field).optional() }).loose(),
  ),
});

const attachment = z.object({ filename: z.string(), size: z.number().nonnegative() });

const content = {
  content: z.string().default(''),
  attachments: z.array(attachment).default([]),
  sticker_items: z.array(z.object({ name: z.string() })).default([]),
  mentions: z.array(user.extend({ member: member.optional() })).default([]),
};

const message = z.object({
  id,
  channel_id: id,
  channel_type: z.number().optional(),
  guild_id: id.optional(),
  type: z.number(),
  webhook_id: id.nullish(),
  nonce: z.union([z.string(), z.number()]).nullish(),
  author: user,
  member: member.optional(),
  message_reference: z.object({ type: z.number().optional(), message_id: id.optional() }).nullish(),
  message_snapshots: z.array(z.object({ message: z.object(content) })).optional(),
  ...content,
});

/** A message as the gateway tells it. */
export type MessagePayload = z.infer<typeof message>;
/** What a message says, apart from who and where. */
export type ContentPayload = Pick<MessagePayload, keyof typeof content>;

const channel = z.object({
  id,
  type: z.number(),
  name: z.string().nullish(),
  guild_id: id.optional(),
  available_tags: z.array(z.object({ id, name: z.string() })).optional(),
});

const guild = z.object({
  id,
  channels: z.array(channel).default([]),
  roles: z.array(z.object({ id, name: z.string() })).default([]),
});

const ready = z.object({ user: z.object({ id }), application: z.object({ id }) });

const reader =
  <T>(schema: z.ZodType<T>) =>
  (value: unknown): T | undefined =>
    schema.safeParse(value).data;

/** Each reads a payload of that kind, or gives `undefined` for what does not have its shape; never throws. */
export const read = {
  interaction: reader(interaction),
  command: reader(commandData),
  component: reader(componentData),
  modal: reader(modalData),
  message: reader(message),
  channel: reader(channel),
  guild: reader(guild),
  role: reader(z.object({ guild_id: id, role: z.object({ id, name: z.string() }) })),
  ready: reader(ready),
};
