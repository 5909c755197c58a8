import { ApiError, type Args } from '../args.ts';
import type { Obj } from '../json.ts';
import { channelJson, messageJson } from '../payloads.ts';
import type { Sim } from '../sim.ts';
import type { Message } from '../world.ts';
import { joinedChannel, type Method, page, visibleChannel } from './method.ts';

const read = ['channels:read', 'im:read'];
const history = ['channels:history', 'im:history'];

const open: Method = {
  scopes: ['im:write'],
  tier: 3,
  token: 'bot',
  run: (sim, args) => {
    const { world } = sim;
    const named = args.text('channel');
    if (named) return { channel: { id: visibleChannel(sim, named).id }, no_op: true, already_open: true };
    const users = (args.text('users') ?? '').split(',').filter(Boolean);
    const [user] = users;
    if (user === undefined) throw new ApiError('users_list_not_supplied');
    if (users.some(id => !world.users.has(id))) throw new ApiError('user_not_found');
    if (users.length > 1) throw new ApiError('missing_scope', [], { needed: 'mpim:write' });
    const channel = world.directOf(user);
    if (!channel) throw new ApiError('cannot_dm_bot');
    const already = channel.opened ? { no_op: true, already_open: true } : {};
    channel.opened = true;
    return { ...already, channel: args.flag('return_im') ? channelJson(world, channel) : { id: channel.id } };
  },
};

const info: Method = {
  scopes: read,
  tier: 3,
  token: 'bot',
  run: (sim, args) => {
    const channel = visibleChannel(sim, args.need('channel'));
    const { num_members: members, ...shown } = channelJson(sim.world, channel);
    const counted = args.flag('include_num_members') && members !== undefined ? { num_members: members } : {};
    const locale = args.flag('include_locale') ? { locale: 'en-US' } : {};
    return { channel: { ...shown, ...counted, ...locale } };
  },
};

const list: Method = {
  scopes: read,
  tier: 2,
  token: 'bot',
  run: (sim, args) => {
    const types = (args.text('types') ?? 'public_channel').split(',').map(type => type.trim());
    const known = ['public_channel', 'private_channel', 'mpim', 'im'];
    if (types.some(type => !known.includes(type))) throw new ApiError('invalid_types');
    const wanted = [...sim.world.channels.values()].filter(channel =>
      channel.kind === 'im' ? channel.opened && types.includes('im') : types.includes('public_channel'),
    );
    const [channels, meta] = page(wanted, args, 100, 999);
    return { channels: channels.map(channel => channelJson(sim.world, channel)), ...meta };
  },
};

const members: Method = {
  scopes: read,
  tier: 4,
  token: 'bot',
  run: (sim, args) => {
    const [ids, meta] = page([...visibleChannel(sim, args.need('channel')).members], args, 100, 1000);
    return { members: ids, ...meta };
  },
};

function inWindow(messages: readonly Message[], args: Args): Message[] {
  const oldest = args.text('oldest') ?? '0';
  const latest = args.text('latest') ?? '';
  const inclusive = args.flag('inclusive');
  const number = (ts: string): number => Number(ts);
  return messages.filter(({ ts }) => {
    const after = number(ts) > number(oldest) || (inclusive && ts === oldest);
    const before = latest === '' || number(ts) < number(latest) || (inclusive && ts === latest);
    return after && before;
  });
}

function shown(sim: Sim, args: Args, messages: readonly Message[], fallback: number, max: number): Obj {
  const [some, meta] = page(messages, args, fallback, max);
  const more = asCursor(meta) !== '';
  const withMetadata = args.flag('include_all_metadata');
  return {
    messages: some.map(message => messageJson(sim.world, message, withMetadata)),
    has_more: more,
    ...(more ? meta : {}),
  };
}

function asCursor(meta: Obj): string {
  const { next_cursor: cursor } = (meta.response_metadata ?? {}) as { next_cursor?: string };
  return cursor ?? '';
}

const historyMethod: Method = {
  scopes: history,
  tier: 3,
  token: 'bot',
  run: (sim, args) => {
    const channel = joinedChannel(sim, args.need('channel'));
    const top = channel.messages.filter(
      ({ ts, threadTs, broadcast, onlyFor }) =>
        onlyFor === undefined && (threadTs === undefined || threadTs === ts || broadcast),
    );
    return { ...shown(sim, args, inWindow(top, args).reverse(), 100, 999), pin_count: 0 };
  },
};

const replies: Method = {
  scopes: history,
  tier: 3,
  token: 'bot',
  run: (sim, args) => {
    const channel = joinedChannel(sim, args.need('channel'));
    const named = sim.world.message(channel.id, args.need('ts'));
    const root = named?.threadTs === undefined ? named : sim.world.message(channel.id, named.threadTs);
    if (!root || root.onlyFor !== undefined) throw new ApiError('thread_not_found');
    const visible = sim.world.repliesOf(root).filter(({ onlyFor }) => onlyFor === undefined);
    return shown(sim, args, [root, ...inWindow(visible, args)], 1000, 1000);
  },
};

/** conversations.* */
export const conversationMethods: Readonly<Record<string, Method>> = {
  'conversations.open': open,
  'conversations.info': info,
  'conversations.list': list,
  'conversations.members': members,
  'conversations.history': historyMethod,
  'conversations.replies': replies,
};
