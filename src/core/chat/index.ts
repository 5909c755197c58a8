/** A chat that becomes a ticket: how its customer is told, gives what is missing, and goes on where they would rather be. */
export { offerTicket, tellCustomerOfTicket, tellDeskOfTicket } from './offer.ts';
