import {
  keepFirstReply,
  passToCustomer,
  passToDesks,
  passToOtherDesks,
  type Reactions,
  showCards,
  tellCustomerOfMove,
  tellDeskOfClose,
} from './ticket/index.ts';

/** What follows from each event, in order and in its transaction. */
export const reactions: Reactions = {
  'customer-wrote': [passToDesks],
  'staff-replied': [passToCustomer, passToOtherDesks, keepFirstReply],
  'note-added': [passToOtherDesks],
  claimed: [showCards],
  moved: [showCards, tellCustomerOfMove, tellDeskOfClose],
};
