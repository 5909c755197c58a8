import type { RequestData, ResponseLike } from 'discord.js';
import { RESTJSONErrorCodes as Code, DiscordAPIError, HTTPError, RateLimitError, REST } from 'discord.js';
import type { Receipt, RefusedCode } from '../../core/index.ts';
import { clip } from '../../core/index.ts';

/** Longest any call may take, answer included. */
const TIMEOUT_MS = 10_000;
/** How long the bot waits when its token is refused: more refusals lead to a ban (10,000 in 10 min; Invalid Request Limit). */
const BAD_TOKEN_MS = 60_000;
/** When the platform gives no time to wait. */
const PAUSE_MS = 5_000;

/** A route as `Routes` makes it. */
export type Route = `/${string}`;
/** What goes with a request. `token: false` for interactions, whose route is their right. */
export interface Sending {
  readonly body?: unknown;
  readonly query?: URLSearchParams;
  readonly token?: false;
}

/** Discord's REST API: one attempt for each call, no waiting; throws what `receiptOf` and `codeOf` read. */
export interface Api {
  readonly rest: REST;
  get(route: Route, query?: Readonly<Record<string, string>>): Promise<unknown>;
  post(route: Route, sending: Sending): Promise<unknown>;
  put(route: Route, sending?: Sending): Promise<unknown>;
  patch(route: Route, sending: Sending): Promise<unknown>;
  remove(route: Route): Promise<unknown>;
}

/** The SDK's client without its own retries and waits: the outbox does both. */
export function createApi(token: string, apiUrl: string | undefined): Api {
  const rest = new REST({
    version: '10',
    ...(apiUrl === undefined ? {} : { api: apiUrl }),
    retries: 0,
    timeout: TIMEOUT_MS,
    rejectOnRateLimit: () => true,
    makeRequest: request,
  });
  const call = (method: 'get' | 'post' | 'put' | 'patch' | 'delete', route: Route, options: RequestData) => {
    // After a 401 the SDK forgets the token for good, even if the platform errs for a minute only.
    rest.setToken(token);
    return rest[method](route, options);
  };
  const options = ({ body, token: auth }: Sending): RequestData => ({
    ...(body === undefined ? {} : { body }),
    ...(auth === false ? { auth: false } : {}),
  });
  return {
    rest: rest.setToken(token),
    get: (route, query) => call('get', route, query ? { query: new URLSearchParams(query) } : {}),
    post: (route, sending) => call('post', route, options(sending)),
    put: (route, sending = {}) => call('put', route, options(sending)),
    patch: (route, sending) => call('patch', route, options(sending)),
    remove: route => call('delete', route, {}),
  };
}

/**
 * The platform's `fetch` in place of the SDK's undici 6: Slack's SDK installs the global dispatcher of another undici, with
 * which the SDK's own requests with files fail. Reads the whole answer, so that the time limit covers it.
 */
async function request(
  url: string,
  init: { method?: string; headers?: unknown; body?: unknown; signal?: unknown },
): Promise<ResponseLike> {
  const late = AbortSignal.timeout(TIMEOUT_MS);
  const response = await fetch(url, {
    method: init.method ?? 'GET',
    headers: init.headers as Record<string, string>,
    body: (init.body ?? null) as string | FormData | null,
    signal: init.signal instanceof AbortSignal ? AbortSignal.any([init.signal, late]) : late,
  });
  const body = await response.arrayBuffer();
  const { status, statusText, headers } = response;
  return new Response(body.byteLength === 0 ? null : body, { status, statusText, headers }) as ResponseLike;
}

/** Discord's JSON error code in an error, if it is one. */
export function codeOf(error: unknown): number | undefined {
  return error instanceof DiscordAPIError ? Number(error.code) : undefined;
}

/** An error in words that hold no token and no text of anybody: for logs and receipts. */
export function whyOf(error: unknown): string {
  if (error instanceof RateLimitError) return `rate limit on ${error.method} ${error.route}`;
  if (error instanceof DiscordAPIError) return clip(`${error.status} ${error.code}: ${error.message}`, 200);
  if (error instanceof HTTPError) return `HTTP ${error.status}`;
  if (!(error instanceof Error)) return 'unknown error';
  return clip([error.name, wireCode(error) ?? error.message].filter(Boolean).join(': '), 200);
}

const refusals: ReadonlyMap<number, RefusedCode> = new Map<number, RefusedCode>([
  [Code.UnknownChannel, 'gone'],
  [Code.UnknownMessage, 'gone'],
  [Code.UnknownGuild, 'gone'],
  [Code.MissingAccess, 'forbidden'],
  [Code.MissingPermissions, 'forbidden'],
  [Code.CannotSendMessagesToThisUser, 'forbidden'],
  [Code.CannotSendMessagesToThisUserDueToHavingNoMutualGuilds, 'forbidden'],
  [Code.UserBannedFromThisGuild, 'forbidden'],
  [Code.ThreadLocked, 'forbidden'],
  [Code.InvalidFormBodyOrContentType, 'invalid'],
]);

/** Codes that mean "not now": milliseconds to wait where the platform gives none. */
const later: ReadonlyMap<number, number> = new Map<number, number>([
  [Code.ServiceResourceIsBeingRateLimited, PAUSE_MS],
  [Code.FeatureTemporarilyDisabledServerSide, 60_000],
  [Code.MaximumNumberOfEditsToMessagesOlderThanOneHourReached, 60_000],
  [Code.MaximumActiveThreads, 60_000],
]);

/**
 * What an error of a call means for the delivery. `repeatable`: doing it twice is doing it once (edits, reactions), so an
 * outcome that is not known is simply tried again.
 */
export function receiptOf(error: unknown, repeatable: boolean): Receipt {
  const why = whyOf(error);
  if (error instanceof RateLimitError) return limited(error, why);
  if (error instanceof DiscordAPIError) return answered(error, why);
  if (isNeverSent(error)) return { outcome: 'retry', afterMs: PAUSE_MS, scope: 'bot', why };
  return repeatable
    ? { outcome: 'retry', afterMs: PAUSE_MS, scope: 'place', why }
    : { outcome: 'unknown', why };
}

function limited(error: RateLimitError, why: string): Receipt {
  const afterMs = Math.ceil(Math.max(error.timeToReset, error.retryAfter, error.sublimitTimeout, 50));
  return { outcome: 'retry', afterMs, scope: error.global ? 'bot' : 'place', why };
}

function answered(error: DiscordAPIError, why: string): Receipt {
  const code = Number(error.code);
  const pause = later.get(code);
  if (pause !== undefined) return { outcome: 'retry', afterMs: pause, scope: 'place', why };
  if (error.status === 401 || code === Code.CloudflareIsBlockingYourRequest) {
    return { outcome: 'retry', afterMs: BAD_TOKEN_MS, scope: 'bot', why };
  }
  const known = refusals.get(code) ?? (error.status === 403 ? 'forbidden' : undefined);
  return { outcome: 'refused', code: known ?? (error.status === 404 ? 'gone' : 'invalid'), why };
}

/** The system's or undici's code of an error on the wire, however deep it lies. */
function wireCode(error: Error): string | undefined {
  for (let at: unknown = error; at instanceof Error; at = at.cause) {
    if ('code' in at && typeof at.code === 'string') return at.code;
  }
  return undefined;
}

const NEVER_SENT =
  /^(?:ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|UND_ERR_CONNECT_TIMEOUT|CERT_.*|ERR_TLS_.*|.*_CERT.*)$/;

/** True when the request cannot have reached the platform. */
function isNeverSent(error: unknown): boolean {
  return error instanceof Error && NEVER_SENT.test(wireCode(error) ?? '');
}
