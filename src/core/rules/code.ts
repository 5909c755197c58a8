/**
 * Codes that people type: Crockford's base 32, in which no letter looks like a digit (https://www.crockford.com/base32.html). Five bits a
 * character: 16 of them, 80 bits, are only had by whoever was given them; 8 need few guesses and one who may guess.
 */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** A code of that length from random bytes, one for each character. */
export function codeFrom(bytes: Uint8Array, length: number): string {
  return [...bytes.subarray(0, length)].map(byte => ALPHABET[byte % 32]).join('');
}

/** A code as it is shown: in groups of four. */
export function grouped(code: string): string {
  return (code.match(/.{1,4}/g) ?? []).join('-');
}

/**
 * What somebody typed as the code that it stands for, of one of these lengths; undefined for what cannot be one. Case, spaces and dashes do
 * not matter, O is 0, I and L are 1.
 */
export function codeIn(typed: string, lengths: readonly number[]): string | undefined {
  if (typed.length > 60) return undefined;
  const code = typed
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s\p{Pd}]/gu, '')
    .replaceAll('O', '0')
    .replace(/[IL]/g, '1');
  return lengths.includes(code.length) && [...code].every(letter => ALPHABET.includes(letter))
    ? code
    : undefined;
}
