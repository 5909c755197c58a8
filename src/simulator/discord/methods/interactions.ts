import { postAnswer, takeAnswer } from '../answers.ts';
import { readDraft } from '../drafts.ts';
import { apiError } from '../errors.ts';
import { forCallback, forWebhook } from '../interactions.ts';
import { buckets } from '../limits.ts';
import { edit, remove } from '../posts.ts';
import type { InteractionState, Json, MessageState } from '../types.ts';
import { MessageFlag } from '../types.ts';
import { messageWire } from '../wire.ts';
import { refuseEmpty } from './messages.ts';
import type { Call, Route } from './route.ts';
import { bodyOf, nothing, ok } from './route.ts';

function withResponse(call: Call, interaction: InteractionState): Json {
  const message = interaction.original;
  const fresh = interaction.answered === 4 || interaction.answered === 5 || interaction.answered === 7;
  return {
    interaction: {
      id: interaction.id,
      type: interaction.type,
      ...(message && fresh
        ? {
            response_message_id: message.id,
            response_message_loading: (message.flags & MessageFlag.loading) !== 0,
            response_message_ephemeral: message.ephemeralTo !== null,
          }
        : {}),
    },
    resource: {
      type: interaction.answered,
      ...(message && fresh ? { message: messageWire(call.world, message) } : {}),
    },
  };
}

function callback(call: Call) {
  const interaction = forCallback(call.world, call.params.interaction_id, call.params.interaction_token);
  takeAnswer(call.world, interaction, bodyOf(call), call.files, call.openModal);
  return call.query.get('with_response') === 'true' ? ok(withResponse(call, interaction)) : nothing;
}

function interactionOf(call: Call): InteractionState {
  return forWebhook(call.world, call.params.webhook_id, call.params.webhook_token);
}

/** The message of the path: `@original` or a follow-up of this interaction; throws 10008. */
function answerOf(call: Call, interaction: InteractionState): MessageState {
  const id = call.params.message_id ?? '@original';
  const channel = call.world.channels.get(interaction.channelId);
  if (id === '@original') {
    const original = interaction.original;
    if (original && channel?.messages.includes(original)) return original;
    throw apiError(10008);
  }
  const own = channel?.messages.find(one => one.id === id && one.interaction?.id === interaction.id);
  if (!own) throw apiError(10008);
  return own;
}

function read(call: Call) {
  return ok(messageWire(call.world, answerOf(call, interactionOf(call))));
}

function patch(call: Call) {
  const message = answerOf(call, interactionOf(call));
  edit(call.world, message, readDraft(call.world, bodyOf(call), call.files, message));
  return ok(messageWire(call.world, message));
}

function drop(call: Call) {
  remove(call.world, answerOf(call, interactionOf(call)), call.world.bot.id);
  return nothing;
}

/** A follow-up; the first one after a deferral fills the deferred message, with that message's visibility. */
function followUp(call: Call) {
  const interaction = interactionOf(call);
  const draft = readDraft(call.world, bodyOf(call), call.files);
  refuseEmpty(draft);
  const waiting = interaction.original;
  if (waiting && waiting.flags & MessageFlag.loading) {
    edit(call.world, waiting, draft);
    return ok(messageWire(call.world, waiting));
  }
  return ok(messageWire(call.world, postAnswer(call.world, interaction, draft)));
}

const root = '/webhooks/{webhook_id}/{webhook_token}';
const bucket = buckets.webhook;

/** Answers to interactions. Their right is the token in the address; they are exempt from the bot's global limit. */
export const interactionRoutes: readonly Route[] = [
  {
    verb: 'POST',
    path: '/interactions/{interaction_id}/{interaction_token}/callback',
    auth: 'token',
    run: callback,
  },
  { verb: 'POST', path: root, auth: 'token', bucket, run: followUp },
  { verb: 'GET', path: `${root}/messages/@original`, auth: 'token', bucket, run: read },
  { verb: 'PATCH', path: `${root}/messages/@original`, auth: 'token', bucket, run: patch },
  { verb: 'DELETE', path: `${root}/messages/@original`, auth: 'token', bucket, run: drop },
  { verb: 'GET', path: `${root}/messages/{message_id}`, auth: 'token', bucket, run: read },
  { verb: 'PATCH', path: `${root}/messages/{message_id}`, auth: 'token', bucket, run: patch },
  { verb: 'DELETE', path: `${root}/messages/{message_id}`, auth: 'token', bucket, run: drop },
];
