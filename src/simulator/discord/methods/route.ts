import { apiError } from '../errors.ts';
import type { Bucket } from '../limits.ts';
import type { OpenModal } from '../modal-form.ts';
import { may, sees } from '../permissions.ts';
import type { ChannelState, Json, MessageState, Upload } from '../types.ts';
import type { World } from '../world.ts';

/** One request, parsed. */
export interface Call {
  readonly world: World;
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly body: unknown;
  readonly files: readonly Upload[];
  /** Shows a form to a person. */
  readonly openModal: (userId: string, modal: OpenModal) => void;
  /** `ws://host:port` of the gateway. */
  readonly gatewayUrl: string;
  /** Identifies that are left today. */
  readonly identifiesLeft: number;
}

export interface Answer {
  readonly status: number;
  readonly body?: unknown;
}

/** One method of the API. */
export interface Route {
  readonly verb: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** In the form of the documentation, for example `/channels/{channel_id}/messages`. */
  readonly path: string;
  /** `token` routes carry their right in the address and are exempt from the bot's global limit. */
  readonly auth: 'bot' | 'token';
  readonly bucket?: Bucket;
  /** A tighter bucket for some bodies. */
  readonly sub?: (call: Call) => Bucket | undefined;
  readonly run: (call: Call) => Answer;
}

export const ok = (body: unknown): Answer => ({ status: 200, body });
export const created = (body: unknown): Answer => ({ status: 201, body });
export const nothing: Answer = { status: 204 };

/** The body as an object; an empty one when there is none or it is something else. */
export function bodyOf(call: Call): Json {
  const body = call.body;
  return typeof body === 'object' && body !== null && !Array.isArray(body)
    ? Object.fromEntries(Object.entries(body))
    : {};
}

/** The channel of the path; 10003 when it is not there, 50001 when the bot does not see it. */
export function channelOf(call: Call): ChannelState {
  const channel = call.world.channel(call.params.channel_id);
  if (!sees(call.world, channel, call.world.bot.id)) throw apiError(50001);
  return channel;
}

/** Throws 50013 when the bot lacks one of the bits here. */
export function demand(call: Call, channel: ChannelState, bits: bigint): void {
  if (!may(call.world, channel, call.world.bot.id, bits)) throw apiError(50013);
}

/** The message of the path; throws 10008. */
export function messageOf(call: Call, channel: ChannelState): MessageState {
  const message = channel.messages.find(one => one.id === call.params.message_id && one.ephemeralTo === null);
  if (!message) throw apiError(10008);
  return message;
}

/** Checks that the path names the one guild; throws 10004. */
export function demandGuild(call: Call): void {
  if (call.params.guild_id !== call.world.guildId) throw apiError(10004);
}
