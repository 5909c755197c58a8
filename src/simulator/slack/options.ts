import type { Coverage, SimClock, Simulator } from '../model.ts';
import type { SlackPerson } from './people.ts';
import type { SlackPersonInput } from './populate.ts';
import type { Command, Shortcut } from './sim.ts';
import type { Delivery } from './transport.ts';
import type { Ping } from './world.ts';

/** How a pretend Slack is made. Everything has a recognisable default. */
export interface SlackOptions {
  /** 0, the default, takes a free port on 127.0.0.1. */
  readonly port?: number;
  readonly clock?: SimClock;
  readonly people?: readonly SlackPersonInput[];
  readonly workspace?: { readonly id: string; readonly name: string };
  readonly signingSecret?: string;
  readonly botToken?: string;
  readonly appToken?: string;
  /** The desk's `/hooks/slack`; may be set later. Unused with Socket Mode. */
  readonly requestUrl?: string;
  /** Delivers over Socket Mode instead of HTTP. Default false. */
  readonly socketMode?: boolean;
  /** Default true. */
  readonly rateLimits?: boolean;
  /** What the bot was granted; all that a support desk may want by default. */
  readonly scopes?: readonly string[];
  readonly commands?: readonly Command[];
  readonly shortcuts?: readonly Shortcut[];
  /** How long the platform waits for the desk, in real milliseconds. Slack's own number, 3000, by default. */
  readonly answerWithinMs?: number;
}

/** The pretend Slack, with what only Slack has. */
export interface SlackSimulator extends Simulator {
  readonly platform: 'slack';
  readonly people: readonly SlackPerson[];
  person(name: string): SlackPerson;
  addPerson(person: SlackPersonInput): SlackPerson;
  readonly botToken: string;
  readonly appToken: string;
  readonly signingSecret: string;
  readonly teamId: string;
  readonly appId: string;
  /** User id of the bot. */
  readonly botUserId: string;
  readonly botId: string;
  /** The channel of the staff, with the bot in it. */
  readonly deskChannelId: string;
  /** The user group of the staff. */
  readonly staffGroupId: string;
  /** The id of a channel by its name, with or without `#`. Throws when there is none. */
  channelId(name: string): string;
  /** What notified somebody. Empty as long as every text was made inert. */
  readonly pings: readonly Ping[];
  readonly coverage: readonly Coverage[];
  setRequestUrl(url: string | undefined): void;
  /** Signs any raw body as Slack does, now or at another second. */
  sign(body: string, timestampSeconds?: number): { headers: Record<string, string> };
  /** Posts any raw body to the desk; status 0 when there was no answer. */
  post(body: string, headers: Readonly<Record<string, string>>): Promise<{ status: number; body: string }>;
  /** The last request sent to the desk, for replay and tampering. */
  readonly lastDelivery: Delivery | undefined;
  /** Sends the event retries whose time (1 min, 5 min) has come on the clock. Returns the statuses answered, 0 for none. */
  retryPending(): Promise<number[]>;
  /** Event retries that wait for their time. */
  readonly pendingRetries: number;
  /** The `url_verification` handshake; true when the desk echoed the challenge. */
  verifyUrl(): Promise<boolean>;
  /** Resolves when nothing is on its way to the desk. */
  settled(): Promise<void>;
  /** Open Socket Mode connections. */
  readonly sockets: number;
  /** Asks all Socket Mode clients, or the one that came first, to reconnect. */
  refreshSockets(reason?: 'warning' | 'refresh_requested' | 'link_disabled', which?: 'all' | 'oldest'): void;
  /** Takes the bot out of a channel, or puts it back. */
  putBot(channel: string, isIn: boolean): void;
  /** Puts a channel away, or brings it back, as its people do. */
  archive(channel: string, archived?: boolean): void;
  /** Deletes a channel with all that is in it: nobody finds it again. */
  deleteChannel(channel: string): void;
  /** Takes the token back, or gives it again: until then every call is refused with this code. */
  revoke(code?: 'token_revoked' | 'account_inactive' | 'invalid_auth'): void;
  /** What the bot was granted. */
  readonly scopes: readonly string[];
  /** Cuts all Socket Mode connections. */
  dropSockets(): void;
}
