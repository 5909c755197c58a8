/** Who is behind a handle. */
export { acquaint } from './acquaint.ts';
export { languageOf } from './language.ts';
export type { HandleRow } from './model.ts';
export { nameOf, recognise } from './recognise.ts';
