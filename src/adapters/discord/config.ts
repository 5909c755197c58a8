import type { Log, Phrasebook } from '../../core/index.ts';

/** What the Discord adapter is given; resolved once at start-up. */
export interface DiscordConfig {
  /** The bot's token, without `Bot `. Never logged. */
  readonly token: string;
  /** The application's Ed25519 key, 64 hex digits; without it no request over HTTP is believed. */
  readonly publicKey?: string;
  /** The one server that is served. */
  readonly guildId: string;
  /** The forum channel that is a desk of the staff; without it the desk is on other platforms only. */
  readonly deskChannelId?: string;
  /** The API's root without the version, for example `http://127.0.0.1:1234/api`; default `https://discord.com/api`. */
  readonly apiUrl?: string;
  readonly log: Log;
  readonly now: () => Date;
  readonly phrases: Phrasebook;
  /** The language of the desk: the adapter's own few words to staff are in it. */
  readonly staffLocale: string;
}
