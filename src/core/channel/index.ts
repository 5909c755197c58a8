/** The port and its words. */
export * from './classes.ts';
export {
  type Answer,
  type Button,
  type FormField,
  type FormOption,
  type FormPage,
  type FormView,
  isTicketForm,
} from './form.ts';
export type * from './inbound.ts';
export * from './letter.ts';
export { type MissedChange, missedChanges, type StandingReaction } from './missed.ts';
export type * from './model.ts';
export { isPlatform, platformName, WEB } from './name.ts';
export type * from './outbound.ts';
export { backoff, isNeverSent, whyOf, wireCode } from './wire.ts';
export type * from './words.ts';
