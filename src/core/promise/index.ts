/**
 * Promises, kept: the table `promise` is what a ticket's events come to, written anew with each of them, with a timer for each step.
 * What is promised, and how it is counted, is `core/sla`.
 */
export { promiseDue } from './due.ts';
export { keepClock } from './keep.ts';
export { keepTerms } from './new-terms.ts';
export { tellDeskOfMiss, tellDeskOfRisk } from './tell.ts';
export { whyText } from './why.ts';
export { promisedWithin } from './within.ts';
