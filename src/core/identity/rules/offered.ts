import { codeIn } from '../../rules/code.ts';

/** Characters of a code from the client area: 80 bits. */
export const STRONG_LENGTH = 16;
/** Characters of a code that is mailed: 40 bits, for one handle alone, with few guesses. */
export const MAIL_LENGTH = 8;

/** The payload of a link: 32 random bytes in base64url. */
const TOKEN = /^[A-Za-z0-9_-]{43}$/;

/** What was typed, or came with a link: an address, something that may be a code, or neither. */
export type Offered =
  | { readonly kind: 'address'; readonly address: string }
  | { readonly kind: 'code'; readonly code: string }
  | { readonly kind: 'nothing' };

/** Longest text that is looked at: an address of 254 characters with some spaces around it. */
const LONGEST = 300;
/** One @ between what has no space and no control character; the rest is for the mail server to say. */
const ADDRESS = /^[^\s@<>,;:"()[\]\\]{1,64}@[^\s@<>,;:"()[\]\\]{1,189}$/u;

/** Reads what a person offers as proof: the token of a link counts as it is, a typed code as it reads. */
export function offeredIn(typed: string): Offered {
  const text = typed.trim().slice(0, LONGEST);
  if (text.includes('@'))
    return ADDRESS.test(text) ? { kind: 'address', address: text.toLowerCase() } : { kind: 'nothing' };
  if (TOKEN.test(text)) return { kind: 'code', code: text };
  const code = codeIn(text, [STRONG_LENGTH, MAIL_LENGTH]);
  return code === undefined ? { kind: 'nothing' } : { kind: 'code', code };
}
