import type { ButtonView, MessageView, PlaceView, Screen } from '../model.ts';
import { escapeHtml, toHtml } from './html.ts';
import type { Chat, Human, InlineButton, Message } from './types.ts';
import type { CommandList, World } from './world.ts';

/** The place of a topic: chat and topic in one id. */
function topicPlace(chat: Chat, topicId: number): string {
  return `${chat.id}/${topicId}`;
}

/** Everything one person sees now. */
export function screenOf(world: World, human: Human, current: string): Screen {
  return {
    platform: 'telegram',
    person: human.name,
    role: human.role,
    locale: human.user.language_code ?? 'en',
    places: places(world, human),
    current,
    modal: null,
    alerts: world.alerts.get(human.user.id) ?? [],
    commands: commandsFor(world, human).map(({ command, description }) => ({ name: command, description })),
  };
}

function places(world: World, human: Human): PlaceView[] {
  const own = [...world.chats.values()].filter(
    chat => chat.members.has(human.user.id) && chat.migratedTo === undefined,
  );
  return own.flatMap(chat => [
    placeOf(world, chat),
    ...[...chat.topics.values()].map(topic => topicOf(world, chat, topic.id)),
  ]);
}

function placeOf(world: World, chat: Chat): PlaceView {
  const visible = chat.messages.filter(({ threadId, id }) => threadId === undefined && !chat.topics.has(id));
  return {
    id: String(chat.id),
    title: chat.type === 'private' ? botName(world) : chat.title,
    kind: chat.type === 'private' ? 'dm' : chat.isForum ? 'forum' : 'channel',
    tags: [],
    archived: false,
    canType: !chat.blocked,
    messages: views(world, chat, visible),
  };
}

function topicOf(world: World, chat: Chat, topicId: number): PlaceView {
  const topic = chat.topics.get(topicId);
  const inside = chat.messages.filter(({ threadId }) => threadId === topicId);
  return {
    id: topicPlace(chat, topicId),
    title: topic?.name ?? '',
    kind: 'post',
    parent: String(chat.id),
    tags: [],
    archived: topic?.closed ?? false,
    canType: !(topic?.closed ?? false),
    messages: views(world, chat, inside),
  };
}

/** The bot's name as people see it, after setMyName. */
function botName(world: World): string {
  return world.texts.get('name/') ?? world.bot.first_name;
}

function views(world: World, chat: Chat, messages: readonly Message[]): MessageView[] {
  const keyboard = messages.findLast(({ markup }) => markup?.kind === 'reply' || markup?.kind === 'remove');
  return messages.map(message => viewOf(world, chat, message, message === keyboard));
}

function viewOf(world: World, chat: Chat, message: Message, showsKeyboard: boolean): MessageView {
  return {
    id: String(message.id),
    author: nameOf(world, message.from),
    bot: message.from === world.bot.id,
    text: textOf(message),
    html:
      quoteOf(world, chat, message) +
      mediaOf(message) +
      (message.service ? escapeHtml(textOf(message)) : toHtml(message)),
    buttons: buttonsOf(message, showsKeyboard),
    reactions: reactionsOf(message),
    ...picturesOf(world, message),
    ephemeral: false,
    edited: message.editedAt !== undefined,
    at: message.at,
  };
}

function nameOf(world: World, id: number): string {
  if (id === world.bot.id) return botName(world);
  const { first_name, last_name } = world.user(id);
  return last_name === undefined ? first_name : `${first_name} ${last_name}`;
}

/** What a reader sees: the text, with a file's name before its caption, or the words of a service message. */
function textOf(message: Message): string {
  if (message.service) return serviceText(message.service);
  if (!message.media) return message.text;
  return [`[${message.media.kind}: ${message.media.file.name}]`, message.text]
    .filter(part => part !== '')
    .join(' ');
}

function serviceText(service: Readonly<Record<string, unknown>>): string {
  const [kind = 'service'] = Object.keys(service);
  const detail = service[kind];
  const name =
    typeof detail === 'object' && detail !== null && 'name' in detail ? `: ${String(detail.name)}` : '';
  return `${kind.replaceAll('_', ' ')}${name}`;
}

function mediaOf({ media }: Message): string {
  return media && media.kind !== 'photo'
    ? `<span class="file">📎 ${escapeHtml(media.file.name)}</span> `
    : '';
}

/** A photo is seen, other files are a line. */
function picturesOf({ seenAt }: World, { media }: Message): Pick<MessageView, 'files'> {
  if (media?.kind !== 'photo') return {};
  const { name, data, fileId } = media.file;
  return { files: [{ name, size: data.length, url: `${seenAt}/${fileId}/${encodeURIComponent(name)}` }] };
}

function quoteOf(world: World, chat: Chat, message: Message): string {
  if (message.replyTo === undefined) return '';
  const replied = world.message(chat, message.replyTo);
  const line = replied ? textOf(replied).split('\n')[0]?.slice(0, 80) : undefined;
  const who = replied ? `<b>${escapeHtml(nameOf(world, replied.from))}</b> ` : '';
  return `<blockquote class="reply">${who}${escapeHtml(line ?? 'Deleted message')}</blockquote>`;
}

function buttonsOf({ id, markup }: Message, showsKeyboard: boolean): ButtonView[] {
  if (markup?.kind === 'inline') {
    return markup.rows.flatMap((row, r) =>
      row.map((button, c) => ({
        id: buttonId(id, r, c),
        label: button.text,
        style: styleOf(button),
        disabled: false,
      })),
    );
  }
  if (markup?.kind !== 'reply' || !showsKeyboard) return [];
  return markup.rows.flatMap((row, r) =>
    row.map((label, c) => ({ id: buttonId(id, r, c), label, style: 'plain' as const, disabled: false })),
  );
}

/** The id of a button on the screen: message, row, column. */
function buttonId(message: number, row: number, column: number): string {
  return `${message}:${row}:${column}`;
}

function styleOf({ style }: InlineButton): ButtonView['style'] {
  return style === 'danger' || style === 'success' || style === 'primary' ? style : 'plain';
}

function reactionsOf({ reactions }: Message): MessageView['reactions'] {
  const counts = new Map<string, number>();
  for (const emoji of [...reactions.values()].flat()) counts.set(emoji, (counts.get(emoji) ?? 0) + 1);
  return [...counts].map(([emoji, count]) => ({ emoji, count }));
}

/** The command list of a person's private chat: narrowest scope first, own language before none (core.telegram.org/bots/api#determining-list-of-commands). */
function commandsFor(world: World, human: Human): CommandList['commands'] {
  const language = (human.user.language_code ?? '').slice(0, 2);
  for (const scope of [`chat/${human.user.id}`, 'all_private_chats', 'default']) {
    for (const wanted of [language, '']) {
      const found = world.commandLists.find(list => list.scope === scope && list.language === wanted);
      if (found) return found.commands;
    }
  }
  return [];
}
