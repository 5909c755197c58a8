/** The desk: who is staff, and what they do in a ticket's post and with commands. */
export { type AtDesk, isDeskAction, pressAtDesk, speakAtDesk } from './act.ts';
export { asStaff, checkAssignee, currentRoles, isStaff } from './authorise.ts';
export { colleagues } from './colleagues.ts';
export { type Commanding, command } from './command.ts';
