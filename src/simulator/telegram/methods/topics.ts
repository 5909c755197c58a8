import type { Args } from '../args.ts';
import { badRequest } from '../errors.ts';
import type { Chat, Topic } from '../types.ts';
import type { World } from '../world.ts';
import type { Context, Method } from './context.ts';
import { writableChat } from './target.ts';

/** Colours of topic icons (core.telegram.org/bots/api#createforumtopic). */
const COLORS = [7322096, 16766590, 13338331, 9367192, 16749490, 16478047];
/** Characters of a name (#createforumtopic: 1-128). */
const MAX_TOPIC_NAME = 128;
/** Some of the platform's topic icons; their ids are custom emoji of a public set. */
const ICONS: Readonly<Record<string, string>> = {
  '5417915203100613993': '💬',
  '5312536423851630001': '💡',
  '5377498341074542641': '‼',
  '5237699328843200968': '✅',
};

const createForumTopic: Method = (context, args) => {
  const { world } = context;
  const chat = forum(context, args);
  const name = topicName(args);
  const color = args.int('icon_color', COLORS[0] ?? 0);
  if (!COLORS.includes(color)) throw badRequest('TOPIC_ICON_COLOR_INVALID');
  const icon = readIcon(args);
  world.flood?.take(chat.id, chat.type !== 'private', world.now());
  const look = { icon_color: color, ...(icon && { icon_custom_emoji_id: icon }) };
  const service = { forum_topic_created: { name, ...look } };
  const message = world.add(chat, { from: world.bot.id, text: '', entities: [], service });
  chat.topics.set(message.id, { id: message.id, name, color, closed: false, ...(icon && { icon }) });
  world.changed();
  return { message_thread_id: message.id, name, ...look };
};

const editForumTopic: Method = (context, args) => {
  const chat = forum(context, args);
  const topic = readTopic(chat, args);
  const name = args.text('name') === '' ? topic.name : topicName(args);
  const icon = args.has('icon_custom_emoji_id') ? readIcon(args) : topic.icon;
  if (name === topic.name && icon === topic.icon) throw badRequest('TOPIC_NOT_MODIFIED');
  topic.name = name;
  topic.icon = icon;
  note(context.world, chat, topic, {
    forum_topic_edited: { name, ...(icon && { icon_custom_emoji_id: icon }) },
  });
  return true;
};

const closeForumTopic: Method = (context, args) => setClosed(context, args, true);
const reopenForumTopic: Method = (context, args) => setClosed(context, args, false);

function setClosed(context: Context, args: Args, closed: boolean): true {
  const chat = forum(context, args);
  if (chat.type === 'private') throw badRequest('the chat is not a supergroup forum');
  const topic = readTopic(chat, args);
  if (topic.closed === closed) throw badRequest('TOPIC_NOT_MODIFIED');
  topic.closed = closed;
  note(context.world, chat, topic, { [closed ? 'forum_topic_closed' : 'forum_topic_reopened']: {} });
  return true;
}

const deleteForumTopic: Method = (context, args) => {
  const chat = forum(context, args);
  context.world.removeTopic(chat, readTopic(chat, args).id);
  return true;
};

const getForumTopicIconStickers: Method = () =>
  Object.entries(ICONS).map(([id, emoji]) => ({
    file_id: `CAACAgIAAxkBAAI${id}`,
    file_unique_id: `AgAD${id.slice(0, 11)}`,
    type: 'custom_emoji',
    width: 100,
    height: 100,
    is_animated: true,
    is_video: false,
    emoji,
    set_name: 'Topics',
    custom_emoji_id: id,
    needs_repainting: false,
  }));

function note(world: World, chat: Chat, topic: Topic, service: Readonly<Record<string, unknown>>): void {
  world.add(chat, { from: world.bot.id, text: '', entities: [], service, threadId: topic.id });
}

/** A forum the bot may manage, or a private chat where it has topics. */
function forum(context: Context, args: Args): Chat {
  const chat = writableChat(context, args);
  const isForum = chat.type === 'private' ? context.world.privateTopics : chat.isForum;
  if (!isForum) throw badRequest('the chat is not a forum');
  if (chat.type !== 'private' && chat.botRole !== 'administrator')
    throw badRequest('not enough rights to create a topic');
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

function readIcon(args: Args): string | undefined {
  const icon = args.text('icon_custom_emoji_id');
  if (icon === '') return undefined;
  if (!(icon in ICONS)) throw badRequest('DOCUMENT_INVALID');
  return icon;
}

export const topics = {
  createForumTopic,
  editForumTopic,
  closeForumTopic,
  reopenForumTopic,
  deleteForumTopic,
  getForumTopicIconStickers,
} as const;
