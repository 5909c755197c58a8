/** Tickets: requests with a life. */

export { addDetails } from './add-details.ts';
export {
  actorName,
  promisedBy,
  tellCustomerOfEscalation,
  tellCustomerOfPriority,
  tellCustomerOfTransfer,
  tellDeskOfAssignment,
  tellDeskOfEscalation,
  tellDeskOfPriority,
  tellDeskOfTransfer,
  whenSaid,
} from './announce.ts';
export { askProof } from './ask-proof.ts';
export { isAsker } from './asker.ts';
export { assign } from './assign.ts';
export { awaitedOf, awaitMessage } from './awaited.ts';
export { claim } from './claim.ts';
export { edit } from './edit.ts';
export { escalate } from './escalate.ts';
export type { EventOf, OpeningTimers, Reactions } from './events.ts';
export { lockOwnTicket, lockTicket, readNumber } from './fetch.ts';
export { createFilings, type Filings } from './filings.ts';
export { showFolded } from './folded.ts';
export {
  passToCustomer,
  passToDesks,
  passToOtherDesks,
  showCards,
  showHome,
  tellCustomerOfMove,
  tellDeskOfClose,
} from './follow.ts';
export { passFilesToCustomer, passFilesToDesks, tellOfRefusedFiles } from './follow-files.ts';
export { type DeskView, inspect } from './inspect.ts';
export { lockMessage } from './known.ts';
export { putAtLevel } from './level.ts';
export { listOwn, listSeen, type TicketLine, visibleTo } from './list.ts';
export { makeTicket } from './make-ticket.ts';
export type { Move, TicketRequest, TicketRow, TicketState, Utterance } from './model.ts';
export { move } from './move.ts';
export { note, noteIn } from './note.ts';
export { deskChannels, type Opened, type Opening, type OpeningLetter, open, openInChat } from './open.ts';
export { passFiles } from './pass-files.ts';
export { prioritise } from './prioritise.ts';
export {
  proveTickets,
  tellCustomerOfProof,
  tellCustomerToProve,
  tellDeskOfAsking,
  tellDeskOfProof,
} from './prove.ts';
export { nextFor, type Queue, type QueueAsked, type QueueLine } from './queue.ts';
export { raisePosts } from './raise.ts';
export { react } from './react.ts';
export { happened } from './record.ts';
export { reopen } from './reopen.ts';
export { reply } from './reply.ts';
export { resend } from './resend.ts';
export { echo, heldUntil, placeOf, showTheirs, tellCustomer, tellDesk } from './say.ts';
export { showOwn, type TicketView } from './show.ts';
export { showAnew } from './show-anew.ts';
export { suggestAny, suggestOwn, typedWords } from './suggest.ts';
export { takeBack } from './take-back.ts';
export { transfer } from './transfer.ts';
export { write } from './write.ts';
