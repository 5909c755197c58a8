import type { SimClock, Simulator } from '../model.ts';
import type { Delivery } from './delivery.ts';
import type { DiscordPerson } from './people.ts';
import type { Ping } from './types.ts';

/** A person to begin with. */
export interface DiscordPersonOptions {
  /** User name, and the name by which tests call them. */
  readonly name: string;
  readonly role: 'customer' | 'staff';
  /** As Discord reports it, for example `pl` or `en-US`. */
  readonly locale?: string;
  /** Display name; may contain anything. */
  readonly displayName?: string;
  readonly nick?: string;
  /** They installed the app for themselves and have a chat "friends" with others, in which the bot is not. Default false. */
  readonly installs?: boolean;
  /** False refuses direct messages (error 50007). Default true. */
  readonly allowsDms?: boolean;
}

export interface DiscordOptions {
  /** Default 0: a free port. */
  readonly port?: number;
  /** Default: the real time. */
  readonly clock?: SimClock;
  readonly people?: readonly DiscordPersonOptions[];
  readonly guild?: { readonly name?: string; readonly locale?: string; readonly botName?: string };
  readonly botToken?: string;
  /** Where interactions are posted, signed; without it they go over the gateway. */
  readonly interactionsUrl?: string | undefined;
  /** Default true. */
  readonly rateLimits?: boolean;
  /** Whether the portal grants the bot the Message Content intent. Default true. */
  readonly messageContentIntent?: boolean;
  /** Names of tags that the desk forum has from the start. Default none. */
  readonly deskTags?: readonly string[];
}

/** The pretend Discord: one guild with `#general`, `#support` and the forum `desk`, which only staff and the bot see. */
export interface DiscordSimulator extends Simulator {
  readonly platform: 'discord';
  readonly people: readonly DiscordPerson[];
  person(name: string): DiscordPerson;
  readonly botToken: string;
  /** Hex of the Ed25519 key with which interactions over HTTP are signed. */
  readonly publicKey: string;
  readonly applicationId: string;
  readonly guildId: string;
  readonly generalChannelId: string;
  readonly supportChannelId: string;
  readonly deskChannelId: string;
  readonly staffRoleId: string;
  readonly botRoleId: string;
  /** Everybody who was really notified by a mention, oldest first. */
  readonly pings: readonly Ping[];
  /** Answers with 401, 403 or 429 so far; the real platform bans at 10,000 in ten minutes. */
  readonly invalidRequests: number;
  /** Gateway sessions begun so far; the real platform allows 1,000 a day. */
  readonly identifies: number;
  /** True while a gateway client is identified. */
  readonly gatewayConnected: boolean;
  /** The last interaction that went over HTTP, for replays and forgeries. */
  readonly lastDelivery: Delivery | undefined;
  addPerson(person: DiscordPersonOptions): DiscordPerson;
  /** Replaces the roles of a person, as an administrator would. */
  setRoles(name: string, roleIds: readonly string[]): void;
  /** Lets a person see a channel and write in it, whatever their roles, as an administrator would. */
  letIn(name: string, channelId: string): void;
  /** Brings a person into a thread, as a moderator would. */
  join(name: string, threadId: string): void;
  /** Replaces what the bot may do in the guild (bits of `Permission`); the rights of `@everyone` do not add to it. */
  setBotPermissions(bits: bigint): void;
  /** Takes a channel out of the bot's sight (error 50001), or puts it back. */
  hideFromBot(channelId: string, hidden: boolean): void;
  /** Turns HTTP interactions on, off or elsewhere. */
  setInteractionsUrl(url: string | undefined): void;
  /** Takes several messages of one channel away at once, as another bot or a ban does (MESSAGE_DELETE_BULK). */
  purge(channelId: string, messageIds: readonly string[]): void;
  /** The platform adds a link preview to a message: an update that nobody wrote. */
  preview(messageId: string): void;
  /** Opens so many public threads of other people below #general; the guild may have 1,000 active ones. */
  crowd(threads: number): void;
  /** Archives or opens a thread, locks or unlocks it, as a moderator would. */
  setThread(threadId: string, state: { readonly archived?: boolean; readonly locked?: boolean }): void;
  /** Deletes a channel or thread, as a moderator would. */
  removeChannel(channelId: string): void;
  /** The portal makes a new token: the old one is refused at once, over REST (401) and at the gateway (4004). Returns a way back. */
  revokeToken(): () => void;
  /** From now on the gateway sends each event a person causes so many times (1 is normal). */
  repeatEvents(times: number): void;
  /** Holds all events back; the returned function sends them, the newest first when `reversed`. */
  holdEvents(): (how?: { readonly reversed: boolean }) => void;
  /** Signs a body for the interactions endpoint; `timestamp` in seconds as text. */
  sign(body: string, timestamp?: string): Record<string, string>;
  /** Posts a body to the interactions endpoint with exactly these headers. */
  post(body: string, headers: Readonly<Record<string, string>>): Promise<{ status: number; text: string }>;
  /** The platform's own check of the endpoint (interaction type 1); what the desk answered. */
  pingEndpoint(): Promise<{ status: number; text: string }>;
  /** Cuts all gateway connections; `resumable: false` forgets their sessions. */
  dropGateway(how: { readonly resumable: boolean }): void;
  /** Opcode 7. */
  askReconnect(): void;
  /** Opcode 9. */
  invalidateSession(resumable: boolean): void;
  /** Sends anything to all connected gateways, well-formed or not. */
  sendRaw(packet: unknown): void;
}
