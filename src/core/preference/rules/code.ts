/** Crockford's base 32: no letter that looks like a digit (https://www.crockford.com/base32.html). */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
/** Characters of a code: 80 bits, so that whoever has none can only have it from the mail. */
export const CODE_LENGTH = 16;

/** A code from random bytes, one for each character. */
export function codeFrom(bytes: Uint8Array): string {
  return [...bytes.subarray(0, CODE_LENGTH)].map(byte => ALPHABET[byte % 32]).join('');
}

/** A code as it is shown: in groups of four. */
export function grouped(code: string): string {
  return (code.match(/.{1,4}/g) ?? []).join('-');
}

/** The code that was typed or came with a link; undefined for what cannot be one. Case, spaces and dashes do not matter. */
export function codeIn(typed: string): string | undefined {
  if (typed.length > 60) return undefined;
  const code = typed
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s\p{Pd}]/gu, '')
    .replaceAll('O', '0')
    .replace(/[IL]/g, '1');
  return code.length === CODE_LENGTH && [...code].every(letter => ALPHABET.includes(letter))
    ? code
    : undefined;
}
