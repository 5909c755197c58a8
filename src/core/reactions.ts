import { copyMove, copyReply } from './preference/index.ts';
import {
  countFirstReply,
  keepPromises,
  passFilesToCustomer,
  passFilesToDesks,
  passToCustomer,
  passToDesks,
  passToOtherDesks,
  type Reactions,
  showAnew,
  showCards,
  showHome,
  tellCustomerOfEscalation,
  tellCustomerOfMove,
  tellCustomerOfPriority,
  tellCustomerOfProof,
  tellCustomerOfTransfer,
  tellCustomerToProve,
  tellDeskOfAsking,
  tellDeskOfAssignment,
  tellDeskOfClose,
  tellDeskOfEscalation,
  tellDeskOfPriority,
  tellDeskOfProof,
  tellDeskOfTransfer,
  tellOfRefusedFiles,
} from './ticket/index.ts';
import type { TimerHandlers } from './timer/index.ts';

/** What follows from each event, in order and in its transaction. */
export const reactions: Reactions = {
  'customer-wrote': [passToDesks],
  'staff-replied': [passToCustomer, passToOtherDesks, keepPromises, showHome, copyReply],
  'note-added': [passToOtherDesks],
  'files-came': [passFilesToDesks, passFilesToCustomer],
  'files-refused': [tellOfRefusedFiles],
  'reply-resent': [],
  'message-edited': [showAnew],
  'message-taken-back': [showAnew, countFirstReply],
  'reply-became-note': [showAnew, countFirstReply],
  claimed: [showCards],
  assigned: [showCards, tellDeskOfAssignment],
  transferred: [showCards, tellDeskOfTransfer, tellCustomerOfTransfer],
  prioritised: [showCards, showHome, tellDeskOfPriority, tellCustomerOfPriority],
  'escalation-asked': [showCards, showHome, tellDeskOfEscalation, tellCustomerOfEscalation],
  'proof-asked': [showCards, tellDeskOfAsking, tellCustomerToProve],
  proved: [showCards, tellDeskOfProof, tellCustomerOfProof],
  'promise-at-risk': [],
  'promise-missed': [],
  'terms-changed': [],
  moved: [showCards, showHome, tellCustomerOfMove, tellDeskOfClose, copyMove],
};

/** What is done when a timer is due, by what stands before the colon of its target. */
export const timerHandlers: TimerHandlers = {};
