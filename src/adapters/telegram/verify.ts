import { createHash, timingSafeEqual } from 'node:crypto';
import type { RawRequest } from '../../core/index.ts';

/** The header that carries the secret given to `setWebhook`. */
const SECRET_HEADER = 'x-telegram-bot-api-secret-token';

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/**
 * Whether the request carries our secret; compared in constant time. Without a secret of ours nothing is genuine. Telegram signs
 * neither a time nor the body, so there is no staleness to check: replays are caught by the update's id when it is stored.
 */
export function isGenuine(request: RawRequest, secret: string | undefined): boolean {
  const given = request.headers[SECRET_HEADER];
  if (secret === undefined || secret === '' || given === undefined) return false;
  return timingSafeEqual(digest(given), digest(secret));
}
