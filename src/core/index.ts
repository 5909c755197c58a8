/** The only door of the core, from common to expert. */

// The port, for adapters
export * from './channel/index.ts';
// Building a desk
export { createDesk, type Desk, type DeskParts, type Health } from './desk.ts';
// Files: what the machine brings
export type { FileHouse, FileStore, OpenedFile, Scan, ScanResult } from './file/index.ts';
export type { LinkToken, LinkTokens, TokenOptions } from './identity/index.ts';
export type { Log } from './log.ts';
export type { Erased, ExportOptions, PersonExport } from './person/index.ts';
export { type Policy, type PolicyResult, readPolicy } from './policy/index.ts';
// Text and words
export * from './text/index.ts';
