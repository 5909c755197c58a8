/**
 * Who is signed in to the page of their own, and how: by a one-time link to a chat or an address, or because the provider vouches for them. Only
 * hashes of secrets are kept.
 */
export { chatLink, mailLinks, seeLink, takeLink, takeVoucher, type Voucher } from './links.ts';
export type { LinkState, Session, SessionView, SignInWay } from './model.ts';
export {
  beginSession,
  dropOldSessions,
  endChatSessions,
  endSession,
  endSessions,
  findSession,
  listSessions,
} from './sessions.ts';
