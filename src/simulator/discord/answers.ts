import type { Draft } from './drafts.ts';
import { isEmpty, readDraft } from './drafts.ts';
import { apiError } from './errors.ts';
import { Form, isObject } from './form.ts';
import { Cause } from './interactions.ts';
import { limits } from './limits.ts';
import type { OpenModal } from './modal-form.ts';
import { readModal } from './modal-form.ts';
import { edit, post } from './posts.ts';
import type { InteractionState, Json, MessageState, Upload } from './types.ts';
import { MessageFlag } from './types.ts';
import type { World } from './world.ts';

/** Callback types (interactions: interaction callback type). */
const Callback = {
  pong: 1,
  reply: 4,
  defer: 5,
  deferUpdate: 6,
  update: 7,
  choices: 8,
  modal: 9,
} as const;

const reply = [Callback.reply, Callback.defer];

/** The callback types that each kind of interaction takes. */
function allowedTypes(interaction: InteractionState): readonly number[] {
  if (interaction.type === Cause.autocomplete) return [Callback.choices];
  if (interaction.type === Cause.command) return [...reply, Callback.modal];
  if (interaction.type === Cause.component)
    return [...reply, Callback.deferUpdate, Callback.update, Callback.modal];
  return interaction.mayUpdate ? [...reply, Callback.deferUpdate, Callback.update] : reply;
}

function source(interaction: InteractionState): MessageState['interaction'] {
  const name = typeof interaction.data.name === 'string' ? interaction.data.name : '';
  return { id: interaction.id, type: interaction.type, userId: interaction.userId, name };
}

/** Writes a message in answer to an interaction. */
export function postAnswer(
  world: World,
  interaction: InteractionState,
  draft: Draft,
  extraFlags = 0,
): MessageState {
  const hidden = ((draft.flags ?? 0) | extraFlags) & MessageFlag.ephemeral;
  return post(
    world,
    {
      channel: world.channel(interaction.channelId),
      author: world.bot,
      type: interaction.type === Cause.command ? 20 : 0,
      ephemeralTo: hidden ? interaction.userId : null,
      extraFlags,
      interaction: source(interaction),
    },
    draft,
  );
}

function emptyDraft(world: World, flags: number): Draft {
  return readDraft(world, { flags }, []);
}

/** Checks the choices of an autocomplete answer. */
function readChoices(data: Json): Json[] {
  const form = new Form();
  const list = form.list(['data', 'choices'], data.choices, 0, limits.choices);
  list.forEach((raw, index) => {
    const at = ['data', 'choices', index];
    const one = form.object(at, raw);
    if (!one) return;
    form.text([...at, 'name'], one.name, { min: 1, max: limits.optionText, required: true });
    if (typeof one.value !== 'number')
      form.text([...at, 'value'], one.value, { max: limits.optionText, required: true });
  });
  if (data.choices === undefined) form.required(['data', 'choices']);
  form.check();
  return list.filter(isObject);
}

function answerWithMessage(
  world: World,
  interaction: InteractionState,
  data: Json,
  files: readonly Upload[],
): MessageState {
  const draft = readDraft(world, data, files);
  if (
    isEmpty({
      content: draft.content ?? '',
      embeds: draft.embeds ?? [],
      components: draft.components ?? [],
      attachments: draft.attachments ?? [],
    })
  ) {
    throw apiError(50006);
  }
  return postAnswer(world, interaction, draft);
}

function defer(world: World, interaction: InteractionState, data: Json): MessageState {
  const flags = typeof data.flags === 'number' ? data.flags & MessageFlag.ephemeral : 0;
  interaction.deferredEphemeral = flags !== 0;
  return postAnswer(world, interaction, emptyDraft(world, flags), MessageFlag.loading);
}

/** Takes the first answer to an interaction, checked; throws what the platform answers to a wrong one. */
export function takeAnswer(
  world: World,
  interaction: InteractionState,
  body: Json,
  files: readonly Upload[],
  openModal: (userId: string, modal: OpenModal) => void,
): void {
  const form = new Form();
  const type = form.choice(['type'], body.type, allowedTypes(interaction));
  form.check();
  const data = isObject(body.data) ? body.data : {};
  if (type === Callback.reply) interaction.original = answerWithMessage(world, interaction, data, files);
  else if (type === Callback.defer) interaction.original = defer(world, interaction, data);
  else if (type === Callback.deferUpdate) interaction.original = interaction.message;
  else if (type === Callback.update && interaction.message) {
    edit(world, interaction.message, readDraft(world, data, files, interaction.message));
    interaction.original = interaction.message;
  } else if (type === Callback.modal) {
    openModal(interaction.userId, readModal(data, interaction.token, interaction.channelId));
  } else if (type === Callback.choices) data.choices = readChoices(data);
  interaction.answered = type ?? 0;
  interaction.settle({ type: type ?? 0, data });
}
