/** Rules that several features share. */
export { codeFrom, codeIn, grouped } from './code.ts';
