import { ApiError, type Args } from '../args.ts';
import { addReaction, removeReaction } from '../messages.ts';
import { messageJson } from '../payloads.ts';
import type { Sim } from '../sim.ts';
import type { Message } from '../world.ts';
import { joinedChannel, type Method, visibleChannel, writable } from './method.ts';

function named(args: Args): string {
  const name = args.need('name');
  if (!/^[a-z0-9_+'-]+(::skin-tone-[2-6])?$/.test(name)) throw new ApiError('invalid_name');
  return name;
}

function item(sim: Sim, args: Args, to: 'read' | 'write'): Message {
  const id = args.text('channel');
  const ts = args.text('timestamp');
  if (!id || !ts) throw new ApiError('no_item_specified');
  const channel = to === 'write' ? writable(joinedChannel(sim, id)) : joinedChannel(sim, id);
  const message = sim.world.message(channel.id, ts);
  if (!message || message.onlyFor !== undefined) throw new ApiError('message_not_found');
  return message;
}

const add: Method = {
  scopes: ['reactions:write'],
  tier: 3,
  token: 'bot',
  run: (sim, args) => {
    const name = named(args);
    if (!addReaction(sim, item(sim, args, 'write'), sim.world.app.botUser, name))
      throw new ApiError('already_reacted');
    return {};
  },
};

const remove: Method = {
  scopes: ['reactions:write'],
  tier: 2,
  token: 'bot',
  run: (sim, args) => {
    const name = named(args);
    if (!removeReaction(sim, item(sim, args, 'write'), sim.world.app.botUser, name))
      throw new ApiError('no_reaction');
    return {};
  },
};

const get: Method = {
  scopes: ['reactions:read'],
  tier: 3,
  token: 'bot',
  run: (sim, args) => {
    const message = item(sim, args, 'read');
    const channel = visibleChannel(sim, message.channel);
    return { type: 'message', channel: channel.id, message: messageJson(sim.world, message) };
  },
};

/** reactions.* */
export const reactionMethods: Readonly<Record<string, Method>> = {
  'reactions.add': add,
  'reactions.remove': remove,
  'reactions.get': get,
};
