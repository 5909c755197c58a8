import { setTimeout as wait } from 'node:timers/promises';
import { InteractionResponseType, MessageFlags, Routes } from 'discord.js';
import type { Answer, Log } from '../../core/index.ts';
import type { PrivateMessage } from './answer.ts';
import { interactionTypes, messageFor, privately, responseFor } from './answer.ts';
import type { Api } from './api.ts';
import { whyOf } from './errors.ts';
import type { InteractionPayload } from './payloads.ts';

/** Discord shows a failure after 3 s; before that the desk says that it is at work. Milliseconds. */
const DEFER_AFTER_MS = 2_000;

/** The adapter's own few words, in the person's language. */
export interface Words {
  readonly done: string;
  readonly tryAgain: string;
}

/** What answering over REST needs. */
export interface Responder {
  readonly api: Api;
  readonly log: Log;
  /** The application's id, which the gateway tells. */
  readonly applicationId: string;
}

/** Answers an interaction that came over the gateway, at once or, when core takes long, after saying so. Never throws. */
export async function respond(
  at: Responder,
  interaction: InteractionPayload,
  answering: Promise<Answer>,
  words: Words,
): Promise<void> {
  const sorry = { type: 'say', text: words.tryAgain } as const;
  const answer = answering.catch((error: unknown): Answer => {
    at.log.error('discord: an interaction was not taken', { why: whyOf(error) });
    return sorry;
  });
  try {
    const late = new AbortController();
    const first = await Promise.race([
      answer,
      wait(DEFER_AFTER_MS, undefined, { signal: late.signal }).catch(() => undefined),
    ]);
    late.abort();
    if (first) return await callback(at, interaction, responseFor(first, interaction.type, words.done));
    await defer(at, interaction);
    const slow = await answer;
    // A form must be the first answer: it cannot follow a deferral.
    await complete(at, interaction, slow.type === 'form' ? sorry : slow, words);
  } catch (error) {
    at.log.warn('discord: an interaction was not answered', { why: whyOf(error) });
  }
}

async function callback(at: Responder, { id, token }: InteractionPayload, body: unknown): Promise<void> {
  await at.api.post(Routes.interactionCallback(id, token), { body, token: false });
}

async function defer(at: Responder, interaction: InteractionPayload): Promise<void> {
  const isButton = interaction.type === interactionTypes.component;
  await callback(
    at,
    interaction,
    isButton
      ? { type: InteractionResponseType.DeferredMessageUpdate }
      : {
          type: InteractionResponseType.DeferredChannelMessageWithSource,
          data: { flags: MessageFlags.Ephemeral },
        },
  );
}

/** After a deferral: a button's answer is a message of its own, else the "thinking" message becomes the answer. */
async function complete(at: Responder, interaction: InteractionPayload, answer: Answer, words: Words) {
  const message = messageFor(answer);
  if (interaction.type === interactionTypes.component) {
    if (message)
      await at.api.post(Routes.webhook(at.applicationId, interaction.token), { body: message, token: false });
    return;
  }
  const { content, components, allowed_mentions }: PrivateMessage = message ?? privately(words.done);
  await at.api.patch(Routes.webhookMessage(at.applicationId, interaction.token, '@original'), {
    body: { content, components, allowed_mentions },
    token: false,
  });
}
