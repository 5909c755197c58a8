import { createHash } from 'node:crypto';
import type { Platform, SimClock } from '../model.ts';
import { badRequest } from './errors.ts';
import { FloodControl } from './limits.ts';
import type { CallbackQuery, Chat, Folder, Human, Message, Ping, StoredFile, WireUser } from './types.ts';

/** One list of commands, with whom it is for. */
export interface CommandList {
  readonly scope: string;
  readonly language: string;
  readonly commands: readonly { readonly command: string; readonly description: string }[];
}

/** A person as `addPerson` and the option `people` take them. */
export interface PersonSpec {
  readonly name: string;
  readonly role?: 'customer' | 'staff';
  /** IETF tag as the client reports it, for example `pl`. */
  readonly locale?: string;
  readonly firstName?: string;
  readonly lastName?: string;
  readonly username?: string;
  /** Has already pressed Start (default false). */
  readonly started?: boolean;
}

/** A group as `addGroup` and the option `groups` take it. */
export interface GroupSpec {
  readonly title: string;
  readonly kind?: 'group' | 'supergroup' | 'forum';
  /** Names of people; default all. */
  readonly members?: readonly string[];
  /** Default `administrator`. A plain member sees only commands, mentions and replies to itself (privacy mode). */
  readonly bot?: 'administrator' | 'member';
  /** Names of people who are its administrators; default the staff among its members. */
  readonly admins?: readonly string[];
}

/** The rights of an administrator that was given all (core.telegram.org/bots/api#chatmemberadministrator). */
export const ADMIN_RIGHTS = {
  can_be_edited: false,
  is_anonymous: false,
  can_manage_chat: true,
  can_delete_messages: true,
  can_manage_video_chats: true,
  can_restrict_members: true,
  can_promote_members: false,
  can_change_info: true,
  can_invite_users: true,
  can_post_stories: false,
  can_edit_stories: false,
  can_delete_stories: false,
  can_pin_messages: true,
  can_manage_topics: true,
} as const;

/** How ids of files begin, as seen on the platform. */
const PREFIXES: Readonly<Record<Folder, string>> = {
  photos: 'AgACAgIAAxkBAAI',
  documents: 'BQACAgIAAxkBAAI',
  voice: 'AwACAgIAAxkBAAI',
  videos: 'BAACAgIAAxkBAAI',
};

/** What can be read out of an arriving fact: everything visible and everything remembered, in one place. */
export class World {
  readonly platform: Platform = 'telegram';
  readonly clock: SimClock;
  readonly bot: WireUser;
  /** @BotFather gives new tokens. */
  token: string;
  /** The bot has topics in private chats (core.telegram.org/bots/api#user, has_topics_enabled). */
  readonly privateTopics: boolean;
  readonly flood: FloodControl | undefined;
  readonly humans: Human[] = [];
  readonly chats = new Map<number, Chat>();
  readonly callbacks = new Map<string, CallbackQuery>();
  readonly files = new Map<string, StoredFile>();
  /** Where people's clients get files; set when the door is open. */
  seenAt = '';
  /** File paths handed out by getFile, with the time until they work. */
  readonly links = new Map<string, { readonly file: StoredFile; readonly until: number }>();
  /** Toasts, alerts and refusals per person, newest last. */
  readonly alerts = new Map<number, string[]>();
  readonly pings: Ping[] = [];
  commandLists: CommandList[] = [];
  /** Localised name, description and short description of the bot: `kind/language` → text. */
  readonly texts = new Map<string, string>();
  menuButton: Readonly<Record<string, unknown>> = { type: 'commands' };
  readonly #listeners = new Set<() => void>();
  #messageId = 0;
  readonly #ownIds = new Map<number, number>();
  #counter = 0;

  constructor(clock: SimClock, token: string, username: string, rateLimits: boolean, privateTopics: boolean) {
    this.clock = clock;
    this.privateTopics = privateTopics;
    this.token = token;
    this.flood = rateLimits ? new FloodControl() : undefined;
    this.bot = { id: Number(token.split(':')[0]), is_bot: true, first_name: 'Switchdesk', username };
  }

  now(): number {
    return this.clock.now();
  }

  changed(): void {
    for (const listener of this.#listeners) listener();
  }

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** A number that was not used before in this world. */
  next(): number {
    this.#counter += 1;
    return this.#counter;
  }

  /** Private chats and basic groups share one sequence of message ids; each supergroup has its own. */
  nextMessageId(chat: Chat): number {
    if (chat.type !== 'supergroup') {
      this.#messageId += 1;
      return this.#messageId;
    }
    const id = (this.#ownIds.get(chat.id) ?? 0) + 1;
    this.#ownIds.set(chat.id, id);
    return id;
  }

  addHuman(spec: PersonSpec): Human {
    if (this.humans.some(({ name }) => name === spec.name))
      throw new Error(`there is already a person called ${spec.name}`);
    const id = 5_100_000_000 + (this.humans.length + 1) * 7_919;
    const first_name = spec.firstName ?? spec.name[0]?.toUpperCase() + spec.name.slice(1);
    const user: WireUser = {
      id,
      is_bot: false,
      first_name,
      ...(spec.lastName === undefined ? {} : { last_name: spec.lastName }),
      username: spec.username ?? `${spec.name}_pretend`,
      language_code: spec.locale ?? 'en',
    };
    const human: Human = { name: spec.name, role: spec.role ?? 'customer', user };
    this.humans.push(human);
    const chat = this.#newChat(id, 'private', first_name, false, [id]);
    chat.started = spec.started ?? false;
    return human;
  }

  addGroup(spec: GroupSpec): Chat {
    const kind = spec.kind ?? 'supergroup';
    const members = this.humans
      .filter(({ name }) => spec.members?.includes(name) ?? true)
      .map(({ user }) => user.id);
    const serial = this.next();
    const id = kind === 'group' ? -(4_200_000_000 + serial) : -(1_002_100_000_000 + serial);
    const chat = this.#newChat(
      id,
      kind === 'group' ? 'group' : 'supergroup',
      spec.title,
      kind === 'forum',
      members,
    );
    chat.botRole = spec.bot ?? 'administrator';
    for (const { name, role, user } of this.humans)
      if (chat.members.has(user.id) && (spec.admins?.includes(name) ?? role === 'staff'))
        chat.admins.add(user.id);
    return chat;
  }

  #newChat(
    id: number,
    type: Chat['type'],
    title: string,
    isForum: boolean,
    members: readonly number[],
  ): Chat {
    const chat: Chat = {
      id,
      type,
      title,
      isForum,
      members: new Set(members),
      botRole: 'member',
      admins: new Set(),
      pinned: new Set(),
      messages: [],
      topics: new Map(),
      started: false,
      blocked: false,
    };
    this.chats.set(id, chat);
    return chat;
  }

  /** Turns a basic group into a supergroup, as an admin's client does; returns the new chat. */
  migrate(chat: Chat): Chat {
    const members = this.humans.filter(({ user }) => chat.members.has(user.id)).map(({ name }) => name);
    const bot = chat.botRole === 'administrator' ? 'administrator' : 'member';
    const admins = this.humans.filter(({ user }) => chat.admins.has(user.id)).map(({ name }) => name);
    const upgraded = this.addGroup({ title: chat.title, kind: 'supergroup', members, bot, admins });
    chat.migratedTo = upgraded.id;
    return upgraded;
  }

  user(id: number): WireUser {
    const user = id === this.bot.id ? this.bot : this.humans.find(human => human.user.id === id)?.user;
    if (!user) throw new Error(`nobody in this world has the id ${id}`);
    return user;
  }

  human(id: number): Human | undefined {
    return this.humans.find(({ user }) => user.id === id);
  }

  message(chat: Chat, id: number): Message | undefined {
    return chat.messages.find(message => message.id === id);
  }

  /** Puts a message into a chat and tells the listeners. */
  add(chat: Chat, message: Omit<Message, 'id' | 'chatId' | 'at' | 'reactions'>): Message {
    const full: Message = {
      ...message,
      id: this.nextMessageId(chat),
      chatId: chat.id,
      at: this.now(),
      reactions: new Map(),
    };
    chat.messages.push(full);
    this.#ping(chat, full);
    this.changed();
    return full;
  }

  remove(chat: Chat, id: number): void {
    const index = chat.messages.findIndex(message => message.id === id);
    if (index >= 0) chat.messages.splice(index, 1);
    chat.pinned.delete(id);
    this.changed();
  }

  /** Takes a topic away with all that was said in it. */
  removeTopic(chat: Chat, id: number): void {
    chat.topics.delete(id);
    const gone = chat.messages.filter(message => message.id === id || message.threadId === id);
    for (const message of gone) this.remove(chat, message.id);
    this.changed();
  }

  alert(personId: number, text: string): void {
    this.alerts.set(personId, [...(this.alerts.get(personId) ?? []), text].slice(-50));
    this.changed();
  }

  /** Stores bytes; the ids look like the platform's and come from a counter. */
  store(file: Omit<StoredFile, 'fileId' | 'uniqueId'>): StoredFile {
    const serial = this.next();
    const hash = createHash('sha256').update(`${this.token}/${serial}`).digest('base64url');
    const prefix = PREFIXES[file.folder];
    const stored: StoredFile = {
      ...file,
      fileId: `${prefix}${hash}AQ`,
      uniqueId: `AgAD${hash.slice(0, 11)}`,
    };
    this.files.set(stored.fileId, stored);
    return stored;
  }

  /** The chat a bot means by `chat_id`: a number, or `@username` of a person or group. */
  chatFor(raw: string): Chat {
    if (raw === '') throw badRequest('chat_id is empty');
    const named = raw.startsWith('@')
      ? this.humans.find(({ user }) => `@${user.username}` === raw)?.user.id
      : undefined;
    const chat = this.chats.get(named ?? (/^-?\d+$/.test(raw) ? Number(raw) : Number.NaN));
    if (!chat || (raw.startsWith('@') && !chat.started)) throw badRequest('chat not found');
    return chat;
  }

  #ping(chat: Chat, message: Message): void {
    if (message.from !== this.bot.id || chat.type === 'private') return;
    for (const { type, offset, length, user } of message.entities) {
      const name = message.text.slice(offset + 1, offset + length).toLowerCase();
      const whom =
        type === 'text_mention'
          ? this.human(user?.id ?? 0)
          : this.humans.find(human => type === 'mention' && human.user.username?.toLowerCase() === name);
      if (whom && chat.members.has(whom.user.id)) {
        this.pings.push({ place: String(chat.id), message: String(message.id), whom: whom.name });
      }
    }
  }
}
