/**
 * Who answers, and who is called when nobody does. Levels say where a ticket is, a ladder whom to page and when; each way up it for one ticket is a
 * climb. Its steps and waits are timers of the ticket, its pages are rows that a round turns into messages: first one by one, in a storm many at
 * once. Nobody there is passed at once, an acknowledgement runs out, and the end is everybody on duty until a person answers.
 */
export { callPaged } from './calls.ts';
export { sayDuty } from './duty.ts';
export { readFeed } from './feed.ts';
export {
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
  tellDeskOfAcknowledgement,
  tellDeskOfCall,
} from './follow.ts';
export { deescalate, escalateTo, tellCustomerOfLevel, tellDeskOfLevel } from './levels.ts';
export { sayOncall } from './oncall.ts';
export { createPagePages } from './pages.ts';
export { handlesOf, personOf } from './people.ts';
export { isListed, pageDeedIn, pressPage } from './press.ts';
export { type Crew, crewsIn, levelsNamed } from './rules/crews.ts';
export { levelOf } from './rules/levels.ts';
export { levelsOf } from './staffing.ts';
