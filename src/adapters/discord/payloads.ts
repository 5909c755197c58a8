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

/** Types of channels that are threads (Channel types: announcement, public, private thread). */
export const threadTypes: ReadonlySet<number> = new Set([10, 11, 12]);

/** What only decorates a payload: of another shape it is as if it were absent. */
const extra = <T extends z.ZodType>(schema: T) => schema.optional().catch(undefined);
/** A list of decorations: those of another shape are left out. */
const extras = <T extends z.ZodType>(schema: T) =>
  z
    .array(z.unknown())
    .catch([])
    .transform(all => all.flatMap(one => schema.safeParse(one).data ?? []));

const user = z.object({
  id,
  username: z.string().catch(''),
  global_name: extra(z.string().nullable()),
  bot: z.boolean().optional(),
});

const member = z.object({
  nick: extra(z.string().nullable()),
  roles: z.array(z.string()).optional(),
});

/** A person as a payload names them. */
export type UserPayload = z.infer<typeof user>;
/** What a payload says of a person's place in the server. */
export type MemberPayload = z.infer<typeof member>;

const interaction = z.object({
  id,
  application_id: z.string().default(''),
  type: z.number(),
  token: z.string().default(''),
  guild_id: id.optional(),
  channel_id: id.optional(),
  channel: z.object({ id, type: z.number().optional(), parent_id: id.nullish() }).optional(),
  member: member.extend({ user }).optional(),
  user: user.optional(),
  /** What the bot may do where the interaction was made: a number in decimal digits. */
  app_permissions: extra(z.string().regex(/^\d{1,30}$/)),
  locale: extra(z.string()),
  /** Interaction context types: 0 a guild, 1 the bot's chat with the person, 2 another chat. */
  context: extra(z.number()),
  message: z.object({ id }).optional(),
  data: z.unknown().optional(),
});

/** What somebody did with a command, a button or a form, before its kind is known. */
export type InteractionPayload = z.infer<typeof interaction>;

const attachment = z.object({
  filename: z.string().catch('…'),
  size: z.number().nonnegative().catch(0),
  url: z.string().catch(''),
});

const content = {
  content: z.string().default(''),
  attachments: extras(attachment),
  sticker_items: extras(z.object({ name: z.string().catch('…') })),
  poll: extra(z.object({ question: z.object({ text: z.string() }) })),
  mentions: extras(user.extend({ member: extra(member) })),
};

const option = z.object({
  name: z.string(),
  focused: z.boolean().optional(),
  value: z.union([z.string(), z.number(), z.boolean()]).optional(),
});

const commandData = z.object({
  name: z.string(),
  type: z.number().default(1),
  target_id: id.optional(),
  resolved: extra(z.object({ messages: z.record(z.string(), z.object(content)).catch({}) })),
  options: z.array(option.extend({ options: z.array(option).optional() })).optional(),
});

/** A command with what was given to it. */
export type CommandPayload = z.infer<typeof commandData>;

const componentData = z.object({ custom_id: z.string().min(1).max(100) });

const field = z.object({
  custom_id: z.string(),
  value: z.union([z.string(), z.number(), z.boolean()]).nullish(),
  values: z.array(z.string()).optional(),
});

const modalData = z.object({
  custom_id: z.string().min(1).max(100),
  resolved: extra(z.object({ attachments: z.record(z.string(), attachment) })),
  components: z.array(
    z.object({ component: field.optional(), components: z.array(field).optional() }).loose(),
  ),
});

/** A form that was sent. */
export type ModalPayload = z.infer<typeof modalData>;

const message = z.object({
  id,
  edited_timestamp: extra(z.string().nullable()),
  channel_id: id,
  channel_type: extra(z.number()),
  guild_id: id.optional(),
  type: z.number(),
  webhook_id: id.nullish(),
  nonce: extra(z.union([z.string(), z.number()])),
  author: user,
  member: member.optional(),
  message_reference: extra(z.object({ type: z.number().optional(), message_id: id.optional() })),
  message_snapshots: extras(z.object({ message: z.object(content) })),
  ...content,
});

/** A message as the gateway tells it. */
export type MessagePayload = z.infer<typeof message>;
/** What a message says, apart from who and where. */
export type ContentPayload = Pick<MessagePayload, keyof typeof content>;

const where = { channel_id: id, guild_id: id.optional() };
const deletion = z.object({ id, ...where });
const deletions = z.object({ ids: z.array(id), ...where });
const reaction = z.object({
  ...where,
  message_id: id,
  user_id: id,
  emoji: z.object({ id: z.string().nullish(), name: z.string().nullish() }),
  member: extra(member.extend({ user })),
});

const typing = z.object({ ...where, user_id: id, member: extra(member.extend({ user })) });

/** Somebody who types, as the gateway tells it. */
export type TypingPayload = z.infer<typeof typing>;

/** A reaction as the gateway tells it. */
export type ReactionPayload = z.infer<typeof reaction>;

const channel = z.object({
  id,
  type: z.number(),
  name: z.string().nullish(),
  guild_id: id.optional(),
  available_tags: z.array(z.object({ id, name: z.string() })).optional(),
  thread_metadata: extra(z.object({ archived: z.boolean() })),
  permission_overwrites: extras(z.object({ id, deny: z.string().regex(/^\d{1,30}$/) })),
});

/** A channel as the gateway tells it. */
export type ChannelPayload = z.infer<typeof channel>;

const guild = z.object({
  id,
  channels: z.array(channel).default([]),
  threads: extras(z.object({ id })),
  roles: z.array(z.object({ id, name: z.string() })).default([]),
});

const ready = z.object({ user: z.object({ id }), application: z.object({ id }), session_id: z.string() });

/** Told of a payload that cannot be read: its id, and where its shape is another; never a value. */
export type OnFault = (where: { readonly id: string; readonly at: string }) => void;

const reader =
  <T>(schema: z.ZodType<T>) =>
  (value: unknown, onFault?: OnFault): T | undefined => {
    const { data, error } = schema.safeParse(value);
    if (error) onFault?.({ id: idOf(value), at: error.issues[0]?.path.join('.') ?? '' });
    return data;
  };

function idOf(value: unknown): string {
  const found: unknown = typeof value === 'object' && value !== null ? Reflect.get(value, 'id') : undefined;
  return isSnowflake(found) ? found : 'unknown';
}

/** Each reads a payload of that kind, or gives `undefined` for what does not have its shape; never throws. */
export const read = {
  interaction: reader(interaction),
  command: reader(commandData),
  component: reader(componentData),
  modal: reader(modalData),
  message: reader(message),
  deletion: reader(deletion),
  deletions: reader(deletions),
  reaction: reader(reaction),
  typing: reader(typing),
  channel: reader(channel),
  guild: reader(guild),
  role: reader(z.object({ guild_id: id, role: z.object({ id, name: z.string() }) })),
  ready: reader(ready),
};
