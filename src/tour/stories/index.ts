import type { Story } from '../model.ts';
import { abuseAddressOnTheOwnPage } from './abuse-address-on-the-own-page.ts';
import { billingOnFridayEvening } from './billing-on-friday-evening.ts';
import { chatGoesOnInTelegram } from './chat-goes-on-in-telegram.ts';
import { criticalWithMissingFacts } from './critical-with-missing-facts.ts';
import { discordCustomer } from './discord-customer.ts';
import { emergencyFromAStranger } from './emergency-from-a-stranger.ts';
import { invoicesToAnotherAddress } from './invoices-to-another-address.ts';
import { linksFromTheClientArea } from './links-from-the-client-area.ts';
import { nobodyIsPinged } from './nobody-is-pinged.ts';
import { notesStayOnTheDesk } from './notes-stay-on-the-desk.ts';
import { outageInTwoWindows } from './outage-in-two-windows.ts';
import { outageToldOnce } from './outage-told-once.ts';
import { slackToTheDeskAndBack } from './slack-to-the-desk-and-back.ts';
import { solvedAndOpenedAgain } from './solved-and-opened-again.ts';
import { telegramConversation } from './telegram-conversation.ts';
import { ticketsOfOthers } from './tickets-of-others.ts';
import { twoClaimAtOnce } from './two-claim-at-once.ts';
import { twoTicketsInOneChat } from './two-tickets-in-one-chat.ts';
import { upTheLadder } from './up-the-ladder.ts';

/** All stories, in the order of the tour. */
export const stories: readonly Story[] = [
  slackToTheDeskAndBack,
  upTheLadder,
  criticalWithMissingFacts,
  discordCustomer,
  outageInTwoWindows,
  telegramConversation,
  twoTicketsInOneChat,
  solvedAndOpenedAgain,
  notesStayOnTheDesk,
  twoClaimAtOnce,
  ticketsOfOthers,
  nobodyIsPinged,
  linksFromTheClientArea,
  emergencyFromAStranger,
  invoicesToAnotherAddress,
  abuseAddressOnTheOwnPage,
  billingOnFridayEvening,
  chatGoesOnInTelegram,
  outageToldOnce,
];
