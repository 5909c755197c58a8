/**
 * Promises as rules: calendars, what the policy promises, and what a ticket's events come to (`cyclesOf`). A pure function of the events and the
 * terms that held: met or missed is decided by when things happened. Who keeps them is `core/promise`.
 */
export { type Holidays, readHolidays } from './ical.ts';
export {
  type CalendarRule,
  type DayName,
  type OpenHours,
  type PromiseRule,
  type PromiseTarget,
  promiseTargets,
  type Terms,
  type Way,
  ways,
} from './model.ts';
export { type OpeningPromises, promisesAtOpening } from './opening.ts';
export { type Change, type Cycle, calendarIn, cyclesOf } from './rules/cycles.ts';
export { givenMs } from './rules/due.ts';
export { type Part, partsOf } from './rules/explain.ts';
export type { LogEntry } from './rules/log.ts';
export { asksForTier } from './rules/match.ts';
export { type PromiseStep, shareIn, stepsOf } from './rules/steps.ts';
export { hashOf } from './terms.ts';
