import { isDeepStrictEqual } from 'node:util';
import type { Account, AccountInput, AccountView } from '../model.ts';

/** Whether putting it would change anything. */
export function compare(
  given: AccountInput,
  stored: AccountView | undefined,
): 'created' | 'changed' | 'unchanged' {
  if (stored === undefined) return 'created';
  const { updated_at: _when, ...before } = stored;
  const wanted = {
    ...given,
    contacts: given.contacts ?? before.contacts,
    services: given.services ?? before.services,
  };
  return isDeepStrictEqual(ordered(wanted), ordered(before)) ? 'unchanged' : 'changed';
}

/** The order of contacts and services means nothing. */
function ordered(account: Account): unknown {
  const byRef = (a: { ref: string }, b: { ref: string }): number => (a.ref < b.ref ? -1 : 1);
  return {
    ...account,
    contacts: account.contacts.toSorted(byRef),
    services: account.services.toSorted(byRef),
  };
}
