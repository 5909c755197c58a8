import type { Log, Phrasebook } from '../../core/index.ts';

/** What the Telegram channel is given. Resolved and checked by `main`; nothing here reads the environment. */
export interface TelegramConfig {
  /** The bot's token, from @BotFather. */
  readonly token: string;
  /** 1–256 of `A-Za-z0-9_-` (core.telegram.org/bots/api#setwebhook). Without it every webhook request is refused. */
  readonly webhookSecret?: string;
  /** Where Telegram reaches this desk, https, without a path: with the secret it means webhooks; without, long polling. */
  readonly publicUrl?: string;
  /** The group with topics that is a desk: -100 and more digits. */
  readonly deskChatId?: string;
  /** The language of the desk's cards (default: the first of the phrasebook). */
  readonly staffLocale?: string;
  /** Another Bot API server than https://api.telegram.org. */
  readonly apiRoot?: string;
  readonly log: Log;
  readonly now: () => Date;
  readonly phrases: Phrasebook;
  /** Waits between attempts, in milliseconds; ends early, without an error, when the signal comes. Default: real time. */
  readonly pause?: (ms: number, signal: AbortSignal) => Promise<void>;
}
