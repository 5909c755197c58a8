/** The database's tables as Drizzle sees them; `drizzle/schema.sql` is the truth, and a test holds the two together. */
export { account, apiKey, contact, contactAddress, service, serviceNetwork } from './account.ts';
export { alert, alertOutage, alertPost, supplierWork } from './alert.ts';
export { awaited, draft, place, reaction, receipt } from './conversation.ts';
export { call, climb, duty, page, standIn } from './escalation.ts';
export { file } from './file.ts';
export { handle, link } from './identity.ts';
export { notice, noticeHit, noticeRevision, noticeStep, ticketNotice } from './notice.ts';
export { delivery, lane } from './outbox.ts';
export {
  confirmation,
  confirmedAddress,
  dispatch,
  notification,
  preference,
  route,
  wrongCode,
} from './preference.ts';
export { promise, terms, timer } from './promise.ts';
export { identityEvent, proof } from './proof.ts';
export { rating, weekReport } from './report.ts';
export { line, room } from './room.ts';
export { session, signIn } from './session.ts';
export { statusMail, statusWord, subscriber, subscriberAsk } from './subscriber.ts';
export { event, message, ticket } from './ticket.ts';
