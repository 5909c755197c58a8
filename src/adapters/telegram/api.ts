// `grammy/web` is the same library without node-fetch, which we replace anyway (wire.ts), and the tables it loads: some 3 MB.
import { Api, type ApiClientOptions, GrammyError, HttpError } from 'grammy/web';
import { clip, type Log, type Receipt, whyOf as whyOfAny, wireCode } from '../../core/index.ts';
import type { TelegramConfig } from './config.ts';
import { createFetch, type Download, download, NotConnected, NotTelegram } from './wire.ts';

const OFFICIAL = 'https://api.telegram.org';
/** How long a call may take. */
const CALL_SECONDS = 10;
/** How long Telegram holds an empty `getUpdates`, and how long we wait for it at most. */
export const POLL_SECONDS = 30;
const POLL_PATIENCE_SECONDS = POLL_SECONDS + CALL_SECONDS;
/** How long sending files may take: less than a lease of the relay (60 s). */
const UPLOAD_SECONDS = 45;
/** How long a download may stand still, in ms. */
const DOWNLOAD_MS = 20_000;

const MAX_WHY = 200;
const BAD_TOKEN_WAIT_MS = 60_000;
/** Something in front of Telegram does not let the calls through: somebody has to mend that. */
const NOT_TELEGRAM_WAIT_MS = 60_000;
const CONNECT_WAIT_MS = 5_000;
/** The wait after a 429 that names none. */
const NAMELESS_WAIT_MS = 1_000;

/** grammY's clients, which neither retry nor queue: one for calls, and patient ones for long polls and for files. */
export interface Clients {
  readonly calls: Api;
  readonly polls: Api;
  readonly uploads: Api;
  /** Gets a file by the path that `getFile` gave. */
  download(path: string): Promise<Download>;
}

/** Makes the clients. Telegram's own errors come out as `GrammyError`, everything else as `HttpError`. */
export function createClients({ token, apiRoot }: Pick<TelegramConfig, 'token' | 'apiRoot'>): Clients {
  const root = (apiRoot ?? OFFICIAL).replace(/\/+$/, '');
  const options: ApiClientOptions = { apiRoot: root, fetch: createFetch(root) };
  return {
    calls: new Api(token, { ...options, timeoutSeconds: CALL_SECONDS }),
    polls: new Api(token, { ...options, timeoutSeconds: POLL_PATIENCE_SECONDS }),
    uploads: new Api(token, { ...options, timeoutSeconds: UPLOAD_SECONDS }),
    download: path => download(`${root}/file/bot${token}/${path}`, DOWNLOAD_MS),
  };
}

/** The type of signal that grammY's declarations name. */
export type CallSignal = NonNullable<Parameters<Api['getMe']>[0]>;

/** Node's own signal does all that grammY asks of one; only the declarations of the old `abort-controller` package differ. */
export function callSignal(signal: AbortSignal): CallSignal {
  return signal as unknown as CallSignal;
}

/** What an error says, for logs and receipts. Never the message of a network error: it has the URL, and the URL has the token. */
export function whyOf(error: unknown): string {
  if (error instanceof GrammyError) return clip(`${error.error_code} ${error.description}`, MAX_WHY);
  if (!(error instanceof HttpError)) return whyOfAny(error);
  if (error.error instanceof NotTelegram) return `HTTP ${error.error.status}, not from Telegram`;
  return (
    wireCode(error) ?? (error.error instanceof NotConnected ? 'no connection in time' : 'no usable answer')
  );
}

/** The wait Telegram asks for, in milliseconds. */
export function retryAfterMs(error: unknown): number | undefined {
  const seconds = error instanceof GrammyError ? error.parameters.retry_after : undefined;
  return seconds === undefined ? undefined : seconds * 1000;
}

/** Telegram does not know the token: 401 when it is well formed, 404 when it is not. */
export function isBadToken(error: unknown): boolean {
  return error instanceof GrammyError && (error.error_code === 401 || error.error_code === 404);
}

/** Another process polls with this token, or a webhook stands. */
export function isConflict(error: unknown): boolean {
  return error instanceof GrammyError && error.error_code === 409;
}

/** What a failed send means for the delivery. The one place where Telegram's errors are judged. */
export function receiptOf(error: unknown, log: Log): Receipt {
  const why = whyOf(error);
  if (!(error instanceof GrammyError)) return wireReceipt(error, why);
  if (isBadToken(error)) {
    log.error('Telegram refuses the bot token: check it with @BotFather', { why });
    return { outcome: 'retry', afterMs: BAD_TOKEN_WAIT_MS, scope: 'bot', why };
  }
  if (error.error_code === 429) {
    // Telegram does not say whether the chat's or the bot's limit was met: this chat waits, the others find out.
    const afterMs = retryAfterMs(error) ?? NAMELESS_WAIT_MS;
    return { outcome: 'retry', afterMs, scope: 'place', why };
  }
  if (error.error_code >= 500) return { outcome: 'unknown', why };
  return refusal(error, why);
}

/** What never came to Telegram was certainly not done; what got no answer of Telegram's may have been. */
function wireReceipt(error: unknown, why: string): Receipt {
  const inner = error instanceof HttpError ? error.error : error;
  if (inner instanceof NotConnected) return { outcome: 'retry', afterMs: CONNECT_WAIT_MS, scope: 'bot', why };
  const turnedAway = inner instanceof NotTelegram && inner.status >= 300 && inner.status < 500;
  if (turnedAway) return { outcome: 'retry', afterMs: NOT_TELEGRAM_WAIT_MS, scope: 'bot', why };
  return { outcome: 'unknown', why };
}

/** Telegram's wordings, as collected in github.com/TelegramBotAPI/errors; there are no finer codes. */
const GONE =
  /chat not found|user not found|PEER_ID_INVALID|deactivated|can't initiate|kicked|not a member|was deleted|upgraded|message thread not found|TOPIC_DELETED|TOPIC_ID_INVALID/i;
const MAY_NOT = /rights|WRITE_FORBIDDEN|RESTRICTED|TOPIC_CLOSED/i;
const UNCHANGED = /message is not modified|TOPIC_NOT_MODIFIED/i;
const NO_MESSAGE = /message to (?:delete|edit|react|pin) not found|MESSAGE_ID_INVALID/i;

/** It is as it was to become. */
export function isUnchanged(error: unknown): boolean {
  return error instanceof GrammyError && UNCHANGED.test(error.description);
}

/** The message of ours is no longer there. */
export function isNoMessage(error: unknown): boolean {
  return error instanceof GrammyError && NO_MESSAGE.test(error.description);
}

/** The message is a file with a caption. */
export function hasNoText(error: unknown): boolean {
  return error instanceof GrammyError && /no text in the message/i.test(error.description);
}

/** Where the group went, when it was upgraded to a supergroup. */
export function movedTo(error: unknown): number | undefined {
  return error instanceof GrammyError ? error.parameters.migrate_to_chat_id : undefined;
}

function refusal(error: GrammyError, why: string): Receipt {
  const moved = error.parameters.migrate_to_chat_id;
  if (moved !== undefined) return { outcome: 'refused', code: 'gone', why: `${why} (now chat ${moved})` };
  if (/blocked by the user/i.test(error.description)) return { outcome: 'refused', code: 'blocked', why };
  if (GONE.test(error.description)) return { outcome: 'refused', code: 'gone', why };
  const may = error.error_code !== 403 && !MAY_NOT.test(error.description);
  return { outcome: 'refused', code: may ? 'invalid' : 'forbidden', why };
}
