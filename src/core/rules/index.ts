/** Rules that several features share. */
export { codeFrom, codeIn, grouped } from './code.ts';
export { fingerprint } from './fingerprint.ts';
