import { createHmac, timingSafeEqual } from 'node:crypto';
import type { AlertRequest } from '../../core/index.ts';

/**
 * Standard Webhooks (https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md): `webhook-signature` holds one or
 * several `v1,` with the HMAC-SHA256 of `id.timestamp.body` in base64; the key is what stands behind `whsec_`, in base64.
 */

/** Seconds a request may be old, or ahead, as in the reference libraries (`libraries/javascript/src/index.ts`). */
const WINDOW = 300;
/** Signatures that are looked at: a sender that changes its secret sends two. */
const MOST = 10;

/** What a request says of its signature. */
export interface SignedClaim {
  readonly id: string;
  readonly timestamp: string;
  readonly isInTime: boolean;
  readonly signatures: readonly Buffer[];
}

/** Whether a source signs, by the form of its secret. */
export function isSigning(secret: string): boolean {
  return secret.startsWith('whsec_');
}

/** What the headers claim; undefined when they are not those of a signature. */
export function claimOf({ headers, now }: AlertRequest): SignedClaim | undefined {
  const [id, timestamp, signature] = [
    headers['webhook-id'],
    headers['webhook-timestamp'],
    headers['webhook-signature'],
  ];
  if (id === undefined || timestamp === undefined || signature === undefined) return undefined;
  const isWhole = /^[\w-]{1,200}$/.test(id) && /^[1-9]\d{0,11}$/.test(timestamp);
  const isInTime = isWhole && Math.abs(now.getTime() / 1000 - Number(timestamp)) <= WINDOW;
  const signatures = signature
    .split(' ', MOST)
    .flatMap(one => (one.startsWith('v1,') ? [Buffer.from(one.slice(3), 'base64')] : []));
  return { id, timestamp, isInTime, signatures };
}

/** Whether one of the signatures is that of the body by this secret. All are compared, in constant time. */
export function isSignedBy(
  { id, timestamp, signatures }: SignedClaim,
  body: string,
  secret: string,
): boolean {
  const key = Buffer.from(secret.slice('whsec_'.length), 'base64');
  const right = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest();
  return signatures.filter(one => one.length === right.length && timingSafeEqual(one, right)).length > 0;
}
