/** The only door of the core, from common to expert. */
export * from './channel/index.ts';
export type { Log } from './log.ts';
