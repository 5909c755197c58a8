/** Who is behind a handle. */
export type { HandleRow } from './model.ts';
export { nameOf, recognise } from './recognise.ts';
