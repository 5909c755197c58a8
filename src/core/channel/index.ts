/** The port and its words. */
export * from './classes.ts';
export type * from './model.ts';
export { backoff, isNeverSent, whyOf, wireCode } from './wire.ts';
