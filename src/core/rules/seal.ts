import { createHmac, timingSafeEqual } from 'node:crypto';

/** What a seal is made of: 32 bytes of HMAC-SHA-256, in base64url. */
const SEAL = /^([\w.-]{1,200})\.([\w-]{43})$/;

/** A claim (of `A-Z a-z 0-9 _ . -`, at most 200) that nobody else can have made; only whoever has the secret and names the same purpose takes it. */
export function seal(purpose: string, claim: string, secret: Uint8Array): string {
  return `${claim}.${mac(purpose, claim, secret).toString('base64url')}`;
}

/** The claim in a text that `seal` made for this purpose; undefined for every other text. */
export function unseal(purpose: string, text: string, secret: Uint8Array): string | undefined {
  const [, claim = '', given = ''] = SEAL.exec(text) ?? [];
  const right = mac(purpose, claim, secret);
  const typed = Buffer.from(given, 'base64url');
  return typed.length === right.length && timingSafeEqual(typed, right) ? claim : undefined;
}

/** The purpose stands in front, so that nothing else signed with the secret is ever taken for it. */
function mac(purpose: string, claim: string, secret: Uint8Array): Buffer {
  return createHmac('sha256', secret).update(`${purpose}:v1:${claim}`).digest();
}
