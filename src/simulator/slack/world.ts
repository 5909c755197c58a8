import type { SimClock } from '../model.ts';
import type { SlackFile } from './files.ts';
import type { Obj } from './json.ts';

/** A member of the pretend workspace: a person or the desk's bot. */
export interface User {
  readonly id: string;
  readonly handle: string;
  readonly displayName: string;
  readonly realName: string;
  readonly locale: string;
  readonly tz: string;
  readonly email: string;
  readonly bot: boolean;
}

/** One message, visible to all in its channel or, with `onlyFor`, to one user. */
export interface Message {
  readonly ts: string;
  readonly channel: string;
  readonly user: string;
  /** Set when an app wrote it. */
  readonly botId?: string;
  readonly clientMsgId?: string;
  readonly threadTs?: string;
  readonly broadcast: boolean;
  readonly onlyFor?: string;
  readonly at: number;
  text: string;
  blocks?: Obj[];
  attachments?: Obj[];
  metadata?: Obj;
  readonly files: readonly SlackFile[];
  edited?: { user: string; ts: string };
  /** The root of a thread whose text was deleted while replies remain. */
  tombstone: boolean;
  readonly reactions: Map<string, string[]>;
}

/** A channel, or the direct conversation of one person with the bot. */
export interface Channel {
  readonly id: string;
  readonly name: string;
  readonly kind: 'channel' | 'im';
  readonly created: number;
  readonly members: Set<string>;
  /** The person of a direct conversation. */
  readonly user?: string;
  /** A direct conversation exists for the API once somebody opened it. */
  opened: boolean;
  /** Put away by somebody: it can be read, and nothing can be written in it. */
  archived: boolean;
  messages: Message[];
}

/** A group of people that can be mentioned at once. */
export interface UserGroup {
  readonly id: string;
  readonly handle: string;
  readonly name: string;
  readonly users: Set<string>;
}

/** One modal that is open in front of a user (several make a stack of at most three), or the app's page for them. */
export interface OpenView {
  readonly id: string;
  readonly user: string;
  readonly rootId: string;
  readonly previousId: string | null;
  hash: string;
  body: Obj;
  /** The values as Slack reports them, by block id and action id. */
  values: Record<string, Record<string, Obj>>;
  errors: Record<string, string>;
}

/** Permission to open one modal, for three seconds. */
export interface Trigger {
  readonly id: string;
  readonly user: string;
  readonly at: number;
  readonly viewId?: string;
  used: boolean;
}

/** A URL that answers one interaction, five times within 30 minutes. */
export interface ResponseUrl {
  readonly path: string;
  readonly channel: string;
  readonly user: string;
  readonly at: number;
  /** The message the interaction came from, or the last one this URL wrote. */
  messageTs?: string;
  uses: number;
}

/** A mention that really notified somebody. `whom` is `channel`, `here`, `everyone`, a group or a user id. */
export interface Ping {
  readonly place: string;
  readonly message: string;
  readonly whom: string;
}

/** What the workspace and the installed app are called, and their secrets. */
export interface AppFacts {
  readonly teamId: string;
  readonly teamName: string;
  readonly teamDomain: string;
  readonly appId: string;
  readonly botId: string;
  readonly botUser: string;
  readonly botName: string;
  readonly botToken: string;
  readonly appToken: string;
  readonly signingSecret: string;
  readonly verificationToken: string;
  readonly scopes: readonly string[];
}

/** Everything that is true in the pretend workspace. Deterministic: ids count up, time comes from the clock. */
export class World {
  readonly clock: SimClock;
  readonly app: AppFacts;
  readonly users = new Map<string, User>();
  readonly channels = new Map<string, Channel>();
  readonly groups = new Map<string, UserGroup>();
  readonly files = new Map<string, SlackFile>();
  /** The code with which every call is refused while the token is taken back. */
  revoked: string | undefined;
  /** `http://127.0.0.1:port`, without a slash at the end. */
  origin = '';
  /** Open modals by user id, the bottom one first. */
  readonly stacks = new Map<string, OpenView[]>();
  readonly views = new Map<string, OpenView>();
  /** The app's page as each user sees it, by user id. */
  readonly homes = new Map<string, OpenView>();
  readonly triggers = new Map<string, Trigger>();
  readonly responseUrls = new Map<string, ResponseUrl>();
  readonly #messages = new Map<string, Message>();
  readonly #replies = new Map<string, Message[]>();
  readonly alerts = new Map<string, string[]>();
  readonly pings: Ping[] = [];
  readonly #listeners = new Set<() => void>();
  #count = 0;
  #lastMicros = 0;

  constructor(clock: SimClock, app: AppFacts) {
    this.clock = clock;
    this.app = app;
  }

  /** The next id with this prefix, in Slack's form: a capital letter and ten capitals and digits. */
  id(prefix: string): string {
    return `${prefix}0SIM${this.next().toString(36).toUpperCase().padStart(6, '0')}`;
  }

  /** The next number of the one counter from which all ids are made. */
  next(): number {
    this.#count += 1;
    return this.#count;
  }

  /** A message's name: seconds and microseconds, never the same twice and always rising. */
  ts(): string {
    this.#lastMicros = Math.max(Math.floor(this.clock.now() * 1000), this.#lastMicros + 1);
    const micros = String(this.#lastMicros);
    return `${micros.slice(0, -6)}.${micros.slice(-6)}`;
  }

  /** The hexadecimal tail of a secret-looking id. */
  hex(length: number): string {
    return this.next().toString(16).padStart(length, '0');
  }

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  changed(): void {
    for (const listener of [...this.#listeners]) listener();
  }

  alert(user: string, text: string): void {
    this.alerts.set(user, [...(this.alerts.get(user) ?? []), text]);
    this.changed();
  }

  /** Finds a channel by id, `#name` or name. */
  channel(idOrName: string): Channel | undefined {
    const name = idOrName.replace(/^#/, '');
    return (
      this.channels.get(idOrName) ??
      [...this.channels.values()].find(channel => channel.kind === 'channel' && channel.name === name)
    );
  }

  /** The direct conversation of this person with the bot. */
  directOf(user: string): Channel | undefined {
    return [...this.channels.values()].find(channel => channel.kind === 'im' && channel.user === user);
  }

  addMessage(message: Message): void {
    this.channels.get(message.channel)?.messages.push(message);
    this.#messages.set(message.ts, message);
    const root = message.threadTs;
    if (root === undefined || root === message.ts) return;
    const replies = this.#replies.get(root);
    if (replies) replies.push(message);
    else this.#replies.set(root, [message]);
  }

  removeMessage(message: Message): void {
    const others = (all: readonly Message[]): Message[] => all.filter(other => other !== message);
    const channel = this.channels.get(message.channel);
    if (channel) channel.messages = others(channel.messages);
    this.#messages.delete(message.ts);
    const root = message.threadTs ?? message.ts;
    this.#replies.set(root, others(this.#replies.get(root) ?? []));
  }

  message(channel: string, ts: string): Message | undefined {
    const found = this.#messages.get(ts);
    return found?.channel === channel ? found : undefined;
  }

  /** Timestamps are unique in the whole pretend workspace, so a message is found without its channel. */
  messageAnywhere(ts: string): Message | undefined {
    return this.#messages.get(ts);
  }

  repliesOf(root: Message): readonly Message[] {
    return this.#replies.get(root.ts) ?? [];
  }
}
