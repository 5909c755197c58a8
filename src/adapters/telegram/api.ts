import { Api, type ApiClientOptions, GrammyError, HttpError } from 'grammy';
import { clip, type Log, type Receipt, whyOf as whyOfAny, wireCode } from '../../core/index.ts';
import type { TelegramConfig } from './config.ts';
import { createFetch, NotConnected, NotTelegram } from './wire.ts';

const OFFICIAL = 'https://api.telegram.org';
/** How long a call may take. */
const CALL_SECONDS = 10;
/** How long Telegram holds an empty `getUpdates`, and how long we wait for it at most. */
export const POLL_SECONDS = 30;
const POLL_PATIENCE_SECONDS = POLL_SECONDS + CALL_SECONDS;

const MAX_WHY = 200;
const BAD_TOKEN_WAIT_MS = 60_000;
/** Something in front of Telegram does not let the calls through: somebody has to mend that. */
const NOT_TELEGRAM_WAIT_MS = 60_000;
const CONNECT_WAIT_MS = 5_000;
/** The wait after a 429 that names none. */
const NAMELESS_WAIT_MS = 1_000;

/** grammY's clients, which neither retry nor queue: one for calls, and a patient one for long polls. */
export interface Clients {
  readonly calls: Api;
  readonly polls: Api;
}

/** Makes the clients. Telegram's own errors come out as `GrammyError`, everything else as `HttpError`. */
export function createClients({ token, apiRoot }: Pick<TelegramConfig, 'token' | 'apiRoot'>): Clients {
  const root = (apiRoot ?? OFFICIAL).replace(/\/+$/, '');
  const options: ApiClientOptions = { apiRoot: root, fetch: createFetch(root) };
  return {
    calls: new Api(token, { ...options, timeoutSeconds: CALL_SECONDS }),
    polls: new Api(token, { ...options, timeoutSeconds: POLL_PATIENCE_SECONDS }),
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
  const inner = error instanceof HttpError ? error.error : undefined;
  if (inner instanceof NotConnected) return { outcome: 'retry', afterMs: CONNECT_WAIT_MS, scope: 'bot', why };
  const turnedAway = inner instanceof NotTelegram && inner.status >= 300 && inner.status < 500;
  if (turnedAway) return { outcome: 'retry', afterMs: NOT_TELEGRAM_WAIT_MS, scope: 'bot', why };
  return { outcome: 'unknown', why };
}

/** Telegram's wordings, as collected in github.com/TelegramBotAPI/errors; there are no finer codes. */
const GONE =
  /chat not found|user not found|PEER_ID_INVALID|deactivated|can't initiate|kicked|not a member|was deleted|upgraded/i;
const MAY_NOT = /rights|WRITE_FORBIDDEN|RESTRICTED/i;

function refusal(error: GrammyError, why: string): Receipt {
  const moved = error.parameters.migrate_to_chat_id;
  if (moved !== undefined) return { outcome: 'refused', code: 'gone', why: `${why} (now chat ${moved})` };
  if (/blocked by the user/i.test(error.description)) return { outcome: 'refused', code: 'blocked', why };
  if (GONE.test(error.description)) return { outcome: 'refused', code: 'gone', why };
  const may = error.error_code !== 403 && !MAY_NOT.test(error.description);
  return { outcome: 'refused', code: may ? 'invalid' : 'forbidden', why };
}
