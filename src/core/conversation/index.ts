/** What comes in: each event once, in order within its place. */
export { type Accepted, accept } from './accept.ts';
export { createHolds } from './holds.ts';
export { createInbox, type Inbox } from './inbox.ts';
export { createLookBack, type LookBack } from './look-back.ts';
