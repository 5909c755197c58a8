import type { ButtonView, MessageView, PlaceView, Screen } from '../model.ts';
import { Permission } from './bits.ts';
import { localized, offered } from './commands.ts';
import { flatten, Kind } from './components.ts';
import { shownAt } from './files.ts';
import { isObject } from './form.ts';
import type { Names, Rendered } from './html.ts';
import { renderMarkdown, stack } from './html.ts';
import type { OpenModal } from './modal-form.ts';
import { modalView } from './modal-view.ts';
import { may, permissionsIn, sees, sendBit } from './permissions.ts';
import type { ChannelState, Json, MessageState, TagState, UserState } from './types.ts';
import { ChannelType, isPrivate, MessageFlag } from './types.ts';
import type { World } from './world.ts';

/** One person's own state of the client. */
export interface ClientState {
  readonly user: UserState;
  current: string;
  modal: OpenModal | null;
  readonly alerts: string[];
}

/** The zone in which the pretend clients show times. */
const zone = 'Europe/Warsaw';

function relative(world: World, seconds: number, locale: string): string {
  const delta = seconds - world.clock.now() / 1000;
  const words = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
  const steps = [
    ['day', 86_400],
    ['hour', 3600],
    ['minute', 60],
  ] as const;
  for (const [unit, size] of steps)
    if (Math.abs(delta) >= size) return words.format(Math.round(delta / size), unit);
  return words.format(Math.round(delta), 'second');
}

const timeStyles: Readonly<Record<string, Intl.DateTimeFormatOptions>> = {
  t: { timeStyle: 'short' },
  T: { timeStyle: 'medium' },
  d: { dateStyle: 'short' },
  D: { dateStyle: 'long' },
  f: { dateStyle: 'long', timeStyle: 'short' },
  F: { dateStyle: 'full', timeStyle: 'short' },
};

function namesFor(world: World, user: UserState): Names {
  return {
    user: id => (world.users.has(id) ? world.nameOf(id) : undefined),
    role: id => world.roles.get(id)?.name,
    channel: id => {
      const channel = world.channels.get(id);
      return channel && sees(world, channel, user.id) ? channel.name : undefined;
    },
    time: (seconds, style) => {
      if (style === 'R') return relative(world, seconds, user.locale);
      if (Math.abs(seconds) > 8_640_000_000_000) return 'Invalid Date';
      return new Intl.DateTimeFormat(user.locale, { ...timeStyles[style], timeZone: zone }).format(
        seconds * 1000,
      );
    },
  };
}

const str = (value: unknown): string => (typeof value === 'string' ? value : '');

function embedParts(embed: Json, names: Names): Rendered[] {
  const inner = (key: string, field: string) => (isObject(embed[key]) ? str(embed[key][field]) : '');
  const fields = Array.isArray(embed.fields) ? embed.fields.filter(isObject) : [];
  const bold = (text: string): Rendered => {
    const made = renderMarkdown(text, names);
    return { text: made.text, html: made.html ? `<strong>${made.html}</strong>` : '' };
  };
  return [
    renderMarkdown(inner('author', 'name'), names),
    bold(str(embed.title)),
    renderMarkdown(str(embed.description), names),
    ...fields.flatMap(field => [bold(str(field.name)), renderMarkdown(str(field.value), names)]),
    renderMarkdown(inner('footer', 'text'), names),
  ];
}

function linkButtons(components: readonly Json[]): Rendered[] {
  return flatten(components)
    .filter(one => one.type === Kind.button && one.style === 5)
    .map(one =>
      renderMarkdown(`[${str(one.label) || 'link'}](${str(one.url)})`, {
        user: () => undefined,
        role: () => undefined,
        channel: () => undefined,
        time: () => '',
      }),
    );
}

function systemText(world: World, message: MessageState): string | undefined {
  const who = world.nameOf(message.author.id);
  const whom = message.mentions.map(id => world.nameOf(id)).join(', ');
  if (message.type === 1) return `${who} added ${whom} to the thread.`;
  if (message.type === 2) return `${who} removed ${whom} from the thread.`;
  if (message.type === 4) return `${who} changed the post title: ${message.content}`;
  if (message.type === 18) return `${who} started a thread: ${message.content}`;
  if (message.type === 21) return `${who} started this thread.`;
  return undefined;
}

function render(world: World, message: MessageState, names: Names): Rendered {
  const system = systemText(world, message);
  if (system !== undefined) return renderMarkdown(system.replace(/[\\*_~`|<>[\]]/g, '\\$&'), names);
  if (message.flags & MessageFlag.loading)
    return {
      text: `${world.bot.username} is thinking…`,
      html: `<em>${world.bot.username} is thinking…</em>`,
    };
  const shown = flatten(message.components).filter(one => one.type === Kind.text);
  const embeds = message.flags & MessageFlag.suppressEmbeds ? [] : message.embeds;
  return stack([
    renderMarkdown(message.content, names),
    ...embeds.flatMap(one => embedParts(one, names)),
    ...shown.map(one => renderMarkdown(str(one.content), names)),
    ...linkButtons(message.components),
    ...message.attachments.map(one => renderMarkdown(`[${one.filename}](${shownAt(world, one)})`, names)),
  ]);
}

const styles: Readonly<Record<number, ButtonView['style']>> = {
  1: 'primary',
  2: 'plain',
  3: 'success',
  4: 'danger',
};

function label(one: Json): string {
  const emoji = isObject(one.emoji) ? str(one.emoji.name) : '';
  return [emoji, str(one.label)].filter(Boolean).join(' ');
}

/** Buttons of a message; the options of a select stand as buttons whose id is `custom_id=value`. */
export function buttonsOf(message: MessageState): ButtonView[] {
  return flatten(message.components).flatMap((one): ButtonView[] => {
    const disabled = one.disabled === true;
    const id = str(one.custom_id);
    if (one.type === Kind.button && id) {
      return [{ id, label: label(one), style: styles[Number(one.style)] ?? 'plain', disabled }];
    }
    if (one.type !== Kind.stringSelect || !Array.isArray(one.options)) return [];
    return one.options.filter(isObject).map(option => ({
      id: `${id}=${str(option.value)}`,
      label: label(option),
      style: 'plain',
      disabled,
    }));
  });
}

/** An embed has a colour of its own, a number. */
function accentOf({ embeds }: MessageState): Pick<MessageView, 'accent'> {
  const color = embeds.find(one => typeof one.color === 'number')?.color;
  return typeof color === 'number' ? { accent: `#${color.toString(16).padStart(6, '0')}` } : {};
}

function messageView(world: World, message: MessageState, names: Names): MessageView {
  const thread = message.threadId === null ? {} : { thread: message.threadId };
  return {
    id: message.id,
    author: world.nameOf(message.author.id),
    bot: message.author.id === world.bot.id,
    ...render(world, message, names),
    ...accentOf(message),
    buttons: buttonsOf(message),
    reactions: [...message.reactions].map(([emoji, who]) => ({ emoji, count: who.length })),
    ...(message.attachments.length === 0
      ? {}
      : {
          files: message.attachments.map(one => ({
            name: one.filename,
            size: one.size,
            url: shownAt(world, one),
            ...(one.description === null ? {} : { alt: one.description }),
          })),
        }),
    ephemeral: message.ephemeralTo !== null,
    edited: message.editedAt !== null && message.interaction === null,
    at: message.at,
    ...thread,
  };
}

/** Messages of a channel that this person sees, oldest first. */
export function visibleMessages(channel: ChannelState, userId: string): MessageState[] {
  return channel.messages.filter(one => one.ephemeralTo === null || one.ephemeralTo === userId);
}

/** Channels that this person's client lists: by rights, private threads by membership only, and the chat with the bot. */
export function visibleChannels(world: World, userId: string): ChannelState[] {
  return [...world.channels.values()].filter(channel => {
    if (isPrivate(channel)) return channel.recipients.includes(userId);
    if (channel.type === ChannelType.privateThread && !channel.thread?.members.has(userId)) return false;
    return sees(world, channel, userId);
  });
}

/** True when this person's client lets them write here. */
export function canType(world: World, channel: ChannelState, userId: string): boolean {
  if (channel.type === ChannelType.forum) return false;
  if (isPrivate(channel)) return true;
  if (channel.thread?.locked && !(permissionsIn(world, channel, userId) & Permission.manageThreads))
    return false;
  return may(world, channel, userId, sendBit(channel));
}

function tagName(tag: TagState): string {
  return [tag.emojiName, tag.name].filter(Boolean).join(' ');
}

function kindOf(world: World, channel: ChannelState): PlaceView['kind'] {
  if (isPrivate(channel)) return 'dm';
  if (channel.type === ChannelType.forum) return 'forum';
  if (!channel.thread) return 'channel';
  return world.channels.get(channel.parentId ?? '')?.type === ChannelType.forum ? 'post' : 'thread';
}

/** The title of a place as the client shows it. */
export function titleOf(world: World, channel: ChannelState): string {
  if (channel.type === ChannelType.dm) return world.bot.username;
  return channel.type === ChannelType.text ? `#${channel.name}` : channel.name;
}

function placeView(world: World, channel: ChannelState, user: UserState): PlaceView {
  const names = namesFor(world, user);
  const forum = world.channels.get(channel.parentId ?? '');
  const applied = channel.thread?.appliedTags ?? [];
  return {
    id: channel.id,
    title: titleOf(world, channel),
    kind: kindOf(world, channel),
    ...(channel.parentId === null ? {} : { parent: channel.parentId }),
    tags: applied.flatMap(id => forum?.availableTags.filter(tag => tag.id === id) ?? []).map(tagName),
    archived: channel.thread?.archived ?? false,
    canType: canType(world, channel, user.id),
    messages: visibleMessages(channel, user.id).map(one => messageView(world, one, names)),
  };
}

/** All that one person's client shows now. */
export function screenOf(world: World, client: ClientState): Screen {
  const { user } = client;
  const here = world.channels.get(client.current);
  const commands = here && here.type !== ChannelType.forum ? offered(world, here, user.id) : [];
  return {
    platform: 'discord',
    person: user.username,
    role: user.role === 'staff' ? 'staff' : 'customer',
    locale: user.locale,
    places: visibleChannels(world, user.id).map(channel => placeView(world, channel, user)),
    current: client.current,
    modal: client.modal
      ? modalView(client.modal, source => renderMarkdown(source, namesFor(world, user)).text)
      : null,
    alerts: [...client.alerts],
    commands: commands.flatMap(command => commandLines(command.body, user.locale)),
  };
}

/** A command with subcommands is offered once for each of them. */
function commandLines(body: Json, locale: string): { name: string; description: string }[] {
  const subs = Array.isArray(body.options)
    ? body.options.filter(isObject).filter(one => one.type === 1 || one.type === 2)
    : [];
  const own = localized(body, 'name', locale);
  if (!subs.length) return [{ name: `/${own}`, description: localized(body, 'description', locale) }];
  return subs
    .flatMap(sub => commandLines(sub, locale))
    .map(one => ({ ...one, name: `/${own} ${one.name.slice(1)}` }));
}
