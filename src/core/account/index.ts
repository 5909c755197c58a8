/** Customers of the provider: accounts, their contacts and services, as the billing system tells of them. */
export { type Accounts, createAccounts } from './accounts.ts';
export { type FoundService, type ServerFound, whoseServer } from './find.ts';
export {
  type Account,
  type AccountInput,
  type AccountView,
  accountBodySchema,
  accountSchema,
  contactSchema,
  type Fault,
  languageSchema,
  mailSchema,
  type Put,
  refSchema,
  roles,
  serviceSchema,
  zoneSchema,
} from './model.ts';
export { OWN_SERVICES, type OwnService, ownServices, type ServicesOf, suggestServices } from './own.ts';
export { type Mention, openRoll, type Roll } from './roll.ts';
export { type Clue, readClue } from './rules/clue.ts';
export { shown as shownNetwork } from './rules/network.ts';
