/** Promises as rules: calendars, what the policy promises, and what a ticket's events come to. Pure: who keeps them is `core/promise`. */
export type { PromiseTarget } from './model.ts';
