/** Who is behind a handle, how surely, and what that lets them do. */
export { acquaint } from './acquaint.ts';
export { audit } from './audit.ts';
export { expireProofs } from './expire.ts';
export { type HowTo, howToProve, linkButton } from './how-to.ts';
export { languageOf } from './language.ts';
export { canMail, mailCode } from './mail-code.ts';
export { type LinkToken, type LinkTokens, makeLinkTokens, type TokenOptions } from './make-link-tokens.ts';
export type { HandleRow } from './model.ts';
export {
  endLink,
  type Identity,
  mustSeeAccount,
  ownIdentities,
  trustIn,
  trustOf,
  viewerNamed,
  viewerOf,
} from './own.ts';
export { nameOf, recognise, recognising } from './recognise.ts';
export { type Redeemed, redeem } from './redeem.ts';
export { type Offered, offeredIn } from './rules/offered.ts';
export { maySee, type Viewer } from './rules/sight.ts';
export {
  FRESH_MS,
  openingAction,
  provenTickets,
  type Trust,
  type Verdict,
  verdictOn,
} from './rules/trust.ts';
