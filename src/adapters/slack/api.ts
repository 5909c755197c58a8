/** The Web API client, and the one place where an error becomes a receipt. */
import { type Logger, LogLevel, webApi } from '@slack/bolt';
import { isNeverSent, type Log, type Receipt, whyOf, wireCode } from '../../core/index.ts';
import { SLACK_API, type SlackConfig } from './config.ts';
import { fetchFor } from './wire.ts';

/** Every call: milliseconds until its outcome is unknown. Connecting is given up after 10 s, which says that nothing was sent. */
const TIMEOUT = 12_000;
/** How long is waited for what somebody has to mend: a token, a scope. */
const MENDING_WAIT = 60_000;
/** How long when Slack cannot be reached, or says that it is out of service. */
const DOWN_WAIT = 5_000;

/** The client with its own retries and its own waiting switched off: the outbox does both. */
export function createWeb(config: SlackConfig): webApi.WebClient {
  return new webApi.WebClient(config.botToken, {
    slackApiUrl: config.apiUrl ?? SLACK_API,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    timeout: TIMEOUT,
    fetch: fetchFor(TIMEOUT),
    // The outbox holds back; what must be answered within 3 s must not stand in a queue of the client.
    maxRequestConcurrency: Number.POSITIVE_INFINITY,
    logger: sdkLogger(config.log),
  });
}

/** The SDK's words for the operator: only its errors, for whatever else it says is in our receipts (and may hold texts). */
export function sdkLogger(log: Log): Logger {
  const silent = (): void => undefined;
  return {
    debug: silent,
    info: silent,
    warn: silent,
    error: (...words: unknown[]) =>
      log.error('slack sdk', { said: words.map(String).join(' ').slice(0, 300) }),
    setLevel: silent,
    getLevel: () => LogLevel.ERROR,
    setName: silent,
  };
}

const set = (words: string): ReadonlySet<string> => new Set(words.split(' '));
// The codes: https://docs.slack.dev/reference/methods/chat.postMessage#errors
const gone = set('channel_not_found user_not_found user_disabled users_not_found thread_not_found');
const forbidden = set(
  'cannot_dm_bot access_denied ekm_access_denied channel_is_limited_access not_allowed_token_type as_user_not_supported ' +
    'two_factor_setup_required',
);
/** For `is_inactive` see https://docs.slack.dev/reference/methods/chat.update#errors: "within a frozen, archived or deleted channel". */
const ARCHIVED = 'the channel is archived: unarchive it and invite the app, or choose another';
/** What the operator can mend, and how; until then it is tried again. */
const remedies: Readonly<Record<string, string>> = {
  missing_scope: 'the app lacks a scope: add it under OAuth & Permissions and install the app again',
  no_permission: 'the app may not post there: look at its scopes, and at who may post in the channel',
  is_archived: ARCHIVED,
  is_inactive: ARCHIVED,
  not_in_channel: 'the app is not in the channel: invite it there',
  messages_tab_disabled: 'people cannot write to the app: allow messages under App Home, Messages Tab',
  not_enabled: 'the app has no page of its own: turn on the Home Tab under App Home',
  team_access_not_granted:
    'the app is not allowed in the workspace: an administrator of the organisation must grant it',
};
const badToken = set(
  'invalid_auth not_authed token_revoked token_expired account_inactive org_login_required',
);
const waiting = set('ratelimited rate_limited message_limit_exceeded');
/** Certainly not done. */
const notDone = set('service_unavailable request_timeout team_added_to_org accesslimited');
/** "It's possible some aspect of the operation succeeded before the error was raised." */
const half = set('internal_error fatal_error');

/** What became of a call that sends something and failed. Never throws. */
export function receiptOf(error: unknown, log: Log): Receipt {
  if (error instanceof webApi.WebAPIRateLimitedError)
    return { outcome: 'retry', afterMs: error.retryAfter * 1000, scope: 'place', why: 'ratelimited' };
  if (error instanceof webApi.WebAPIPlatformError) return ofCode(error.data, log);
  if (error instanceof webApi.WebAPIHTTPError) {
    const why = `HTTP ${error.statusCode}`;
    // Slack itself answers 200 or 429: a 4xx comes from something in front of it, which did not let the call through.
    return error.statusCode >= 500
      ? { outcome: 'unknown', why }
      : { outcome: 'retry', afterMs: MENDING_WAIT, scope: 'bot', why };
  }
  if (error instanceof webApi.WebAPIRequestError) {
    const why = networkCode(error);
    return isNeverSent(error)
      ? { outcome: 'retry', afterMs: DOWN_WAIT, scope: 'bot', why }
      : { outcome: 'unknown', why };
  }
  // The SDK has no class for a 429 whose Retry-After it cannot read.
  if (error instanceof Error && error.message.startsWith('Retry header'))
    return { outcome: 'retry', afterMs: 30_000, scope: 'place', why: '429' };
  return { outcome: 'unknown', why: whyOf(error) };
}

type PlatformData = { readonly error: string; readonly needed?: unknown };

function ofCode({ error: code, needed }: PlatformData, log: Log): Receipt {
  if (badToken.has(code)) {
    log.error('slack refuses the bot token: check SLACK_BOT_TOKEN and that the app is installed', { code });
    return {
      outcome: 'retry',
      afterMs: MENDING_WAIT,
      scope: 'bot',
      why: `the bot token is refused: ${code}`,
    };
  }
  const remedy = Object.hasOwn(remedies, code) ? remedies[code] : undefined;
  if (remedy !== undefined) {
    log.error(`slack: ${remedy}`, { code, ...(typeof needed === 'string' && { needed }) });
    return { outcome: 'retry', afterMs: MENDING_WAIT, scope: 'place', why: code };
  }
  if (waiting.has(code)) return { outcome: 'retry', afterMs: 30_000, scope: 'place', why: code };
  if (notDone.has(code)) return { outcome: 'retry', afterMs: DOWN_WAIT, scope: 'bot', why: code };
  if (half.has(code)) return { outcome: 'unknown', why: code };
  if (gone.has(code)) return { outcome: 'refused', code: 'gone', why: code };
  if (forbidden.has(code) || /restricted|denied|not_allowed/.test(code))
    return { outcome: 'refused', code: 'forbidden', why: code };
  return { outcome: 'refused', code: 'invalid', why: code };
}

/** True when Slack says that the place, or the person, of a call is no longer there for the bot. */
export function isGone(error: unknown): boolean {
  return error instanceof webApi.WebAPIPlatformError && gone.has(error.data.error);
}

/** The system's code of a failed request, or that it took too long. */
function networkCode(error: webApi.WebAPIRequestError): string {
  return wireCode(error) ?? (error.original.name === 'TimeoutError' ? 'timeout' : 'network error');
}

/** Short words for a log: the platform's code, never a token or a text. */
export function wordsFor(error: unknown): string {
  if (error instanceof webApi.WebAPIPlatformError) return error.data.error;
  if (error instanceof webApi.WebAPIRequestError) return networkCode(error);
  if (error instanceof webApi.WebAPIHTTPError) return `HTTP ${error.statusCode}`;
  return whyOf(error);
}
