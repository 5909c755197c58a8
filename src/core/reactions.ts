import {
  keepPromises,
  passToCustomer,
  passToDesks,
  passToOtherDesks,
  type Reactions,
  showCards,
  tellCustomerOfEscalation,
  tellCustomerOfMove,
  tellCustomerOfPriority,
  tellCustomerOfTransfer,
  tellDeskOfAssignment,
  tellDeskOfClose,
  tellDeskOfEscalation,
  tellDeskOfPriority,
  tellDeskOfTransfer,
} from './ticket/index.ts';

/** What follows from each event, in order and in its transaction. */
export const reactions: Reactions = {
  'customer-wrote': [passToDesks],
  'staff-replied': [passToCustomer, passToOtherDesks, keepPromises],
  'note-added': [passToOtherDesks],
  claimed: [showCards],
  assigned: [showCards, tellDeskOfAssignment],
  transferred: [showCards, tellDeskOfTransfer, tellCustomerOfTransfer],
  prioritised: [showCards, tellDeskOfPriority, tellCustomerOfPriority],
  'escalation-asked': [showCards, tellDeskOfEscalation, tellCustomerOfEscalation],
  moved: [showCards, tellCustomerOfMove, tellDeskOfClose],
};
