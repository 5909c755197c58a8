/** A user or bot as the Bot API writes it. */
export interface WireUser {
  readonly id: number;
  readonly is_bot: boolean;
  readonly first_name: string;
  readonly last_name?: string;
  readonly username?: string;
  readonly language_code?: string;
}

/** A special piece of a text; offsets and lengths in UTF-16 code units. */
export interface Entity {
  readonly type: string;
  readonly offset: number;
  readonly length: number;
  readonly url?: string;
  readonly user?: WireUser;
  readonly language?: string;
  readonly custom_emoji_id?: string;
}

/** A text with its entities, after parsing. */
export interface Formatted {
  readonly text: string;
  readonly entities: readonly Entity[];
}

/** One button of an inline keyboard; unknown keys are refused before it gets here. */
export interface InlineButton {
  readonly text: string;
  readonly callback_data?: string;
  readonly url?: string;
  readonly web_app?: { readonly url: string };
  readonly copy_text?: { readonly text: string };
  readonly style?: string;
}

/** Rows of buttons under a message. */
type InlineKeyboard = readonly (readonly InlineButton[])[];

/** What a bot attached to a message. */
export type Markup =
  | { readonly kind: 'inline'; readonly rows: InlineKeyboard }
  | { readonly kind: 'reply'; readonly rows: readonly (readonly string[])[] }
  | { readonly kind: 'remove' }
  | { readonly kind: 'force' };

/** A stored file. */
export interface StoredFile {
  readonly fileId: string;
  readonly uniqueId: string;
  readonly name: string;
  readonly mime: string;
  readonly data: Uint8Array;
  readonly folder: Folder;
}

/** The folders of the platform's file paths, as its bots see them. */
export type Folder = 'documents' | 'photos' | 'voice' | 'videos';

/** What kind of file a message carries. */
export type MediaKind = 'photo' | 'document' | 'voice' | 'video';

/** The file of a message; a photo comes in several sizes, the largest last. */
export interface Media {
  readonly kind: MediaKind;
  readonly file: StoredFile;
  /** The smaller sizes of a photo. */
  readonly smaller?: StoredFile;
  /** The album it belongs to. */
  readonly group?: string;
}

/** One message in the world. Times in milliseconds. */
export interface Message {
  readonly id: number;
  readonly chatId: number;
  readonly threadId?: number;
  readonly from: number;
  readonly at: number;
  text: string;
  entities: readonly Entity[];
  readonly media?: Media;
  /** A service message, in the Bot API's own fields (forum_topic_created and the like). */
  readonly service?: Readonly<Record<string, unknown>>;
  readonly replyTo?: number;
  /** The reply is there, but the client did not send it along (some clients, at the newest message). */
  readonly replyOmitted?: boolean;
  markup?: Markup;
  editedAt?: number;
  readonly reactions: Map<number, readonly string[]>;
}

/** A topic of a forum. */
export interface Topic {
  readonly id: number;
  name: string;
  readonly color: number;
  icon?: string;
  closed: boolean;
}

/** A chat of the bot. A private chat has the id of its person. */
export interface Chat {
  readonly id: number;
  readonly type: 'private' | 'group' | 'supergroup';
  title: string;
  isForum: boolean;
  /** Ids of the people in it. */
  readonly members: Set<number>;
  botRole: 'administrator' | 'member' | 'left';
  /** Ids of the people who are its administrators. */
  readonly admins: Set<number>;
  /** Ids of pinned messages. */
  readonly pinned: Set<number>;
  readonly messages: Message[];
  readonly topics: Map<number, Topic>;
  /** The person has written to the bot or pressed Start. */
  started: boolean;
  /** The person has blocked the bot. */
  blocked: boolean;
  migratedTo?: number;
  menuButton?: Readonly<Record<string, unknown>>;
  /** The newest chat action, with its time. */
  action?: { readonly kind: string; readonly at: number };
}

/** One person as the world keeps them. */
export interface Human {
  readonly name: string;
  readonly role: 'customer' | 'staff';
  readonly user: WireUser;
}

/** A press on an inline button, waiting for the bot's answer. */
export interface CallbackQuery {
  readonly id: string;
  readonly from: number;
  readonly at: number;
  answered: boolean;
}

/** A mention that really notified somebody. */
export interface Ping {
  readonly place: string;
  readonly message: string;
  readonly whom: string;
}
