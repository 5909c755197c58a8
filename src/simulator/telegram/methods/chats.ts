import type { Args } from '../args.ts';
import { badRequest } from '../errors.ts';
import { FILE_LINK_MS, MAX_DOWNLOAD } from '../limits.ts';
import type { Chat, Topic } from '../types.ts';
import { drop, wireChat } from '../wire.ts';
import type { World } from '../world.ts';
import type { Context, Method } from './context.ts';
import { readChat } from './target.ts';

/** Colours of topic icons (core.telegram.org/bots/api#createforumtopic). */
const COLORS = [7322096, 16766590, 13338331, 9367192, 16749490, 16478047];
const MAX_TOPIC_NAME = 128;

const getChat: Method = (context, args) => {
  const chat = readChat(context, args);
  if (chat.type === 'private' && !chat.started) throw badRequest('chat not found');
  return {
    ...wireChat(context.world, chat),
    accent_color_id: 0,
    max_reaction_count: 11,
    accepted_gift_types: {
      unlimited_gifts: false,
      limited_gifts: false,
      unique_gifts: false,
      premium_subscription: false,
      gifts_from_channels: false,
    },
  };
};

const getChatMember: Method = (context, args) => {
  const chat = readChat(context, args);
  const id = args.int('user_id', 0);
  if (id <= 0) throw badRequest('invalid user_id specified');
  return member(context.world, chat, id);
};

function member(world: World, chat: Chat, id: number): unknown {
  const human = world.human(id);
  if (!human && id !== world.bot.id) throw badRequest('PARTICIPANT_ID_INVALID');
  return { user: world.user(id), status: status(world, chat, id) };
}

/** The standing of somebody in a chat, in the platform's words. */
function status(world: World, chat: Chat, id: number): string {
  if (id !== world.bot.id) return chat.members.has(id) ? 'member' : 'left';
  if (chat.type !== 'private') return chat.botRole;
  return chat.blocked ? 'kicked' : 'member';
}

const createForumTopic: Method = (context, args) => {
  const { world } = context;
  const chat = forum(context, args);
  const name = topicName(args);
  const color = args.int('icon_color', COLORS[0] ?? 0);
  if (!COLORS.includes(color)) throw badRequest('TOPIC_ICON_COLOR_INVALID');
  world.flood?.take(chat.id, true, world.now());
  const service = { forum_topic_created: { name, icon_color: color } };
  const message = world.add(chat, { from: world.bot.id, text: '', entities: [], service });
  chat.topics.set(message.id, { id: message.id, name, color, closed: false });
  world.changed();
  return { message_thread_id: message.id, name, icon_color: color };
};

const editForumTopic: Method = (context, args) => {
  const chat = forum(context, args);
  const topic = readTopic(chat, args);
  if (args.has('name')) {
    const name = topicName(args);
    if (name === topic.name) throw badRequest('TOPIC_NOT_MODIFIED');
    topic.name = name;
  }
  note(context.world, chat, topic, { forum_topic_edited: { name: topic.name } });
  return true;
};

const closeForumTopic: Method = (context, args) => setClosed(context, args, true);
const reopenForumTopic: Method = (context, args) => setClosed(context, args, false);

function setClosed(context: Context, args: Args, closed: boolean): true {
  const chat = forum(context, args);
  const topic = readTopic(chat, args);
  if (topic.closed === closed) throw badRequest('TOPIC_NOT_MODIFIED');
  topic.closed = closed;
  note(context.world, chat, topic, { [closed ? 'forum_topic_closed' : 'forum_topic_reopened']: {} });
  return true;
}

function note(world: World, chat: Chat, topic: Topic, service: Readonly<Record<string, unknown>>): void {
  world.add(chat, { from: world.bot.id, text: '', entities: [], service, threadId: topic.id });
}

function forum(context: Context, args: Args): Chat {
  const chat = readChat(context, args);
  if (!chat.isForum) throw badRequest('the chat is not a forum');
  if (chat.botRole !== 'administrator') throw badRequest('not enough rights to create a topic');
  return chat;
}

function readTopic(chat: Chat, args: Args): Topic {
  const topic = chat.topics.get(args.int('message_thread_id', 0));
  if (!topic) throw badRequest('message thread not found');
  return topic;
}

function topicName(args: Args): string {
  const name = args.text('name').trim();
  if (name === '' || name.length > MAX_TOPIC_NAME) throw badRequest('TOPIC_TITLE_INVALID');
  return name;
}

const getFile: Method = ({ world }, args) => {
  const id = args.text('file_id');
  if (id === '') throw badRequest('file_id not specified');
  const file = world.files.get(id);
  if (!file) throw badRequest('wrong file_id or the file is temporarily unavailable');
  if (file.data.byteLength > MAX_DOWNLOAD) throw badRequest('file is too big');
  const extension = /\.[a-z0-9]{1,8}$/i.exec(file.name)?.[0] ?? '';
  const path = `${file.folder}/file_${[...world.files.keys()].indexOf(id)}${extension}`;
  world.links.set(path, { file, until: world.now() + FILE_LINK_MS });
  return drop({
    file_id: id,
    file_unique_id: file.uniqueId,
    file_size: file.data.byteLength,
    file_path: path,
  });
};

export const chats = {
  getChat,
  getChatMember,
  createForumTopic,
  editForumTopic,
  closeForumTopic,
  reopenForumTopic,
  getFile,
} as const;
