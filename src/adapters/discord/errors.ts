import { DiscordAPIError, HTTPError, RateLimitError } from '@discordjs/rest';
import { clip, whyOf as wireWhy } from '../../core/index.ts';

/** The call ended before its request left: it stood in the SDK's queue for too long. */
export class NotSentError extends Error {
  override readonly name = 'NotSentError';

  constructor() {
    super('the request did not leave in time');
  }
}

/** A refusal that is not Discord's own: of Cloudflare, or of another proxy before it. */
export class EdgeError extends Error {
  override readonly name = 'EdgeError';
  readonly status: number;
  /** What it asks to wait, seconds; 0 when it names no time. */
  readonly retryAfter: number;

  constructor(status: number, retryAfter: number) {
    super(`HTTP ${status} from before Discord`);
    this.status = status;
    this.retryAfter = Number.isFinite(retryAfter) ? retryAfter : 0;
  }
}

/** True for the body of a refusal by Discord itself: an object with a numeric `code`; a rate limit with its two fields (Rate Limit Response). */
export function isDiscords(status: number, body: Uint8Array): boolean {
  let said: unknown;
  try {
    said = JSON.parse(Buffer.from(body).toString());
  } catch {
    return false;
  }
  if (typeof said !== 'object' || said === null) return false;
  if (status !== 429) return Number.isFinite(Reflect.get(said, 'code'));
  return (
    Number.isFinite(Reflect.get(said, 'retry_after')) && typeof Reflect.get(said, 'global') === 'boolean'
  );
}

/** Discord's JSON error code in an error, if it is one. */
export function codeOf(error: unknown): number | undefined {
  return error instanceof DiscordAPIError ? Number(error.code) : undefined;
}

/** An error in words that hold no token and no text of anybody: for logs and receipts. */
export function whyOf(error: unknown): string {
  if (error instanceof RateLimitError) return `rate limit on ${error.method} ${error.route}`;
  // The error's own message repeats the values of the faulty fields; that of the payload does not.
  if (error instanceof DiscordAPIError) return clip(`${error.status} ${error.code}: ${summary(error)}`, 200);
  if (error instanceof HTTPError) return `HTTP ${error.status}`;
  if (error instanceof EdgeError || error instanceof NotSentError) return error.message;
  return wireWhy(error);
}

function summary({ rawError }: DiscordAPIError): string {
  return 'message' in rawError ? rawError.message : rawError.error;
}
