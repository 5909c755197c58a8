import { ApiError, type Args } from '../args.ts';
import { changeMessage, deleteMessage, postMessage } from '../messages.ts';
import { messageJson } from '../payloads.ts';
import type { Sim } from '../sim.ts';
import type { Channel, Message } from '../world.ts';
import { mustSay, readContent } from './content.ts';
import { joinedChannel, type Method, visibleChannel, writable } from './method.ts';

/** Where a message goes: a channel by id or name, a direct conversation, or a user, whose direct conversation is opened. */
function target(sim: Sim, name: string): Channel {
  const { world } = sim;
  const channel = world.users.has(name) ? world.directOf(name) : world.channel(name);
  if (!channel) throw new ApiError('channel_not_found');
  if (!channel.members.has(world.app.botUser)) throw new ApiError('not_in_channel');
  return writable(channel);
}

function rootFor(sim: Sim, channel: Channel, args: Args): string | undefined {
  const ts = args.text('thread_ts');
  if (!ts) return undefined;
  const root = sim.world.message(channel.id, ts);
  if (!root) throw new ApiError('thread_not_found');
  if (root.threadTs !== undefined && root.threadTs !== root.ts) throw new ApiError('cannot_reply_to_message');
  return ts;
}

const postMessageMethod: Method = {
  scopes: ['chat:write'],
  tier: 'posting',
  token: 'bot',
  run: (sim, args) => {
    const channel = target(sim, args.need('channel'));
    const content = readContent(args, 'cut');
    mustSay(content);
    const threadTs = rootFor(sim, channel, args);
    const message = postMessage(sim, {
      channel,
      user: sim.world.app.botUser,
      ...content,
      text: content.text ?? '',
      ...(threadTs === undefined ? {} : { threadTs, broadcast: args.flag('reply_broadcast') }),
      linkNames: args.flag('link_names') || args.text('parse') === 'full',
    });
    return { channel: channel.id, ts: message.ts, message: messageJson(sim.world, message, true) };
  },
};

const postEphemeral: Method = {
  scopes: ['chat:write'],
  tier: 4,
  token: 'bot',
  run: (sim, args) => {
    const channel = writable(joinedChannel(sim, args.need('channel')));
    const user = args.need('user');
    if (!sim.world.users.has(user)) throw new ApiError('user_not_found');
    if (!channel.members.has(user)) throw new ApiError('user_not_in_channel');
    const content = readContent(args, 'refuse');
    mustSay(content);
    const threadTs = rootFor(sim, channel, args);
    const message = postMessage(sim, {
      channel,
      user: sim.world.app.botUser,
      ...content,
      text: content.text ?? '',
      onlyFor: user,
      ...(threadTs === undefined ? {} : { threadTs }),
    });
    return { message_ts: message.ts };
  },
};

function own(sim: Sim, args: Args, refusal: string): [Channel, Message] {
  const channel = visibleChannel(sim, args.need('channel'));
  // "The message cannot be edited within a frozen, archived or deleted channel": chat.update; chat.delete names no code of its own.
  if (channel.archived) throw new ApiError('is_inactive');
  const message = sim.world.message(channel.id, args.need('ts'));
  if (!message || message.onlyFor !== undefined || message.tombstone) throw new ApiError('message_not_found');
  if (message.user !== sim.world.app.botUser) throw new ApiError(refusal);
  return [channel, message];
}

const update: Method = {
  scopes: ['chat:write'],
  tier: 3,
  token: 'bot',
  run: (sim, args) => {
    const [channel, message] = own(sim, args, 'cant_update_message');
    const content = readContent(args, 'refuse');
    // What is not given stays, blocks and metadata too: https://docs.slack.dev/reference/methods/chat.update
    mustSay({ ...message, ...content });
    if (!('text' in content || content.blocks || content.attachments)) throw new ApiError('no_text');
    changeMessage(sim, message, sim.world.app.botUser, content);
    const shown = messageJson(sim.world, message, true);
    return { channel: channel.id, ts: message.ts, text: message.text, message: shown };
  },
};

const remove: Method = {
  scopes: ['chat:write'],
  tier: 3,
  token: 'bot',
  run: (sim, args) => {
    const [channel, message] = own(sim, args, 'cant_delete_message');
    deleteMessage(sim, message);
    return { channel: channel.id, ts: message.ts };
  },
};

const getPermalink: Method = {
  scopes: [],
  tier: 'special',
  token: 'bot',
  run: (sim, args) => {
    const channel = visibleChannel(sim, args.need('channel'));
    const message = sim.world.message(channel.id, args.need('message_ts'));
    if (!message) throw new ApiError('message_not_found');
    const base = `https://${sim.world.app.teamDomain}.slack.com/archives/${channel.id}/p${message.ts.replace('.', '')}`;
    const inThread = message.threadTs !== undefined && message.threadTs !== message.ts;
    const tail = inThread ? `?thread_ts=${message.threadTs}&cid=${channel.id}` : '';
    return { channel: channel.id, permalink: `${base}${tail}` };
  },
};

/** chat.* */
export const chatMethods: Readonly<Record<string, Method>> = {
  'chat.postMessage': postMessageMethod,
  'chat.postEphemeral': postEphemeral,
  'chat.update': update,
  'chat.delete': remove,
  'chat.getPermalink': getPermalink,
};
