import { plain } from './text.ts';
import type { Chat, Human, InlineButton, Message } from './types.ts';
import type { UpdateQueue } from './updates.ts';
import { drop, seconds, wireChat, wireMessage } from './wire.ts';
import { ADMIN_RIGHTS, type World } from './world.ts';

/** What people act upon. */
export interface Stage {
  readonly world: World;
  readonly queue: UpdateQueue;
}

/** Where in a chat somebody writes, and what to. */
export interface Writing {
  readonly threadId?: number;
  readonly replyTo?: number;
  readonly replyOmitted?: boolean;
}

/** Clients cut a longer text into several messages (limits: 4096 characters, config `message_length_max`). */
const CLIENT_CUT = 4096;

/** Writes a text as a person; a long one becomes several messages, an empty one none. Returns the first. */
export function write(
  stage: Stage,
  human: Human,
  chat: Chat,
  text: string,
  how: Writing,
): Message | undefined {
  let first: Message | undefined;
  for (let rest = text.trim(); rest !== ''; ) {
    const part = rest.slice(0, cutAt(rest));
    rest = rest.slice(part.length);
    const { text: seen, entities } = plain(part);
    if (seen !== '') {
      const message = deliver(stage, human, chat, { text: seen, entities, ...how });
      first ??= message;
    }
  }
  return first;
}

function cutAt(text: string): number {
  if (text.length <= CLIENT_CUT) return text.length;
  const code = text.charCodeAt(CLIENT_CUT);
  return code >= 0xdc00 && code <= 0xdfff ? CLIENT_CUT - 1 : CLIENT_CUT;
}

type Content = Pick<Message, 'text' | 'entities' | 'media'> & Writing;

/** Puts a person's message into a chat, and tells the bot where it may hear. */
export function deliver({ world, queue }: Stage, human: Human, chat: Chat, content: Content): Message {
  if (chat.blocked) throw new Error(`${human.name} has blocked the bot and cannot write to it`);
  chat.started = true;
  const message = world.add(chat, { from: human.user.id, ...content });
  if (hears(world, chat, message)) queue.push('message', chat.id, wireMessage(world, message));
  return message;
}

/** Privacy mode: in groups a bot that is no administrator sees commands, mentions of itself and replies to itself only. */
function hears(world: World, chat: Chat, message: Message): boolean {
  if (chat.type === 'private' || chat.botRole === 'administrator') return true;
  if (chat.botRole === 'left') return false;
  const named = message.text.includes(`@${world.bot.username}`);
  const command = message.entities.some(({ type, offset }) => type === 'bot_command' && offset === 0);
  const replied =
    message.replyTo !== undefined && world.message(chat, message.replyTo)?.from === world.bot.id;
  return named || command || replied;
}

/** Changes a text of one's own. */
export function editOwn(
  { world, queue }: Stage,
  human: Human,
  chat: Chat,
  message: Message,
  text: string,
): void {
  if (message.from !== human.user.id) throw new Error(`${human.name} did not write message ${message.id}`);
  Object.assign(message, plain(text), { editedAt: world.now() });
  if (hears(world, chat, message)) queue.push('edited_message', chat.id, wireMessage(world, message));
  world.changed();
}

/** Puts one reaction on a message, or takes it away with ''. */
export function react(
  { world, queue }: Stage,
  human: Human,
  chat: Chat,
  message: Message,
  emoji: string,
): void {
  const before = message.reactions.get(human.user.id) ?? [];
  const after = emoji === '' ? [] : [emoji];
  if (after.length > 0) message.reactions.set(human.user.id, after);
  else message.reactions.delete(human.user.id);
  world.changed();
  // Reactions in groups come to administrators only (core.telegram.org/bots/api#update, message_reaction).
  if (chat.type !== 'private' && chat.botRole !== 'administrator') return;
  queue.push('message_reaction', chat.id, {
    chat: wireChat(world, chat),
    message_id: message.id,
    user: human.user,
    date: seconds(world.now()),
    old_reaction: before.map(was => ({ type: 'emoji', emoji: was })),
    new_reaction: after.map(is => ({ type: 'emoji', emoji: is })),
  });
}

/** Presses an inline button. Returns what the client opened, for buttons that are links. */
export function press(
  stage: Stage,
  human: Human,
  chat: Chat,
  message: Message,
  button: InlineButton,
): string | undefined {
  const { world, queue } = stage;
  if (button.url !== undefined) return button.url;
  if (button.web_app !== undefined) return button.web_app.url;
  if (button.copy_text !== undefined) return undefined;
  const id = `4${String(human.user.id).slice(-6)}${String(world.next()).padStart(12, '0')}`;
  world.callbacks.set(id, { id, from: human.user.id, at: world.now(), answered: false });
  queue.push('callback_query', chat.id, {
    id,
    from: human.user,
    message: wireMessage(world, message),
    chat_instance: `-${String(Math.abs(chat.id)).padStart(18, '7')}`,
    data: button.callback_data,
  });
  return undefined;
}

/** Blocks or unblocks the bot; the bot learns it by `my_chat_member`. */
export function setBlocked({ world, queue }: Stage, human: Human, chat: Chat, blocked: boolean): void {
  if (chat.blocked === blocked) return;
  chat.blocked = blocked;
  const member = { user: world.bot, status: 'member' };
  const kicked = { user: world.bot, status: 'kicked', until_date: 0 };
  queue.push('my_chat_member', chat.id, {
    chat: wireChat(world, chat),
    from: human.user,
    date: seconds(world.now()),
    old_chat_member: blocked ? member : kicked,
    new_chat_member: blocked ? kicked : member,
  });
  world.changed();
}

/** Puts the bot out of a group, or changes what it may do there; the bot learns it by `my_chat_member`. */
export function setBotRole({ world, queue }: Stage, chat: Chat, role: Chat['botRole']): void {
  const standing = (is: Chat['botRole']): Readonly<Record<string, unknown>> =>
    is === 'left'
      ? { user: world.bot, status: 'kicked', until_date: 0 }
      : { user: world.bot, status: is, ...(is === 'administrator' ? ADMIN_RIGHTS : {}) };
  const before = chat.botRole;
  chat.botRole = role;
  const by = world.humans.find(({ user }) => chat.members.has(user.id));
  queue.push('my_chat_member', chat.id, {
    chat: wireChat(world, chat),
    from: by?.user ?? world.bot,
    date: seconds(world.now()),
    old_chat_member: standing(before),
    new_chat_member: standing(role),
  });
  world.changed();
}

/** What an administrator's client does to a topic; closing and reopening reach the bot as service messages, a deletion does not. */
export function changeTopic(
  { world, queue }: Stage,
  chat: Chat,
  topicId: number,
  change: 'close' | 'reopen' | 'delete',
): void {
  const topic = chat.topics.get(topicId);
  if (!topic) throw new Error(`there is no topic ${topicId} in ${chat.title}`);
  if (change === 'delete') {
    world.removeTopic(chat, topicId);
    return;
  }
  topic.closed = change === 'close';
  const from = [...chat.admins][0] ?? [...chat.members][0] ?? world.bot.id;
  const service = { [change === 'close' ? 'forum_topic_closed' : 'forum_topic_reopened']: {} };
  const message = world.add(chat, { from, text: '', entities: [], service, threadId: topicId });
  queue.push('message', chat.id, wireMessage(world, message));
}

/** Upgrades a basic group; both service messages reach the bot, as on the platform. */
export function migrate({ world, queue }: Stage, human: Human, chat: Chat): Chat {
  const upgraded = world.migrate(chat);
  const from = human.user.id;
  const told = (where: Chat, service: Readonly<Record<string, unknown>>): void => {
    const message = world.add(where, { from, text: '', entities: [], service });
    queue.push('message', where.id, drop(wireMessage(world, message)));
  };
  told(chat, { migrate_to_chat_id: upgraded.id });
  told(upgraded, { migrate_from_chat_id: chat.id });
  return upgraded;
}
