/** What Slack sends, as far as it is read here. Everything else in it is left alone. */
import { z } from 'zod';

const id = z.string().min(1).max(200);
const ts = z.string().regex(/^\d{1,12}\.\d{1,9}$/);

/** https://docs.slack.dev/interactivity/implementing-slash-commands#app_command_handling */
export const commandSchema = z.object({
  command: z.string(),
  text: z.string().default(''),
  team_id: z.string().default(''),
  channel_id: id,
  user_id: id,
  trigger_id: id,
});
export type Command = z.infer<typeof commandSchema>;

const userSchema = z.object({ id, team_id: z.string().nullish() });
const teamSchema = z.object({ id }).nullish();

const fileSchema = z.object({
  id: z.string().max(40).nullish().catch(''),
  name: z.string().nullish().catch(''),
  title: z.string().nullish().catch(''),
  size: z.number().nullish().catch(undefined),
  mode: z.string().nullish().catch(undefined),
  is_external: z.boolean().nullish().catch(undefined),
  permalink: z.string().nullish().catch(undefined),
});
const filesSchema = z.array(fileSchema.catch({})).optional().catch(undefined);
/** The files of a message or of a field: https://docs.slack.dev/reference/objects/file-object */
export type FileWords = z.infer<typeof filesSchema>;

const chosenSchema = z.object({ value: z.string() }).nullish();
const controlSchema = z.object({
  value: z.string().nullish(),
  selected_option: chosenSchema,
  files: filesSchema,
});
const viewSchema = z.object({
  id,
  type: z.string().default('modal'),
  hash: z.string().default(''),
  callback_id: z.string().default(''),
  private_metadata: z.string().default(''),
  title: z.object({ text: z.string() }).nullish(),
  blocks: z.array(z.object({ type: z.string(), block_id: z.string().default('') })).default([]),
  state: z
    .object({ values: z.record(z.string(), z.record(z.string(), controlSchema)).default({}) })
    .default({ values: {} }),
});
export type View = z.infer<typeof viewSchema>;

/** https://docs.slack.dev/reference/interaction-payloads/view-interactions-payload */
export const submissionSchema = z.object({
  type: z.literal('view_submission'),
  team: teamSchema,
  user: userSchema,
  view: viewSchema,
});
export type Submission = z.infer<typeof submissionSchema>;

const actionSchema = z.object({
  type: z.string(),
  action_id: id,
  block_id: z.string().default(''),
  action_ts: z.string().max(40).default(''),
  value: z.string().nullish(),
  selected_option: chosenSchema,
});
export type Action = z.infer<typeof actionSchema>;

/** https://docs.slack.dev/reference/interaction-payloads/block_actions-payload */
export const actionsSchema = z.object({
  type: z.literal('block_actions'),
  team: teamSchema,
  user: userSchema,
  trigger_id: id,
  response_url: z.string().optional(),
  container: z
    .object({
      type: z.string(),
      channel_id: id.optional(),
      message_ts: ts.optional(),
      thread_ts: ts.optional(),
      is_ephemeral: z.boolean().default(false),
    })
    .optional(),
  message: z.object({ thread_ts: ts.optional() }).optional(),
  view: viewSchema.optional(),
  actions: z.array(actionSchema).min(1),
});
export type Actions = z.infer<typeof actionsSchema>;

/** https://docs.slack.dev/reference/interaction-payloads/shortcuts-interaction-payload#message_shortcuts */
export const shortcutSchema = z.object({
  type: z.literal('message_action'),
  callback_id: z.string(),
  team: teamSchema,
  user: userSchema,
  channel: z.object({ id }),
  trigger_id: id,
  action_ts: z.string().max(40).default(''),
  response_url: z.string().optional(),
  message: z.object({
    text: z.string().nullish(),
    blocks: z.unknown().optional(),
    thread_ts: ts.optional(),
  }),
});
export type Shortcut = z.infer<typeof shortcutSchema>;

/** https://docs.slack.dev/apis/events-api#receiving-events */
export const envelopeSchema = z.object({
  type: z.literal('event_callback'),
  team_id: z.string().default(''),
  event_id: id,
  authorizations: z
    .array(z.object({ user_id: z.string().nullish(), is_bot: z.boolean().nullish() }))
    .catch([]),
  event: z.looseObject({ type: z.string(), subtype: z.string().optional() }),
});
export type Envelope = z.infer<typeof envelopeSchema>;

const wordsSchema = z.object({
  text: z.string().nullish(),
  blocks: z.unknown().optional(),
  files: filesSchema,
});
/** What a message says. */
export type Words = z.infer<typeof wordsSchema>;

/** https://docs.slack.dev/reference/events/message */
export const messageSchema = wordsSchema.extend({
  type: z.literal('message'),
  subtype: z.string().optional(),
  hidden: z.boolean().optional().catch(undefined),
  bot_id: z.string().nullish(),
  user: id,
  channel: id,
  ts,
  thread_ts: ts.optional(),
});
export type Message = z.infer<typeof messageSchema>;

const innerSchema = wordsSchema.extend({
  subtype: z.string().optional(),
  user: id.optional(),
  bot_id: z.string().nullish(),
  ts,
  thread_ts: ts.optional(),
  edited: z.object({ ts: z.string() }).optional(),
});

/** https://docs.slack.dev/reference/events/message/message_changed */
export const changeSchema = z.object({
  type: z.literal('message'),
  subtype: z.literal('message_changed'),
  channel: id,
  ts,
  event_ts: ts.optional(),
  message: innerSchema,
  previous_message: innerSchema.optional(),
});
export type Change = z.infer<typeof changeSchema>;

/** https://docs.slack.dev/reference/events/message/message_deleted */
export const deletionSchema = z.object({
  type: z.literal('message'),
  subtype: z.literal('message_deleted'),
  channel: id,
  deleted_ts: ts,
  ts,
  event_ts: ts.optional(),
  previous_message: innerSchema.optional(),
});
export type Deletion = z.infer<typeof deletionSchema>;

/** https://docs.slack.dev/reference/events/reaction_added */
export const reactionSchema = z.object({
  type: z.enum(['reaction_added', 'reaction_removed']),
  user: id,
  reaction: id,
  item: z.object({ type: z.literal('message'), channel: id, ts }),
  event_ts: ts,
});
export type Reaction = z.infer<typeof reactionSchema>;

/** https://docs.slack.dev/reference/events/app_home_opened */
export const homeSchema = z.object({
  type: z.literal('app_home_opened'),
  user: id,
  tab: z.string().default('home'),
  event_ts: z.string().max(40).default(''),
});
export type HomeOpened = z.infer<typeof homeSchema>;
