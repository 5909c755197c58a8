/** A chat that becomes a ticket: how its customer is told, gives what is missing, and goes on where they would rather be. */
export { mailUnread, showInChat, watchReply } from './away.ts';
export { byMailForm, submitByMail } from './by-mail.ts';
export { goOn } from './go-on.ts';
export { offerTicket, tellCustomerOfTicket, tellDeskOfDetails, tellDeskOfTicket } from './offer.ts';
