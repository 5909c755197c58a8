import { createHmac, timingSafeEqual } from 'node:crypto';

/** Who a link was made for: `c` a customer, `d` staff at their desk. */
export type Audience = 'c' | 'd';

/** The shape of a token: for whom, the file's id, when it expires (s since the epoch), both in base 36, and 32 bytes of HMAC-SHA-256. */
const SHAPE = /^([cd])([0-9a-z]{1,11})\.([0-9a-z]{1,8})\.([\w-]{43})$/;

/** A token that lets whoever has it read one file until it expires. */
export function signToken(id: number, audience: Audience, expires: Date, secret: Uint8Array): string {
  const claim = `${audience}${id.toString(36)}.${Math.floor(expires.getTime() / 1000).toString(36)}`;
  return `${claim}.${mac(claim, secret).toString('base64url')}`;
}

/** What is in a token that was signed with the secret and has not expired at `now`; undefined for every other text. */
export function readToken(
  token: string,
  now: Date,
  secret: Uint8Array,
): { readonly id: number; readonly audience: Audience } | undefined {
  const parts = SHAPE.exec(token);
  if (parts === null) return undefined;
  const [, audience = '', id = '', expires = '', given = ''] = parts;
  const right = mac(`${audience}${id}.${expires}`, secret);
  const typed = Buffer.from(given, 'base64url');
  if (typed.length !== right.length || !timingSafeEqual(typed, right)) return undefined;
  if (now.getTime() >= Number.parseInt(expires, 36) * 1000) return undefined;
  return { id: Number.parseInt(id, 36), audience: audience === 'd' ? 'd' : 'c' };
}

/** The purpose stands in front, so that nothing else signed with the secret is ever a token. */
function mac(claim: string, secret: Uint8Array): Buffer {
  return createHmac('sha256', secret).update(`file-link:v1:${claim}`).digest();
}
