import type { KeyObject } from 'node:crypto';
import type { Answer, RawRequest, RawResponse, Received } from '../../core/index.ts';
import { interactionTypes } from './answer.ts';
import type { DiscordConfig } from './config.ts';
import type { Outlet } from './deliver.ts';
import { answerTo, noting, typedText, wordsFor } from './dispatch.ts';
import type { InteractionPayload } from './payloads.ts';
import { read } from './payloads.ts';
import { hear } from './receive.ts';
import { respond } from './respond.ts';
import { whyRefused } from './verify.ts';
import { wayOf } from './way.ts';

const json = (status: number, body: unknown): RawResponse => ({
  status,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
});

/** Believed, but nothing for core. Malformed is 400: Discord shows the person a failure and does not send it again. */
const answered = (response: RawResponse): Received => ({
  verified: true,
  inbound: [],
  respond: async () => response,
});

/** What answering over HTTP needs. */
export interface Hooked {
  readonly config: DiscordConfig;
  readonly desk: Outlet;
}

/** Interactions over HTTP, for an application with an Interactions Endpoint URL; messages come over the gateway alone. */
export async function receive(
  at: Hooked,
  key: KeyObject | undefined,
  request: RawRequest,
): Promise<Received> {
  const why = whyRefused(request, key);
  if (why) return { verified: false, response: json(401, { error: 'invalid request signature' }), why };
  const interaction = read.interaction(parsed(request.body), noting(at.config.log, 'an interaction'));
  if (!interaction) return answered(json(400, { error: 'not an interaction' }));
  if (interaction.type === interactionTypes.ping) return answered(json(200, { type: 1 }));
  return understood(at, interaction, request.now);
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    // The reader of the payload refuses `undefined`.
    return undefined;
  }
}

async function understood(at: Hooked, interaction: InteractionPayload, now: Date): Promise<Received> {
  const { config, desk } = at;
  const way = await wayOf(desk, interaction, config.guildId);
  const heard = hear(interaction, way, config.guildId, desk.memory, now);
  const words = wordsFor(config, interaction, way);
  const respondInTime = (answers: Promise<readonly Answer[]>) =>
    new Promise<RawResponse>(resolve => {
      const sink = async (): Promise<Answer> => (await answers)[0] ?? { type: 'nothing' };
      const answering = answerTo({ memory: desk.memory, sink }, interaction, heard, words);
      const send = async (body: unknown) => resolve(json(200, body));
      const done = respond(desk, interaction, answering, { ...words, typed: typedText(heard) }, send);
      // Without one are what could not be put into an answer, and a window that was not taken: Discord leaves it open.
      done.then(() => resolve(json(500, { error: 'no answer' })));
    });
  return {
    verified: true,
    inbound: heard.kind === 'inbound' ? [heard.inbound] : [],
    respond: answers => respondInTime(Promise.resolve(answers)),
    respondInTime,
  };
}
