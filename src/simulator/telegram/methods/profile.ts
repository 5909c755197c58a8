import { type Args, isObject } from '../args.ts';
import { badRequest } from '../errors.ts';
import { MAX_COMMANDS } from '../limits.ts';
import { drop } from '../wire.ts';
import type { World } from '../world.ts';
import type { Context, Method } from './context.ts';

const SCOPES = new Set(['default', 'all_private_chats', 'all_group_chats', 'all_chat_administrators']);
const CHAT_SCOPES = new Set(['chat', 'chat_administrators', 'chat_member']);

const setMyCommands: Method = ({ world }, args) => {
  const raw = args.json('commands', 'commands');
  if (!Array.isArray(raw)) throw badRequest('commands must be specified');
  if (raw.length > MAX_COMMANDS) throw badRequest('BOT_COMMANDS_TOO_MUCH');
  const commands = raw.map(readCommand);
  const key = readKey(world, args);
  world.commandLists = [...world.commandLists.filter(list => !isKey(list, key)), { ...key, commands }];
  world.changed();
  return true;
};

const getMyCommands: Method = ({ world }, args) => {
  const key = readKey(world, args);
  return world.commandLists.find(list => isKey(list, key))?.commands ?? [];
};

const deleteMyCommands: Method = ({ world }, args) => {
  const key = readKey(world, args);
  world.commandLists = world.commandLists.filter(list => !isKey(list, key));
  world.changed();
  return true;
};

interface Key {
  readonly scope: string;
  readonly language: string;
}

function isKey(list: Key, key: Key): boolean {
  return list.scope === key.scope && list.language === key.language;
}

function readKey(world: World, args: Args): Key {
  return { scope: readScope(world, args.json('scope', 'bot command scope')), language: readLanguage(args) };
}

/** A scope as a word: `all_private_chats`, `chat/123`, `chat_member/-100…/5`. */
function readScope(world: World, raw: unknown): string {
  if (raw === undefined) return 'default';
  if (!isObject(raw)) throw badRequest("can't parse BotCommandScope: expected an Object");
  const type = String(raw.type);
  if (SCOPES.has(type)) return type;
  if (!CHAT_SCOPES.has(type)) throw badRequest("can't parse BotCommandScope: unsupported type specified");
  const chat = world.chatFor(String(raw.chat_id ?? ''));
  return type === 'chat_member' ? `${type}/${chat.id}/${String(raw.user_id)}` : `${type}/${chat.id}`;
}

function readLanguage(args: Args): string {
  const language = args.text('language_code');
  if (language !== '' && !/^[a-z]{2}$/.test(language)) throw badRequest('invalid language code specified');
  return language;
}

function readCommand(raw: unknown): { command: string; description: string } {
  if (!isObject(raw)) throw badRequest("can't parse BotCommand: expected an Object");
  const command = String(raw.command ?? '')
    .trim()
    .replace(/^\//, '');
  const description = String(raw.description ?? '').trim();
  if (command === '') throw badRequest("command can't be empty");
  if (command.length > 32) throw badRequest('command length must not exceed 32');
  if (description === '') throw badRequest('command description must not be empty');
  if (description.length > 256) throw badRequest('command description length must not exceed 256');
  if (!/^[a-z0-9_]+$/.test(command)) throw badRequest('BOT_COMMAND_INVALID');
  return { command, description };
}

/** Setter and getter of one localised text of the bot; an empty text falls back to the language-less one. */
function localised(kind: string, field: string, max: number): { set: Method; get: Method } {
  return {
    set: ({ world }, args) => {
      const text = args.text(field);
      if (text.length > max) throw badRequest(`${kind.replaceAll('_', ' ')} is too long`);
      const key = `${kind}/${readLanguage(args)}`;
      if (text === '') world.texts.delete(key);
      else world.texts.set(key, text);
      world.changed();
      return true;
    },
    get: ({ world }, args) => {
      const fallback = kind === 'name' ? world.bot.first_name : '';
      return {
        [field]: world.texts.get(`${kind}/${readLanguage(args)}`) ?? world.texts.get(`${kind}/`) ?? fallback,
      };
    },
  };
}

/** Limits: core.telegram.org/bots/api#setmyname, #setmydescription, #setmyshortdescription. */
const name = localised('name', 'name', 64);
const description = localised('description', 'description', 512);
const shortDescription = localised('short_description', 'short_description', 120);

const setChatMenuButton: Method = ({ world }, args) => {
  const raw = args.json('menu_button', 'menu button') ?? { type: 'default' };
  if (!isObject(raw) || !['commands', 'default', 'web_app'].includes(String(raw.type))) {
    throw badRequest("can't parse menu button: unsupported type specified");
  }
  const button = raw.type === 'default' ? undefined : raw;
  if (args.has('chat_id')) privateChat({ world }, args).menuButton = button;
  else world.menuButton = button ?? { type: 'commands' };
  world.changed();
  return true;
};

const getChatMenuButton: Method = ({ world }, args) =>
  drop((args.has('chat_id') ? privateChat({ world }, args).menuButton : undefined) ?? world.menuButton);

function privateChat({ world }: Pick<Context, 'world'>, args: Args): ReturnType<World['chatFor']> {
  const chat = world.chatFor(args.text('chat_id'));
  if (chat.type !== 'private') throw badRequest('chat not found');
  return chat;
}

export const profile = {
  setMyCommands,
  getMyCommands,
  deleteMyCommands,
  setMyName: name.set,
  getMyName: name.get,
  setMyDescription: description.set,
  getMyDescription: description.get,
  setMyShortDescription: shortDescription.set,
  getMyShortDescription: shortDescription.get,
  setChatMenuButton,
  getChatMenuButton,
} as const;
