/** The port and its words. */
export * from './classes.ts';
export type * from './model.ts';
