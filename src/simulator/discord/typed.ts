import { localized, offered } from './commands.ts';
import { isObject } from './form.ts';
import type { ChannelState, CommandState, Json, MessageState, UserState } from './types.ts';
import { messageWire } from './wire.ts';
import type { World } from './world.ts';

/** What a typed line became. */
type Typed =
  | { readonly kind: 'none' }
  | { readonly kind: 'refused'; readonly why: string }
  | {
      readonly kind: 'command';
      readonly data: Json;
      readonly focused: Json | null;
      readonly option: Json | null;
    };

interface Reader {
  rest: string;
}

/** Application command types: the menu of a message. */
const MESSAGE_MENU = 3;

const OptionType = {
  sub: 1,
  group: 2,
  text: 3,
  integer: 4,
  flag: 5,
  user: 6,
  channel: 7,
  role: 8,
  number: 10,
} as const;

function optionsOf(owner: Json): Json[] {
  return Array.isArray(owner.options) ? owner.options.filter(isObject) : [];
}

function named(list: readonly Json[], word: string, locale: string): Json | undefined {
  return list.find(one => one.name === word || localized(one, 'name', locale) === word);
}

function take(reader: Reader): string {
  const hit = /^\s*(\S+)/.exec(reader.rest);
  if (!hit) return '';
  reader.rest = reader.rest.slice(hit[0].length);
  return hit[1] ?? '';
}

/** Takes an option's text: `name:value`, else one word, or all the rest for the last text; nothing when another option is named. */
function rawValue(
  reader: Reader,
  option: Json,
  others: readonly Json[],
  last: boolean,
  locale: string,
): string {
  reader.rest = reader.rest.trimStart();
  const isNamed = (one: Json) =>
    [String(one.name), localized(one, 'name', locale)].some(name => reader.rest.startsWith(`${name}:`));
  if (others.some(isNamed)) return '';
  for (const name of [String(option.name), localized(option, 'name', locale)]) {
    if (reader.rest.startsWith(`${name}:`)) reader.rest = reader.rest.slice(name.length + 1).trimStart();
  }
  if (option.type !== OptionType.text) return take(reader);
  // The client puts what is typed into one option until another is chosen by its name.
  const free = option.autocomplete !== true && others.every(one => one.required !== true);
  if (!last && !free) return take(reader);
  const end = nextNamed(reader.rest, others, locale);
  const all = reader.rest.slice(0, end).trimEnd();
  reader.rest = reader.rest.slice(end);
  return all;
}

function nextNamed(rest: string, others: readonly Json[], locale: string): number {
  const names = others.flatMap(one => [String(one.name), localized(one, 'name', locale)]);
  const found = names.map(name => rest.indexOf(` ${name}:`)).filter(at => at !== -1);
  return Math.min(rest.length, ...found);
}

function whole(raw: string, option: Json): number | string {
  const value = Number(raw);
  if (raw === '' || !Number.isInteger(value)) return 'Input a valid integer.';
  return inBounds(value, option);
}

function inBounds(value: number, option: Json): number | string {
  const { min_value: min, max_value: max } = option;
  if (typeof min === 'number' && value < min) return `Input a value greater than or equal to ${min}.`;
  if (typeof max === 'number' && value > max) return `Input a value less than or equal to ${max}.`;
  return value;
}

function idOf(world: World, raw: string, type: number): string | undefined {
  const bare = raw.replace(/^<?[@#]?[&!]?|>$/g, '').replace(/^@|^#/, '');
  if (type === OptionType.user)
    return [...world.users.keys()].find(
      id => id === bare || world.users.get(id)?.username === bare || world.nameOf(id) === bare,
    );
  if (type === OptionType.role)
    return [...world.roles.values()].find(one => one.id === bare || one.name === bare)?.id;
  return [...world.channels.values()].find(one => one.id === bare || one.name === bare)?.id;
}

/** The typed value, or the words with which the client refuses it. */
function convert(world: World, raw: string, option: Json): { value: unknown } | { why: string } {
  const type = option.type;
  const choices = Array.isArray(option.choices) ? option.choices.filter(isObject) : [];
  if (choices.length) {
    const hit = choices.find(
      one => String(one.name).toLowerCase() === raw.toLowerCase() || String(one.value) === raw,
    );
    return hit ? { value: hit.value } : { why: 'Input a valid choice.' };
  }
  if (type === OptionType.integer || type === OptionType.number) {
    const value = type === OptionType.integer ? whole(raw, option) : inBounds(Number(raw), option);
    return typeof value === 'string' ? { why: value } : { value };
  }
  if (type === OptionType.flag)
    return /^(true|false)$/i.test(raw)
      ? { value: raw.toLowerCase() === 'true' }
      : { why: 'Input true or false.' };
  if (type === OptionType.user || type === OptionType.role || type === OptionType.channel) {
    const id = idOf(world, raw, type);
    return id ? { value: id } : { why: 'Input a valid value.' };
  }
  const most = typeof option.max_length === 'number' ? option.max_length : 6000;
  return raw.length > most ? { why: `Input a value of at most ${most} characters.` } : { value: raw };
}

function fill(
  world: World,
  reader: Reader,
  options: readonly Json[],
  locale: string,
  typing: boolean,
): { list: Json[]; option: Json | null } | { why: string } {
  const list: Json[] = [];
  let lastOption: Json | null = null;
  for (const [index, option] of options.entries()) {
    const later = options.slice(index + 1);
    const raw = rawValue(reader, option, later, later.length === 0, locale);
    const end = reader.rest.trim() === '';
    if (typing && (end || index === options.length - 1)) {
      list.push({ name: option.name, type: option.type, value: raw, focused: true });
      return { list, option };
    }
    if (raw === '') {
      if (option.required === true)
        return { why: `${String(option.name)}: This option is required. Specify a value.` };
      continue;
    }
    const done = convert(world, raw, option);
    if ('why' in done) return { why: `${String(option.name)}: ${done.why}` };
    list.push({ name: option.name, type: option.type, value: done.value });
    lastOption = option;
  }
  return { list, option: lastOption };
}

function resolved(world: World, list: readonly Json[]): Json {
  const users: Json = {};
  for (const one of list) {
    if (one.type === OptionType.user)
      users[String(one.value)] = {
        id: one.value,
        username: world.users.get(String(one.value))?.username,
      };
  }
  return Object.keys(users).length ? { resolved: { users } } : {};
}

function descend(reader: Reader, start: Json, locale: string): { path: Json[]; leaf: Json; why?: string } {
  const path: Json[] = [];
  let leaf = start;
  for (;;) {
    const subs = optionsOf(leaf).filter(one => one.type === OptionType.sub || one.type === OptionType.group);
    if (!subs.length) return { path, leaf };
    const word = take(reader);
    const next = named(subs, word, locale);
    if (!next) return { path, leaf, why: word ? `Unknown subcommand "${word}".` : 'Choose a subcommand.' };
    path.push(next);
    leaf = next;
  }
}

/** Reads a line that begins with `/` as the real client's command entry does; `typing` for autocomplete of the last word. */
export function readTyped(
  world: World,
  channel: ChannelState,
  userId: string,
  line: string,
  typing = false,
): Typed {
  const locale = world.user(userId).locale;
  const reader: Reader = { rest: line.slice(1) };
  const word = take(reader);
  const list = offered(world, channel, userId);
  const command: CommandState | undefined = list.find(
    one => one.body.name === word || localized(one.body, 'name', locale) === word,
  );
  if (!command) return { kind: 'none' };
  const { path, leaf, why } = descend(reader, command.body, locale);
  if (why) return { kind: 'refused', why };
  const filled = fill(world, reader, optionsOf(leaf), locale, typing);
  if ('why' in filled) return { kind: 'refused', why: filled.why };
  if (!typing && reader.rest.trim() !== '')
    return { kind: 'refused', why: `Unexpected "${reader.rest.trim()}".` };
  const nested = path.reduceRight<Json[]>(
    (inner, one) => [{ name: one.name, type: one.type, options: inner }],
    filled.list,
  );
  const data: Json = {
    id: command.id,
    name: command.body.name,
    type: 1,
    options: nested,
    ...(command.guildId === null ? {} : { guild_id: command.guildId }),
    ...resolved(world, filled.list),
  };
  return {
    kind: 'command',
    data,
    focused: filled.list.find(one => one.focused) ?? null,
    option: filled.option,
  };
}

/** The data of a command that was chosen in a message's menu; throws when none has that name. */
export function menuChoice(
  world: World,
  channel: ChannelState,
  user: UserState,
  label: string,
  message: MessageState,
): Json {
  const list = offered(world, channel, user.id, MESSAGE_MENU);
  const shown = (one: CommandState) => localized(one.body, 'name', user.locale);
  const command = list.find(one => shown(one).toLowerCase().includes(label.toLowerCase()));
  if (!command) throw new Error(`no "${label}" in the menu; there are: ${list.map(shown).join(' | ')}`);
  return {
    id: command.id,
    name: command.body.name,
    type: MESSAGE_MENU,
    target_id: message.id,
    resolved: { messages: { [message.id]: messageWire(world, message) } },
    ...(command.guildId === null ? {} : { guild_id: command.guildId }),
  };
}
