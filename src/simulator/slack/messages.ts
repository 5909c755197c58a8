import { mentionsOf, namesOf, withIds } from './blocks.ts';
import type { SlackFile } from './files.ts';
import type { Obj } from './json.ts';
import { messageJson } from './payloads.ts';
import type { Sim } from './sim.ts';
import type { Channel, Message, World } from './world.ts';

/** What somebody posts. `text` is on-the-wire mrkdwn. */
interface Draft {
  readonly channel: Channel;
  readonly user: string;
  readonly text: string;
  readonly blocks?: Obj[];
  readonly attachments?: Obj[];
  readonly metadata?: Obj;
  readonly files?: readonly SlackFile[];
  readonly threadTs?: string;
  readonly broadcast?: boolean;
  readonly onlyFor?: string;
  readonly linkNames?: boolean;
}

/** True when the app hears what happens there: the bot is a member. */
function appHears(world: World, channel: Channel): boolean {
  return channel.members.has(world.app.botUser);
}

function place(message: Message): string {
  const inThread = message.threadTs !== undefined && message.threadTs !== message.ts;
  return inThread ? `${message.channel}:${message.threadTs}` : message.channel;
}

function notify(world: World, message: Message, linkNames: boolean): void {
  if (message.onlyFor !== undefined) return;
  for (const whom of mentionsOf(message, namesOf(world), linkNames)) {
    world.pings.push({ place: place(message), message: message.ts, whom });
  }
}

function channelType(channel: Channel): string {
  return channel.kind === 'im' ? 'im' : 'channel';
}

function tell(sim: Sim, message: Message, channel: Channel): void {
  const { world, desk } = sim;
  if (!appHears(world, channel)) return;
  const about = { channel: channel.id, event_ts: message.ts };
  const body = messageJson(world, message);
  const kind = !message.broadcast && message.files.length > 0 ? { subtype: 'file_share' } : {};
  desk.event({ ...body, ...kind, ...about, channel_type: channelType(channel) });
  if (!message.botId && message.text.includes(`<@${world.app.botUser}>`) && channel.kind !== 'im') {
    desk.event({ ...body, type: 'app_mention', ...about });
  }
}

/** Posts a message, tells the desk where it listens, and returns it. The app hears its own messages too, without metadata. */
export function postMessage(sim: Sim, draft: Draft): Message {
  const { world } = sim;
  const { channel } = draft;
  const byBot = draft.user === world.app.botUser;
  const message: Message = {
    ts: world.ts(),
    channel: channel.id,
    user: draft.user,
    ...(byBot
      ? { botId: world.app.botId }
      : { clientMsgId: `${world.hex(8)}-0000-4000-8000-${world.hex(12)}` }),
    ...(draft.threadTs === undefined ? {} : { threadTs: draft.threadTs }),
    ...(draft.onlyFor === undefined ? {} : { onlyFor: draft.onlyFor }),
    broadcast: draft.broadcast ?? false,
    at: world.clock.now(),
    text: draft.text,
    ...(draft.blocks ? { blocks: withIds(draft.blocks, world) } : {}),
    ...(draft.attachments ? { attachments: draft.attachments } : {}),
    ...(draft.metadata ? { metadata: draft.metadata } : {}),
    files: draft.files ?? [],
    tombstone: false,
    reactions: new Map(),
  };
  for (const file of message.files) file.shares.push({ channel: channel.id, ts: message.ts });
  world.addMessage(message);
  channel.opened = true;
  notify(world, message, draft.linkNames ?? false);
  if (message.onlyFor === undefined) tell(sim, message, channel);
  world.changed();
  return message;
}

/** What changes in a message; what is not given stays. */
interface Change {
  readonly text?: string;
  readonly blocks?: Obj[];
  readonly attachments?: Obj[];
  readonly metadata?: Obj;
}

function changedEvent(sim: Sim, message: Message, previous: Obj): void {
  const { world, desk } = sim;
  const channel = world.channels.get(message.channel);
  if (!channel || message.onlyFor !== undefined || !appHears(world, channel)) return;
  const ts = world.ts();
  desk.event({
    type: 'message',
    subtype: 'message_changed',
    message: messageJson(world, message),
    previous_message: previous,
    channel: channel.id,
    hidden: true,
    ts,
    event_ts: ts,
    channel_type: channelType(channel),
  });
}

/** Edits a message and tells the desk (`message_changed`). */
export function changeMessage(sim: Sim, message: Message, by: string, change: Change): void {
  const { world } = sim;
  const previous = messageJson(world, message);
  if (change.text !== undefined) message.text = change.text;
  if (change.blocks) message.blocks = withIds(change.blocks, world);
  if (change.attachments) message.attachments = change.attachments;
  if (change.metadata) message.metadata = change.metadata;
  message.edited = { user: by, ts: world.ts() };
  changedEvent(sim, message, previous);
  world.changed();
}

/** Deletes a message and tells the desk. The root of a thread that has replies stays as a tombstone. */
export function deleteMessage(sim: Sim, message: Message): void {
  const { world, desk } = sim;
  const channel = world.channels.get(message.channel);
  if (!channel) return;
  const previous = messageJson(world, message);
  if (world.repliesOf(message).some(reply => reply.onlyFor === undefined)) {
    message.tombstone = true;
    message.text = 'This message was deleted.';
    delete message.blocks;
    delete message.attachments;
    changedEvent(sim, message, previous);
    world.changed();
    return;
  }
  world.removeMessage(message);
  const ts = world.ts();
  if (message.onlyFor === undefined && appHears(world, channel)) {
    desk.event({
      type: 'message',
      subtype: 'message_deleted',
      previous_message: previous,
      channel: channel.id,
      hidden: true,
      deleted_ts: message.ts,
      ts,
      event_ts: ts,
      channel_type: channelType(channel),
    });
  }
  world.changed();
}

function reactionEvent(sim: Sim, type: string, message: Message, user: string, reaction: string): void {
  const { world, desk } = sim;
  const channel = world.channels.get(message.channel);
  if (!channel || !appHears(world, channel)) return;
  const item = { type: 'message', channel: channel.id, ts: message.ts };
  desk.event({ type, user, reaction, item, item_user: message.user, event_ts: world.ts() });
}

/** Adds a reaction; false when this user has it there already. */
export function addReaction(sim: Sim, message: Message, user: string, name: string): boolean {
  const users = message.reactions.get(name) ?? [];
  if (users.includes(user)) return false;
  message.reactions.set(name, [...users, user]);
  reactionEvent(sim, 'reaction_added', message, user, name);
  sim.world.changed();
  return true;
}

/** Takes a reaction back; false when this user has none there. */
export function removeReaction(sim: Sim, message: Message, user: string, name: string): boolean {
  const users = message.reactions.get(name) ?? [];
  if (!users.includes(user)) return false;
  const left = users.filter(other => other !== user);
  if (left.length === 0) message.reactions.delete(name);
  else message.reactions.set(name, left);
  reactionEvent(sim, 'reaction_removed', message, user, name);
  sim.world.changed();
  return true;
}
