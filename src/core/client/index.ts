/** The page of one's own: whoever is signed in there does what the chats let them do, by the same verbs and the same rules. */
export type { Done } from './act.ts';
export { createWebChannel } from './channel.ts';
export { type ClientApi, createClient, MESSAGE, type Opened, type SentOnce } from './client.ts';
export { keepClient } from './keep.ts';
export type { OwnIdentity, OwnPlace, OwnRoute, OwnSettings } from './settings.ts';
export type { OwnFile, OwnMessage, OwnTicket, OwnTickets, OwnTicketView } from './tickets.ts';
export type { FormFiles } from './uploads.ts';
