import type { Args } from '../args.ts';
import { badRequest } from '../errors.ts';
import { FILE_LINK_MS, MAX_DOWNLOAD } from '../limits.ts';
import type { Chat } from '../types.ts';
import { drop, wireChat, wireMessage } from '../wire.ts';
import { ADMIN_RIGHTS, type World } from '../world.ts';
import type { Context, Method } from './context.ts';
import { readChat, readMessage } from './target.ts';

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

/** One's standing in a chat with the rights that come with it. */
function member(world: World, chat: Chat, id: number): unknown {
  const human = world.human(id);
  if (!human && id !== world.bot.id) throw badRequest('PARTICIPANT_ID_INVALID');
  const standing = status(world, chat, id);
  return {
    user: world.user(id),
    status: standing,
    ...(standing === 'administrator' ? ADMIN_RIGHTS : {}),
    ...(standing === 'kicked' ? { until_date: 0 } : {}),
  };
}

/** The standing of somebody in a chat, in the platform's words. */
function status(world: World, chat: Chat, id: number): string {
  if (id !== world.bot.id) {
    if (!chat.members.has(id)) return 'left';
    return chat.admins.has(id) ? 'administrator' : 'member';
  }
  if (chat.type !== 'private') return chat.botRole;
  return chat.blocked ? 'kicked' : 'member';
}

const getChatAdministrators: Method = (context, args) => {
  const chat = readChat(context, args);
  if (chat.type === 'private') throw badRequest('there are no administrators in the private chat');
  const bot = chat.botRole === 'administrator' ? [context.world.bot.id] : [];
  return [...bot, ...chat.admins].map(id => member(context.world, chat, id));
};

const pinChatMessage: Method = (context, args) => setPinned(context, args, true);
const unpinChatMessage: Method = (context, args) => setPinned(context, args, false);

function setPinned(context: Context, args: Args, pinned: boolean): true {
  const { world } = context;
  const chat = readChat(context, args);
  if (chat.type !== 'private' && chat.botRole !== 'administrator')
    throw badRequest('not enough rights to manage pinned messages in the chat');
  const message = readMessage(context, chat, args, pinned ? 'pin' : 'unpin');
  if (message.service) throw badRequest("service message can't be pinned");
  if (!pinned) chat.pinned.delete(message.id);
  else if (!chat.pinned.has(message.id)) {
    chat.pinned.add(message.id);
    const where = message.threadId === undefined ? {} : { threadId: message.threadId };
    const service = { pinned_message: wireMessage(world, message, false) };
    world.add(chat, { from: world.bot.id, text: '', entities: [], service, ...where });
  }
  world.changed();
  return true;
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
  getChatAdministrators,
  pinChatMessage,
  unpinChatMessage,
  getFile,
} as const;
