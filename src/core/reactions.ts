import {
  climbByTimer,
  climbOnAsking,
  climbOnDetach,
  climbOnLevel,
  climbOnMiss,
  climbOnPriority,
  climbOnRisk,
  endClimbOnAttach,
  endClimbOnMove,
  endClimbOnReply,
  openingTimers,
  raiseByTimer,
  tellCustomerOfLevel,
  tellDeskOfAcknowledgement,
  tellDeskOfCall,
  tellDeskOfLevel,
} from './escalation/index.ts';
import {
  leaveOnTransfer,
  tellCustomerOfPart,
  tellCustomerOfPartEnd,
  tellDeskOfPart,
  tellDeskOfPartEnd,
  unlessAttached,
} from './notice/index.ts';
import { copyMove, copyReply } from './preference/index.ts';
import { keepClock, promiseDue, tellDeskOfMiss, tellDeskOfRisk } from './promise/index.ts';
import {
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
  'customer-wrote': [keepClock, passToDesks],
  'staff-replied': [keepClock, passToCustomer, passToOtherDesks, showHome, copyReply, endClimbOnReply],
  'note-added': [passToOtherDesks],
  'files-came': [passFilesToDesks, passFilesToCustomer],
  'files-refused': [tellOfRefusedFiles],
  'reply-resent': [],
  'message-edited': [showAnew],
  'message-taken-back': [showAnew, keepClock],
  'reply-became-note': [showAnew, keepClock],
  'details-added': [showCards],
  claimed: [showCards],
  assigned: [showCards, tellDeskOfAssignment],
  transferred: [keepClock, showCards, tellDeskOfTransfer, tellCustomerOfTransfer, leaveOnTransfer],
  prioritised: [keepClock, showCards, showHome, tellDeskOfPriority, tellCustomerOfPriority, climbOnPriority],
  'escalation-asked': [
    keepClock,
    showCards,
    showHome,
    tellDeskOfEscalation,
    tellCustomerOfEscalation,
    climbOnAsking,
  ],
  'proof-asked': [showCards, tellDeskOfAsking, tellCustomerToProve],
  proved: [keepClock, showCards, tellDeskOfProof, tellCustomerOfProof],
  'promise-at-risk': [keepClock, tellDeskOfRisk, climbOnRisk],
  'promise-missed': [keepClock, tellDeskOfMiss, climbOnMiss],
  attached: [keepClock, showCards, showHome, tellCustomerOfPart, tellDeskOfPart, endClimbOnAttach],
  detached: [keepClock, showCards, showHome, tellCustomerOfPartEnd, tellDeskOfPartEnd, climbOnDetach],
  'terms-changed': [keepClock],
  moved: [keepClock, showCards, showHome, tellCustomerOfMove, tellDeskOfClose, copyMove, endClimbOnMove],
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
export const timerHandlers: TimerHandlers = {
  promise: promiseDue,
  ladder: unlessAttached(climbByTimer),
  level: unlessAttached(raiseByTimer, { orPart: true }),
};

/** What is set with a ticket's opening. */
export const timersAtOpening: OpeningTimers = openingTimers;
