import { createHash, randomBytes } from 'node:crypto';

/** What every key begins with, so that people and scanners of leaked secrets know it. */
const MARK = 'sd_';
/** A key has 256 bits of chance: there is nothing to guess, so a fast hash keeps it. */
const BYTES = 32;
const KEY = /^sd_[A-Za-z0-9_-]{43}$/;

/** A new key, in the base64url alphabet. */
export function newSecret(): string {
  return MARK + randomBytes(BYTES).toString('base64url');
}

/** Its beginning, for people: tells keys apart and gives nothing away. */
export function hintOf(secret: string): string {
  return secret.slice(0, MARK.length + 6);
}

/** The hash under which it is kept; undefined for what was never a key. */
export function hashOf(secret: string): Buffer | undefined {
  return KEY.test(secret) ? createHash('sha256').update(secret).digest() : undefined;
}
