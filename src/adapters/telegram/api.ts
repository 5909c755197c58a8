import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { Api, type ApiClientOptions, GrammyError, HttpError } from 'grammy';
import { clip, type Log, type Receipt } from '../../core/index.ts';
import type { TelegramConfig } from './config.ts';

const OFFICIAL = 'https://api.telegram.org';
/** How long a call may take. */
const CALL_SECONDS = 10;
/** How long Telegram holds an empty `getUpdates`, and how long we wait for it at most. */
export const POLL_SECONDS = 30;
const POLL_PATIENCE_SECONDS = POLL_SECONDS + CALL_SECONDS;
/** An idle connection is given up before Telegram gives it up: a message written on a dying one has an unknown fate. */
const IDLE_MS = 10_000;
const MAX_WHY = 200;
/** A wait longer than this, in seconds, is the whole bot's: one chat's waits are short. */
const LONGEST_PLACE_WAIT = 5;
const BAD_TOKEN_WAIT_MS = 60_000;
const CONNECT_WAIT_MS = 5_000;

/** The connection never came about, so nothing was sent. */
const NEVER_SENT = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'ENETUNREACH']);

/** grammY's clients, which neither retry nor queue: one for calls, and a patient one for long polls. */
export interface Clients {
  readonly calls: Api;
  readonly polls: Api;
}

/** Makes the clients. Telegram's own errors come out as `GrammyError`, everything else as `HttpError`. */
export function createClients({ token, apiRoot }: Pick<TelegramConfig, 'token' | 'apiRoot'>): Clients {
  const root = (apiRoot ?? OFFICIAL).replace(/\/+$/, '');
  const Agent = root.startsWith('https:') ? HttpsAgent : HttpAgent;
  const connection = { agent: new Agent({ keepAlive: true, timeout: IDLE_MS }), compress: true };
  const calls: ApiClientOptions = {
    apiRoot: root,
    timeoutSeconds: CALL_SECONDS,
    baseFetchConfig: connection,
  };
  return {
    calls: new Api(token, calls),
    polls: new Api(token, { apiRoot: root, timeoutSeconds: POLL_PATIENCE_SECONDS }),
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
  if (error instanceof HttpError) return networkCode(error) ?? 'no usable answer';
  return error instanceof Error ? error.name : 'unknown error';
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
  if (!(error instanceof GrammyError)) {
    const code = error instanceof HttpError ? networkCode(error) : undefined;
    if (code !== undefined && NEVER_SENT.has(code))
      return { outcome: 'retry', afterMs: CONNECT_WAIT_MS, scope: 'bot', why };
    return { outcome: 'unknown', why };
  }
  if (isBadToken(error)) {
    log.error('Telegram refuses the bot token: check it with @BotFather', { why });
    return { outcome: 'retry', afterMs: BAD_TOKEN_WAIT_MS, scope: 'bot', why };
  }
  if (error.error_code === 429) {
    const seconds = error.parameters.retry_after ?? 1;
    const scope = seconds > LONGEST_PLACE_WAIT ? 'bot' : 'place';
    return { outcome: 'retry', afterMs: seconds * 1000, scope, why };
  }
  if (error.error_code >= 500) return { outcome: 'unknown', why };
  return refusal(error, why);
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

function networkCode({ error }: HttpError): string | undefined {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : undefined;
}
