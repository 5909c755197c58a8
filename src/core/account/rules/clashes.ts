import type { AccountInput, Fault } from '../model.ts';

/** Which account has a ref: ref of the contact or service → ref of its account. */
export type Holders = Readonly<Record<'contacts' | 'services', ReadonlyMap<string, string>>>;

/**
 * What of each account cannot be, in their order: a contact or service that another account has, in the database or earlier in the same list,
 * stays with that account. It may have been proved who they are; a claim by somebody else must not take that along.
 */
export function clashesOf(accounts: readonly AccountInput[], held: Holders): Fault[][] {
  const holders = { contacts: new Map(held.contacts), services: new Map(held.services) };
  const done = new Set<string>();
  return accounts.map(account => {
    const clashes: Fault[] = done.has(account.ref)
      ? [{ path: ['ref'], message: 'the same account is there before' }]
      : [];
    for (const list of ['contacts', 'services'] as const)
      for (const [index, { ref }] of (account[list] ?? []).entries()) {
        const holder = holders[list].get(ref);
        if (holder === undefined || holder === account.ref) continue;
        const what = list === 'contacts' ? 'a contact' : 'a service';
        const message = `"${ref}" is ${what} of the account "${holder}"; take it away there first`;
        clashes.push({ path: [list, index, 'ref'], message });
      }
    if (clashes.length > 0) return clashes;
    done.add(account.ref);
    for (const list of ['contacts', 'services'] as const)
      for (const { ref } of account[list] ?? []) holders[list].set(ref, account.ref);
    return [];
  });
}
