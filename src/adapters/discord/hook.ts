import type { KeyObject } from 'node:crypto';
import type { Answer, RawRequest, RawResponse, Received } from '../../core/index.ts';
import { interactionTypes, responseFor } from './answer.ts';
import type { DiscordConfig } from './config.ts';
import { wordsFor } from './dispatch.ts';
import type { InteractionPayload } from './payloads.ts';
import { read } from './payloads.ts';
import { hear } from './receive.ts';
import { whyRefused } from './verify.ts';

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

/** Interactions over HTTP, for an application with an Interactions Endpoint URL; messages come over the gateway alone. */
export function receive(config: DiscordConfig, key: KeyObject | undefined, request: RawRequest): Received {
  const why = whyRefused(request, key);
  if (why) return { verified: false, response: json(401, { error: 'invalid request signature' }), why };
  const interaction = read.interaction(parsed(request.body));
  if (!interaction) return answered(json(400, { error: 'not an interaction' }));
  if (interaction.type === interactionTypes.ping) return answered(json(200, { type: 1 }));
  return understood(config, interaction, request.now);
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    // The reader of the payload refuses `undefined`.
    return undefined;
  }
}

function understood(config: DiscordConfig, interaction: InteractionPayload, now: Date): Received {
  const words = wordsFor(config, interaction);
  const say = (answer: Answer) => json(200, responseFor(answer, interaction.type, words.done));
  const heard = hear(interaction, config.guildId, now);
  if (heard.kind === 'wrong-place') return answered(say({ type: 'say', text: words.wrongPlace }));
  if (heard.kind === 'not-ours') return answered(say({ type: 'say', text: words.notOurs }));
  return {
    verified: true,
    inbound: [heard.inbound],
    respond: async ([answer]) => say(answer ?? { type: 'nothing' }),
  };
}
