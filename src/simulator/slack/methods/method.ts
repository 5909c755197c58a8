import { ApiError, type Args } from '../args.ts';
import type { Obj } from '../json.ts';
import type { Tier } from '../limits.ts';
import type { Sim } from '../sim.ts';
import type { Channel } from '../world.ts';

/** One method of the Web API. */
export interface Method {
  /** The bot needs one of these; none where the method needs no scope. */
  readonly scopes: readonly string[];
  readonly tier: Tier;
  readonly token: 'bot' | 'app' | 'none';
  /** Returns the members of the answer beside `ok: true`. Throws ApiError. */
  readonly run: (sim: Sim, args: Args) => Obj;
}

/** A channel that the bot can see: a public one, or its own direct conversation. */
export function visibleChannel(sim: Sim, id: string): Channel {
  const channel = sim.world.channels.get(id);
  if (!channel || (channel.kind === 'im' && !channel.opened)) throw new ApiError('channel_not_found');
  return channel;
}

/** A channel that the bot is in. */
export function joinedChannel(sim: Sim, id: string): Channel {
  const channel = visibleChannel(sim, id);
  if (!channel.members.has(sim.world.app.botUser)) throw new ApiError('not_in_channel');
  return channel;
}

/** A channel in which the bot may write: https://docs.slack.dev/reference/methods/chat.postMessage#errors */
export function writable(channel: Channel): Channel {
  if (channel.archived) throw new ApiError('is_archived');
  return channel;
}

/** One page of a list, newest cursor scheme: `next_cursor` is empty on the last page. */
export function page<T>(all: readonly T[], args: Args, fallback: number, max: number): [T[], Obj] {
  const limit = args.whole('limit', fallback, max);
  const cursor = args.text('cursor') ?? '';
  const start = cursor === '' ? 0 : Number(/^offset:(\d+)$/.exec(atobSafe(cursor))?.[1] ?? Number.NaN);
  if (Number.isNaN(start)) throw new ApiError('invalid_cursor');
  const more = start + limit < all.length;
  const next = more ? btoa(`offset:${start + limit}`) : '';
  return [all.slice(start, start + limit), { response_metadata: { next_cursor: next } }];
}

function atobSafe(text: string): string {
  return Buffer.from(text, 'base64').toString('utf8');
}
