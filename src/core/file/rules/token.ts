import { createHmac, timingSafeEqual } from 'node:crypto';

/** The shape of a token: the file's id, when it expires (s since the epoch), both in base 36, and 32 bytes of HMAC-SHA-256. */
const SHAPE = /^([0-9a-z]{1,11})\.([0-9a-z]{1,8})\.([\w-]{43})$/;

/** A token that lets whoever has it read one file until it expires. */
export function signToken(id: number, expires: Date, secret: Uint8Array): string {
  const claim = `${id.toString(36)}.${Math.floor(expires.getTime() / 1000).toString(36)}`;
  return `${claim}.${mac(claim, secret).toString('base64url')}`;
}

/** The id in a token that was signed with the secret and has not expired at `now`; undefined for every other text. */
export function readToken(token: string, now: Date, secret: Uint8Array): number | undefined {
  const parts = SHAPE.exec(token);
  if (parts === null) return undefined;
  const [, id = '', expires = '', given = ''] = parts;
  const right = mac(`${id}.${expires}`, secret);
  const typed = Buffer.from(given, 'base64url');
  if (typed.length !== right.length || !timingSafeEqual(typed, right)) return undefined;
  return now.getTime() < Number.parseInt(expires, 36) * 1000 ? Number.parseInt(id, 36) : undefined;
}

/** The purpose stands in front, so that nothing else signed with the secret is ever a token. */
function mac(claim: string, secret: Uint8Array): Buffer {
  return createHmac('sha256', secret).update(`file-link:v1:${claim}`).digest();
}
