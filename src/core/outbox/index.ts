/** What goes out: put in with the change it tells of, sent in order, each once. */
export { CARD_BODY, CARD_FACT } from './card.ts';
export { comeBack } from './come-back.ts';
export { converge, lockLanesOf } from './converge.ts';
export { type Echo, echoReaction } from './echo.ts';
export { enqueue, refreshCards, refreshHome } from './enqueue.ts';
export type {
  Claimed,
  Content,
  CustomerMessage,
  DeliveryDraft,
  DeskMessage,
  PhraseButton,
  PlaceRole,
  Sheet,
} from './model.ts';
export { isOvertaken } from './overtaken.ts';
export { ownPlace } from './own-chat.ts';
export { postSheet, postSheets } from './post-sheet.ts';
export { createRelay, type Relay } from './relay.ts';
export { reword, rewordFirst } from './reword.ts';
export type { Unwanted } from './rules/unsubscribe-token.ts';
export { readUnsubscribe, stopLink } from './unsubscribe.ts';
