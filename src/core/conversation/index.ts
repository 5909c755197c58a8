/** What comes in: each event once, in order within its place. */
export { type Accepted, accept } from './accept.ts';
export { close, escalateOwn, reopenOwn } from './ask.ts';
export { createHolds } from './holds.ts';
export { createInbox, type Inbox } from './inbox.ts';
export { createLookBack, type LookBack } from './look-back.ts';
export { revoke } from './me.ts';
export { pressNotify } from './notify.ts';
export { fillNotify } from './notify-form.ts';
