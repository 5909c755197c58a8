import { DiscordAPIError, RateLimitError } from '@discordjs/rest';
import { RESTJSONErrorCodes as Code } from 'discord-api-types/v10';
import type { Log, Receipt, RefusedCode } from '../../core/index.ts';
import { isNeverSent } from '../../core/index.ts';
import { EdgeError, NotSentError, whyOf } from './errors.ts';

/** How long the bot waits when its token is refused: more refusals lead to a ban (10,000 in 10 min; Invalid Request Limit). */
const BAD_TOKEN_MS = 60_000;
/** How long a place waits for somebody to give the bot a permission. */
const PERMISSION_MS = 60_000;
/** How long the bot waits when something before Discord refuses it; a ban of Cloudflare lasts longer than a rate limit. */
const EDGE_MS = 60_000;
const EDGE_LIMIT_MS = 30_000;
/** When the platform gives no time to wait. */
const PAUSE_MS = 5_000;

/** What was attempted. */
export interface Step {
  /** Doing it twice is doing it once (edits, reactions): an outcome that is not known is simply tried again. */
  readonly repeatable: boolean;
  /** It makes a thread or a post: their rate is of all of them together. */
  readonly opens?: boolean;
  /** Files go with it. */
  readonly uploads?: boolean;
  /** The permissions it takes, as Discord's settings name them. */
  readonly needs: string;
}

const refusals: ReadonlyMap<number, RefusedCode> = new Map<number, RefusedCode>([
  [Code.UnknownChannel, 'gone'],
  [Code.UnknownGuild, 'gone'],
  [Code.CannotSendMessagesToThisUser, 'blocked'],
  [Code.CannotSendMessagesToThisUserDueToHavingNoMutualGuilds, 'blocked'],
  [Code.UserBannedFromThisGuild, 'forbidden'],
]);

/** Codes that whoever runs the server can mend. */
const mendable: ReadonlySet<number> = new Set([
  Code.MissingAccess,
  Code.MissingPermissions,
  Code.ThreadLocked,
  Code.TwoFactorAuthenticationIsRequired,
]);

/** Codes that mean "not now": milliseconds to wait where the platform gives none. */
const later: ReadonlyMap<number, number> = new Map<number, number>([
  [Code.ServiceResourceIsBeingRateLimited, PAUSE_MS],
  [Code.FeatureTemporarilyDisabledServerSide, 60_000],
  [Code.MaximumNumberOfEditsToMessagesOlderThanOneHourReached, 60_000],
  [Code.MaximumActiveThreads, 60_000],
]);

/** What an error of a call means for the delivery. What the operator can mend is an error in the log. */
export function receiptOf({ log }: { readonly log: Log }, error: unknown, step: Step): Receipt {
  const why = whyOf(error);
  if (error instanceof RateLimitError) return limited(error, why, step);
  if (error instanceof EdgeError && error.status === 413 && step.uploads)
    return { outcome: 'refused', code: 'invalid', why };
  if (error instanceof EdgeError) return { outcome: 'retry', afterMs: edgeWait(error), scope: 'bot', why };
  if (error instanceof DiscordAPIError) {
    if (!mendable.has(Number(error.code))) return answered(error, why);
    log.error('discord: the bot lacks a permission', { needs: `View Channel, ${step.needs}`, why });
    return { outcome: 'retry', afterMs: PERMISSION_MS, scope: 'place', why };
  }
  if (error instanceof NotSentError) return { outcome: 'retry', afterMs: PAUSE_MS, scope: 'place', why };
  if (isNeverSent(error)) return { outcome: 'retry', afterMs: PAUSE_MS, scope: 'bot', why };
  return step.repeatable
    ? { outcome: 'retry', afterMs: PAUSE_MS, scope: 'place', why }
    : { outcome: 'unknown', why };
}

function limited(error: RateLimitError, why: string, { opens }: Step): Receipt {
  const afterMs = Math.ceil(Math.max(error.timeToReset, error.retryAfter, error.sublimitTimeout, 50));
  return { outcome: 'retry', afterMs, scope: error.global ? 'bot' : opens ? 'opens' : 'place', why };
}

function edgeWait({ status, retryAfter }: EdgeError): number {
  return Math.max(status === 429 ? EDGE_LIMIT_MS : EDGE_MS, retryAfter * 1000);
}

function answered(error: DiscordAPIError, why: string): Receipt {
  const code = Number(error.code);
  const pause = later.get(code);
  if (pause !== undefined) return { outcome: 'retry', afterMs: pause, scope: 'place', why };
  if (error.status === 401 || code === Code.CloudflareIsBlockingYourRequest) {
    return { outcome: 'retry', afterMs: BAD_TOKEN_MS, scope: 'bot', why };
  }
  const known = refusals.get(code) ?? (error.status === 403 ? 'forbidden' : 'invalid');
  return { outcome: 'refused', code: known, why };
}
