/** The desk: who is staff, and what they do in a ticket's post. */
export { type AtDesk, pressAtDesk, speakAtDesk } from './act.ts';
export { currentRoles } from './authorise.ts';
