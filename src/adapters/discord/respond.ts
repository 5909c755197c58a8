import { setTimeout as wait } from 'node:timers/promises';
import type { APIInteractionResponse } from 'discord-api-types/v10';
import {
  RESTJSONErrorCodes as Code,
  InteractionResponseType,
  MessageFlags,
  Routes,
} from 'discord-api-types/v10';
import { z } from 'zod';
import type { Log } from '../../core/index.ts';
import type { AnswerWords, PrivateMessage, Shown } from './answer.ts';
import { interactionTypes, messageFor, privately, responseFor } from './answer.ts';
import type { Api } from './api.ts';
import { codeOf, whyOf } from './errors.ts';
import type { InteractionPayload } from './payloads.ts';

/** Discord shows a failure after 3 s; before that the desk says that it is at work. Milliseconds. */
const DEFER_AFTER_MS = 2_000;

/** The adapter's own few words, in the person's language. */
export interface Words extends AnswerWords {
  readonly tryAgain: string;
  /** The same, with what somebody typed in a window that is gone. */
  readonly tryAgainWith: (typed: string) => string;
  /** Where to ask for a ticket instead; `room` is the name of a channel. */
  readonly wrongRoom: (room: string | undefined) => string;
}

/** What answering over REST needs. */
export interface Responder {
  readonly api: Api;
  readonly log: Log;
}

/** Ms until the completion is tried again: over HTTP Discord may not have read yet that the answer comes later. */
const COMPLETE_AGAIN_MS = 1_000;

/**
 * Answers an interaction through `send`, at once or, when core takes long, after saying so. `send` is called at most once: a window that
 * was not taken in time gets no answer, since any answer closes it. Unanswered it stays open with all that was typed, and Discord says
 * that something went wrong. Where it is closed already, `typed` is given back. Never throws.
 */
export async function respond(
  at: Responder,
  interaction: InteractionPayload,
  answering: Promise<Shown>,
  { typed = '', ...words }: Words & { readonly typed?: string },
  send: (body: APIInteractionResponse) => Promise<void>,
): Promise<void> {
  const sorry = { type: 'say', text: typed === '' ? words.tryAgain : words.tryAgainWith(typed) } as const;
  let failed = false;
  const answer = answering.catch((error: unknown): Shown => {
    at.log.error('discord: an interaction was not taken', { why: whyOf(error) });
    failed = true;
    return sorry;
  });
  try {
    const late = new AbortController();
    const first = await Promise.race([
      answer,
      wait(DEFER_AFTER_MS, undefined, { signal: late.signal }).catch(() => undefined),
    ]);
    late.abort();
    if (failed && interaction.type === interactionTypes.modal) return;
    if (first) return await send(responseFor(first, interaction.type, words));
    // Choices cannot come later: the person types on.
    if (interaction.type === interactionTypes.autocomplete)
      return await send(responseFor(sorry, interaction.type, words));
    await send(deferral(interaction));
    const slow = await answer;
    // A form must be the first answer: it cannot follow a deferral.
    const say = () => complete(at, interaction, slow.type === 'form' ? sorry : slow, words);
    await say().catch(async (error: unknown) => {
      if (codeOf(error) !== Code.UnknownWebhook) throw error;
      await wait(COMPLETE_AGAIN_MS);
      await say();
    });
  } catch (error) {
    at.log.warn('discord: an interaction was not answered', { why: whyOf(error) });
  }
}

const made = z.object({ resource: z.object({ message: z.object({ id: z.string() }) }) });

/** Sends the first answer to an interaction that came over the gateway. Returns the id of the message it became, when that `isWanted`. */
export async function callback(
  api: Api,
  { id, token }: InteractionPayload,
  body: APIInteractionResponse,
  isWanted = false,
): Promise<string | undefined> {
  const query = isWanted ? { query: new URLSearchParams({ with_response: 'true' }) } : {};
  const answer = await api.post(Routes.interactionCallback(id, token), { body, token: false, ...query });
  return isWanted ? made.safeParse(answer).data?.resource.message.id : undefined;
}

function deferral({ type }: InteractionPayload): APIInteractionResponse {
  if (type === interactionTypes.component) return { type: InteractionResponseType.DeferredMessageUpdate };
  return {
    type: InteractionResponseType.DeferredChannelMessageWithSource,
    data: { flags: MessageFlags.Ephemeral },
  };
}

/** After a deferral: a button's answer is a message of its own, else the "thinking" message becomes the answer. */
async function complete(at: Responder, interaction: InteractionPayload, answer: Shown, words: Words) {
  const message = messageFor(answer);
  if (interaction.type === interactionTypes.component) {
    if (message)
      await at.api.post(Routes.webhook(interaction.application_id, interaction.token), {
        body: message,
        token: false,
      });
    return;
  }
  const { content, components, allowed_mentions }: PrivateMessage = message ?? privately(words.done);
  await at.api.patch(Routes.webhookMessage(interaction.application_id, interaction.token, '@original'), {
    body: { content, components, allowed_mentions },
    token: false,
  });
}
