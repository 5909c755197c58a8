/** Crockford's base 32: no letter that looks like a digit (https://www.crockford.com/base32.html). */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** Characters of a code from the client area: 80 bits. */
export const STRONG_LENGTH = 16;
/** Characters of a code that is mailed: 40 bits, for one handle alone, with few guesses. */
export const MAIL_LENGTH = 8;

/** A code of that length from random bytes, one for each character. */
export function codeFrom(bytes: Uint8Array, length: number): string {
  return [...bytes.subarray(0, length)].map(byte => ALPHABET[byte % 32]).join('');
}

/** A code as it is shown: in groups of four. */
export function grouped(code: string): string {
  return (code.match(/.{1,4}/g) ?? []).join('-');
}

/** What somebody typed as the code it stands for: case, spaces and dashes do not matter, O is 0, I and L are 1. */
export function codeIn(typed: string): string {
  return typed
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s\p{Pd}]/gu, '')
    .replaceAll('O', '0')
    .replace(/[IL]/g, '1');
}

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
  const code = codeIn(text);
  if (TOKEN.test(text)) return { kind: 'code', code: text };
  if (code.length !== STRONG_LENGTH && code.length !== MAIL_LENGTH) return { kind: 'nothing' };
  return [...code].every(letter => ALPHABET.includes(letter)) ? { kind: 'code', code } : { kind: 'nothing' };
}
