import {
  climbByTimer,
  climbOnLevel,
  climbOnMiss,
  climbOnPriority,
  climbOnRisk,
  endClimbOnMove,
  endClimbOnReply,
  openingTimers,
  raiseByTimer,
  tellCustomerOfLevel,
  tellDeskOfAcknowledgement,
  tellDeskOfCall,
  tellDeskOfLevel,
} from './escalation/index.ts';
import { copyMove, copyReply } from './preference/index.ts';
import {
  countFirstReply,
  keepPromises,
  type OpeningTimers,
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
  'staff-replied': [passToCustomer, passToOtherDesks, keepPromises, showHome, copyReply, endClimbOnReply],
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
  prioritised: [showCards, showHome, tellDeskOfPriority, tellCustomerOfPriority, climbOnPriority],
  'escalation-asked': [showCards, showHome, tellDeskOfEscalation, tellCustomerOfEscalation],
  'proof-asked': [showCards, tellDeskOfAsking, tellCustomerToProve],
  proved: [showCards, tellDeskOfProof, tellCustomerOfProof],
  'promise-at-risk': [climbOnRisk],
  'promise-missed': [climbOnMiss],
  'terms-changed': [],
  moved: [showCards, showHome, tellCustomerOfMove, tellDeskOfClose, copyMove, endClimbOnMove],
  escalated: [showCards, showHome, tellDeskOfLevel, tellCustomerOfLevel, climbOnLevel],
  deescalated: [showCards, showHome, tellDeskOfLevel, tellCustomerOfLevel, climbOnLevel],
  paged: [],
  'page-nobody': [],
  'page-acknowledged': [showCards, tellDeskOfAcknowledgement],
  'page-expired': [showCards],
  'page-passed-on': [showCards],
  'page-unreachable': [],
  'all-called': [tellDeskOfCall],
};

/** What is done when a timer is due, by what stands before the colon of its target. */
export const timerHandlers: TimerHandlers = { ladder: climbByTimer, level: raiseByTimer };

/** What is set with a ticket's opening. */
export const timersAtOpening: OpeningTimers = openingTimers;
