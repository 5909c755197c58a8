import type { MessageView, PlaceView, Screen } from '../model.ts';
import { buttonsOf, namesOf, seeMessage } from './blocks.ts';
import { glyph } from './emoji.ts';
import { seenAt } from './files.ts';
import { modalView } from './form.ts';
import { homePlace } from './home.ts';
import type { Sim } from './sim.ts';
import { topOf } from './views.ts';
import type { Channel, Message, User, World } from './world.ts';

// So many characters of the first message name a thread.
const TITLE = 60;

/** The id of the thread that hangs from a message. */
function threadId(channel: string, rootTs: string): string {
  return `${channel}:${rootTs}`;
}

function rootTs(message: Message): string | undefined {
  return message.threadTs !== undefined && message.threadTs !== message.ts ? message.threadTs : undefined;
}

function messageView(world: World, message: Message, threads: ReadonlySet<string>): MessageView {
  const seen = seeMessage(message, namesOf(world));
  return {
    id: message.ts,
    author: message.tombstone ? 'Slackbot' : (world.users.get(message.user)?.displayName ?? message.user),
    bot: message.botId !== undefined,
    text: seen.text,
    html: seen.html,
    buttons: message.botId === undefined ? [] : buttonsOf(message.blocks ?? []),
    reactions: [...message.reactions].map(([name, users]) => ({ emoji: glyph(name), count: users.length })),
    ...(message.files.length > 0
      ? {
          files: message.files.map(file => ({
            name: file.title,
            size: file.size,
            url: seenAt(world, file),
            ...(file.alt !== undefined && { alt: file.alt }),
          })),
        }
      : {}),
    ephemeral: message.onlyFor !== undefined,
    edited: message.edited !== undefined,
    at: message.at,
    ...(threads.has(message.ts) ? { thread: threadId(message.channel, message.ts) } : {}),
  };
}

function titleOf(world: World, channel: Channel): string {
  return channel.kind === 'im' ? world.app.botName : `#${channel.name}`;
}

function placesOf(world: World, channel: Channel, user: User): PlaceView[] {
  const visible = channel.messages.filter(({ onlyFor }) => onlyFor === undefined || onlyFor === user.id);
  const roots = new Set(visible.map(rootTs).filter(root => root !== undefined));
  const view = (message: Message): MessageView => messageView(world, message, roots);
  const common = { tags: [], archived: channel.archived, canType: !channel.archived };
  const main: PlaceView = {
    ...common,
    id: channel.id,
    title: titleOf(world, channel),
    kind: channel.kind === 'im' ? 'dm' : 'channel',
    messages: visible
      .filter(message => rootTs(message) === undefined || message.broadcast)
      .map(message => view(message)),
  };
  const threads = [...roots].map((ts): PlaceView => {
    const messages = visible.filter(message => message.ts === ts || message.threadTs === ts).map(view);
    const words = (messages[0]?.text ?? '').replace(/\s+/g, ' ').trim();
    return {
      ...common,
      id: threadId(channel.id, ts),
      title: [...words].slice(0, TITLE).join('') || 'Thread',
      kind: 'thread',
      parent: channel.id,
      messages,
    };
  });
  return [main, ...threads];
}

/** All that one person sees now. */
export function screenOf(
  sim: Sim,
  user: User,
  hands: { readonly name: string; readonly role: 'customer' | 'staff'; readonly current: string },
): Screen {
  const { world } = sim;
  const channels = [...world.channels.values()].filter(({ members }) => members.has(user.id));
  const places = channels.flatMap(channel => placesOf(world, channel, user));
  const top = topOf(world, user.id);
  return {
    platform: 'slack',
    person: hands.name,
    role: hands.role,
    locale: user.locale,
    places: [
      ...places.filter(({ kind }) => kind !== 'thread'),
      homePlace(world, user),
      ...places.filter(({ kind }) => kind === 'thread'),
    ],
    current: hands.current,
    modal: top ? modalView(world, top) : null,
    alerts: world.alerts.get(user.id) ?? [],
    commands: sim.commands,
  };
}

/** Every text on a screen that can be seen, the newest messages first. */
export function textsOf(screen: Screen, place?: PlaceView): string[] {
  const places = place ? [place] : screen.places;
  const messages = places.flatMap(({ title, tags, messages: all }) => [
    ...[...all].reverse().map(({ text }) => text),
    title,
    ...tags,
  ]);
  if (place) return messages;
  const { modal } = screen;
  const form = modal
    ? [modal.title, modal.text, ...modal.fields.flatMap(({ label, error }) => [error ?? '', label])]
    : [];
  return [...form, ...[...screen.alerts].reverse(), ...messages].filter(Boolean);
}

/** A screen as text, for errors of tests. */
export function screenText(screen: Screen): string {
  const modal = screen.modal
    ? [`[form] ${screen.modal.title}: ${screen.modal.text}`].concat(
        screen.modal.fields.map(
          ({ label, value, error }) => `  ${label} = ${JSON.stringify(value)}${error ? `  ! ${error}` : ''}`,
        ),
      )
    : [];
  const places = screen.places.flatMap(({ id, title, kind, messages }) => [
    `[${kind}] ${title} (${id})${id === screen.current ? ' <- here' : ''}`,
    ...messages.map(({ author, text, buttons, ephemeral }) => {
      const labels = buttons.map(({ label }) => `[${label}]`).join(' ');
      return `  ${author}${ephemeral ? ' (only you)' : ''}: ${text} ${labels}`.trimEnd();
    }),
  ]);
  return [...modal, ...places, ...screen.alerts.map(alert => `[alert] ${alert}`)].join('\n');
}
