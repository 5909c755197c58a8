/** Who is behind a handle. */
export type { HandleRow } from './model.ts';
export { handleFrom, nameOf, recognise } from './recognise.ts';
