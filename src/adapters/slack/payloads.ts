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

const chosenSchema = z.object({ value: z.string() }).nullish();
const controlSchema = z.object({ value: z.string().nullish(), selected_option: chosenSchema });
const viewSchema = z.object({
  id,
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

/** https://docs.slack.dev/reference/events/message */
export const messageSchema = z.object({
  type: z.literal('message'),
  subtype: z.string().optional(),
  hidden: z.boolean().optional().catch(undefined),
  bot_id: z.string().nullish(),
  user: id,
  channel: id,
  ts,
  thread_ts: ts.optional(),
  text: z.string().nullish(),
  blocks: z.unknown().optional(),
  files: z
    .array(
      z.object({ name: z.string().nullish().catch(''), title: z.string().nullish().catch('') }).catch({}),
    )
    .optional()
    .catch(undefined),
});
export type Message = z.infer<typeof messageSchema>;
