import type { SimClock } from '../model.ts';
import { botPermissions, everyonePermissions, Permission } from './bits.ts';

import { apiError } from './errors.ts';
import { Snowflakes } from './ids.ts';
import type {
  AttachmentState,
  ChannelState,
  CommandState,
  Emission,
  InteractionState,
  MemberState,
  MessageState,
  OverwriteState,
  Ping,
  RoleState,
  ThreadState,
  UserState,
} from './types.ts';
import { ChannelType, isPrivate } from './types.ts';

/** What a world is made with. */
interface WorldOptions {
  readonly clock: SimClock;
  readonly guildName: string;
  readonly guildLocale: string;
  readonly botName: string;
  readonly deskTags: readonly string[];
  readonly messageContent: boolean;
}

/** All that exists on the pretend platform: one guild, its people, places and words. */
export class World {
  readonly clock: SimClock;
  readonly ids: Snowflakes;
  readonly guildName: string;
  readonly guildLocale: string;
  readonly guildId: string;
  readonly bot: UserState;
  readonly applicationId: string;
  readonly botRoleId: string;
  readonly staffRoleId: string;
  readonly generalChannelId: string;
  readonly supportChannelId: string;
  readonly deskChannelId: string;
  readonly startedAt: number;
  readonly users = new Map<string, UserState>();
  readonly members = new Map<string, MemberState>();
  readonly roles = new Map<string, RoleState>();
  readonly channels = new Map<string, ChannelState>();
  readonly commands = new Map<string, CommandState>();
  readonly interactions = new Map<string, InteractionState>();
  readonly nonces = new Map<string, { readonly at: number; readonly message: MessageState }>();
  /** Everything on the CDN, by the file's id. */
  readonly files = new Map<string, AttachmentState>();
  readonly pings: Ping[] = [];
  commandCreates: number[] = [];
  /** Base of the addresses of uploaded files; set when the server listens. */
  assetUrl = '';
  /** Hex of the application's Ed25519 public key. */
  publicKey = '';
  /** Where interactions go over HTTP; undefined when they go over the gateway. */
  interactionsUrl: string | undefined;
  /** A person who is nobody of the story owns the guild. */
  readonly ownerId: string;
  /** Whether the portal allows the bot the Message Content intent. */
  readonly messageContent: boolean;
  readonly #changed = new Set<() => void>();
  #gateway: (emission: Emission) => void = () => undefined;

  constructor(options: WorldOptions) {
    this.clock = options.clock;
    this.ids = new Snowflakes(options.clock);
    this.startedAt = options.clock.now();
    this.guildName = options.guildName;
    this.guildLocale = options.guildLocale;
    this.guildId = this.ids.next();
    this.staffRoleId = this.ids.next();
    this.botRoleId = this.ids.next();
    this.applicationId = this.ids.next();
    this.ownerId = this.ids.next();
    this.messageContent = options.messageContent;
    this.#addRole(this.guildId, '@everyone', everyonePermissions, 0, false);
    this.#addRole(
      this.staffRoleId,
      'Support staff',
      everyonePermissions | Permission.manageMessages,
      1,
      false,
    );
    this.#addRole(this.botRoleId, options.botName, botPermissions, 2, true);
    this.bot = this.addUser({
      id: this.applicationId,
      username: options.botName,
      role: 'bot',
      roles: [this.botRoleId],
    });
    this.generalChannelId = this.#addChannel(ChannelType.text, 'general', 0, []).id;
    this.supportChannelId = this.#addChannel(ChannelType.text, 'support', 1, []).id;
    const desk = this.#addChannel(ChannelType.forum, 'desk', 2, [
      { id: this.guildId, type: 0, allow: 0n, deny: Permission.viewChannel },
      { id: this.staffRoleId, type: 0, allow: Permission.viewChannel | Permission.manageThreads, deny: 0n },
      { id: this.botRoleId, type: 0, allow: Permission.viewChannel, deny: 0n },
    ]);
    this.deskChannelId = desk.id;
    desk.availableTags = options.deskTags.map(name => ({
      id: this.ids.next(),
      name,
      moderated: false,
      emojiName: null,
    }));
  }

  addUser(one: {
    id?: string;
    username: string;
    globalName?: string | null;
    role: UserState['role'];
    locale?: string;
    roles: readonly string[];
    nick?: string | null;
    allowsDms?: boolean;
  }): UserState {
    const user: UserState = {
      id: one.id ?? this.ids.next(),
      username: one.username,
      globalName: one.globalName ?? null,
      bot: one.role === 'bot',
      locale: one.locale ?? 'en-US',
      role: one.role,
      allowsDms: one.allowsDms ?? true,
    };
    this.users.set(user.id, user);
    this.members.set(user.id, {
      user,
      nick: one.nick ?? null,
      roles: [...one.roles],
      joinedAt: this.clock.now(),
    });
    return user;
  }

  #addRole(id: string, name: string, permissions: bigint, position: number, managed: boolean): void {
    this.roles.set(id, { id, name, permissions, position, managed, mentionable: false });
  }

  #addChannel(type: number, name: string, position: number, overwrites: OverwriteState[]): ChannelState {
    const channel = this.blankChannel({ type, name, position });
    channel.overwrites = overwrites;
    return channel;
  }

  /** Makes and keeps a channel with nothing in it. */
  blankChannel(one: {
    id?: string;
    type: number;
    name: string;
    position?: number;
    parentId?: string;
    ownerId?: string;
    recipients?: readonly string[];
    thread?: ThreadState;
  }): ChannelState {
    const channel: ChannelState = {
      id: one.id ?? this.ids.next(),
      type: one.type,
      guildId: isPrivate(one) ? null : this.guildId,
      name: one.name,
      topic: null,
      parentId: one.parentId ?? null,
      ownerId: one.ownerId ?? null,
      position: one.position ?? 0,
      flags: 0,
      rateLimitPerUser: 0,
      overwrites: [],
      availableTags: [],
      recipients: [...(one.recipients ?? [])],
      thread: one.thread ?? null,
      messages: [],
    };
    this.channels.set(channel.id, channel);
    return channel;
  }

  /** The direct chat of the bot with this person, made when it is not there. */
  dmWith(userId: string): ChannelState {
    for (const channel of this.channels.values()) {
      if (channel.type === ChannelType.dm && channel.recipients.includes(userId)) return channel;
    }
    return this.blankChannel({ type: ChannelType.dm, name: '', recipients: [userId] });
  }

  /** A chat of a person with others, in which the bot is not: there the app is used by those who installed it for themselves. */
  groupOf(userId: string): ChannelState {
    return this.blankChannel({ type: ChannelType.group, name: 'friends', recipients: [userId] });
  }

  /** Throws 10003 when there is no such channel. */
  channel(id: string | undefined): ChannelState {
    const channel = this.channels.get(id ?? '');
    if (!channel) throw apiError(10003);
    return channel;
  }

  /** Throws 10013 when there is no such user. */
  user(id: string | undefined): UserState {
    const user = this.users.get(id ?? '');
    if (!user) throw apiError(10013);
    return user;
  }

  /** The name people see: nick, else display name, else user name. */
  nameOf(userId: string): string {
    const user = this.users.get(userId);
    return this.members.get(userId)?.nick ?? user?.globalName ?? user?.username ?? 'unknown-user';
  }

  /** All threads below a channel, oldest first. */
  threadsOf(channelId: string): ChannelState[] {
    return [...this.channels.values()].filter(one => one.thread && one.parentId === channelId);
  }

  connectGateway(take: (emission: Emission) => void): void {
    this.#gateway = take;
  }

  emit(emission: Emission): void {
    this.#gateway(emission);
  }

  onChange(listener: () => void): () => void {
    this.#changed.add(listener);
    return () => void this.#changed.delete(listener);
  }

  changed(): void {
    for (const listener of this.#changed) listener();
  }
}
