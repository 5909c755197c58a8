/** Tickets: requests with a life. */
export { claim } from './claim.ts';
export type { Reactions } from './events.ts';
export { lockOwnTicket, lockTicket, readNumber } from './fetch.ts';
export { createFilings, type Filings } from './filings.ts';
export {
  keepFirstReply,
  passToCustomer,
  passToDesks,
  passToOtherDesks,
  showCards,
  tellCustomerOfMove,
  tellDeskOfClose,
} from './follow.ts';
export { listOwn, type TicketLine } from './list.ts';
export type { Move, TicketRequest, TicketRow, TicketState, Utterance } from './model.ts';
export { move } from './move.ts';
export { note, noteIn } from './note.ts';
export { deskChannels, type Opened, type Opening, open, openInChat } from './open.ts';
export { raisePosts } from './raise.ts';
export { reply } from './reply.ts';
export { showOwn, type TicketView } from './show.ts';
export { write } from './write.ts';
