import { createHash, randomBytes } from 'node:crypto';

/** 32 random bytes in base64url. */
const SECRET = /^[\w-]{43}$/;

/** Something that nobody can guess: 256 bits. */
export function newSecret(): string {
  return randomBytes(32).toString('base64url');
}

/** What is kept of a secret, for one purpose only; undefined for every text that is none. */
export function hashOf(
  purpose: 'link' | 'session' | 'browser' | 'token',
  secret: string,
): Buffer | undefined {
  if (purpose !== 'token' && !SECRET.test(secret)) return undefined;
  return createHash('sha256').update(`${purpose}:v1:${secret}`).digest();
}
