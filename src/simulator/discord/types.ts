/** A JSON object as it came over the wire, before or after validation. */
export type Json = { [key: string]: unknown };

export interface UserState {
  readonly id: string;
  readonly username: string;
  globalName: string | null;
  readonly bot: boolean;
  locale: string;
  readonly role: 'customer' | 'staff' | 'bot';
  /** False when the person's privacy settings refuse direct messages from members of the guild. */
  allowsDms: boolean;
}

export interface MemberState {
  readonly user: UserState;
  nick: string | null;
  roles: string[];
  readonly joinedAt: number;
}

export interface RoleState {
  readonly id: string;
  name: string;
  permissions: bigint;
  readonly managed: boolean;
  readonly position: number;
  mentionable: boolean;
}

export interface OverwriteState {
  readonly id: string;
  /** 0 a role, 1 a member. */
  readonly type: 0 | 1;
  allow: bigint;
  deny: bigint;
}

export interface TagState {
  readonly id: string;
  name: string;
  moderated: boolean;
  emojiName: string | null;
}

/** Channel types of API v10 that the pretender has. */
export const ChannelType = {
  text: 0,
  dm: 1,
  group: 3,
  publicThread: 11,
  privateThread: 12,
  forum: 15,
} as const;

/** True for chats outside of any guild. */
export function isPrivate(channel: { readonly type: number }): boolean {
  return channel.type === ChannelType.dm || channel.type === ChannelType.group;
}

export interface ThreadState {
  archived: boolean;
  locked: boolean;
  autoArchiveMinutes: number;
  archiveAt: number;
  invitable: boolean;
  readonly createdAt: number;
  appliedTags: string[];
  /** User id → when they joined. */
  readonly members: Map<string, number>;
  totalSent: number;
}

export interface ChannelState {
  readonly id: string;
  readonly type: number;
  readonly guildId: string | null;
  name: string;
  topic: string | null;
  parentId: string | null;
  ownerId: string | null;
  readonly position: number;
  flags: number;
  rateLimitPerUser: number;
  overwrites: OverwriteState[];
  availableTags: TagState[];
  readonly recipients: string[];
  readonly thread: ThreadState | null;
  readonly messages: MessageState[];
}

export interface AttachmentState {
  readonly id: string;
  /** Where it was sent; `null` for a file of a form. */
  readonly channelId: string | null;
  readonly filename: string;
  readonly size: number;
  readonly contentType: string;
  readonly description: string | null;
  readonly data: Buffer;
}

export interface MessageState {
  readonly id: string;
  readonly channelId: string;
  readonly author: UserState;
  /** Discord's message type: 0 default, 1 recipient add, 2 recipient remove, 4 name change, 18 thread created, 19 reply, 20 command reply, 21 thread starter. */
  readonly type: number;
  content: string;
  embeds: Json[];
  components: Json[];
  flags: number;
  attachments: AttachmentState[];
  readonly nonce: string | number | null;
  readonly reference: { readonly messageId: string | null; readonly channelId: string } | null;
  mentions: string[];
  mentionRoles: string[];
  mentionEveryone: boolean;
  readonly at: number;
  editedAt: number | null;
  /** Emoji → ids of those who reacted, in order. */
  readonly reactions: Map<string, string[]>;
  /** Only this person sees it. */
  readonly ephemeralTo: string | null;
  readonly interaction: {
    readonly id: string;
    readonly type: number;
    readonly userId: string;
    readonly name: string;
  } | null;
  threadId: string | null;
}

/** One file of a multipart request. */
export interface Upload {
  readonly field: string;
  readonly filename: string;
  readonly contentType: string;
  readonly data: Buffer;
}

/** An emitted gateway event before it is fitted to a session. */
export interface Emission {
  readonly name: string;
  /** The session needs one of these intents; 0 for events that everybody gets. */
  readonly intents: number;
  readonly guildId: string | null;
  /** Who caused it; redelivery resends only what a person caused. */
  readonly cause: string;
  /** The payload for a session with these intents; `null` when it does not get the event. */
  data(intents: number): Json | null;
}

/** A notification that somebody really got. */
export interface Ping {
  readonly place: string;
  readonly message: string;
  /** `everyone`, `here`, a role's name or a person's name. */
  readonly whom: string;
}

export const MessageFlag = {
  suppressEmbeds: 4,
  ephemeral: 64,
  loading: 128,
  silent: 4096,
  componentsV2: 32768,
} as const;

/** A registered application command; `guildId` null for a global one. */
export interface CommandState {
  readonly id: string;
  readonly guildId: string | null;
  version: string;
  body: Json;
}

/** What became of an interaction's first answer. */
export interface Settled {
  /** The callback type, or 0 when none came in time. */
  readonly type: number;
  readonly data: Json;
}

/** One interaction on its way to the desk and back. */
export interface InteractionState {
  readonly id: string;
  readonly token: string;
  readonly type: number;
  readonly userId: string;
  readonly channelId: string;
  readonly data: Json;
  readonly createdAt: number;
  /** The message whose component was used. */
  readonly message: MessageState | null;
  /** True for a modal that was opened from a message's component: it may update that message. */
  readonly mayUpdate: boolean;
  readonly payload: Json;
  /** The callback type of the first answer; 0 before it. */
  answered: number;
  /** Set when three seconds of real time went by without an answer. */
  lapsed: boolean;
  original: MessageState | null;
  deferredEphemeral: boolean;
  readonly settle: (settled: Settled) => void;
  readonly settled: Promise<Settled>;
}
