import type { Database } from '../../../drizzle/database.ts';
import { repeatable } from '../context.ts';
import { loadAccounts } from './load.ts';
import type { AccountInput, AccountView, Put } from './model.ts';
import { putAccounts, type Work } from './put.ts';
import { removeAccount } from './remove.ts';

/** The accounts as the provider's own programs work on them. */
export interface Accounts {
  /** Puts them in one transaction, and says what came of each, in their order. */
  put(accounts: readonly AccountInput[]): Promise<Put[]>;
  /** The same, with nothing changed. */
  preview(accounts: readonly AccountInput[]): Promise<Put[]>;
  get(ref: string): Promise<AccountView | undefined>;
  /** False when there is none. */
  remove(ref: string): Promise<boolean>;
}

/** Accounts over a database. */
export function createAccounts({
  database,
  now,
}: {
  readonly database: Database;
  readonly now: () => Date;
}): Accounts {
  const inOne = <T>(work: (work: Work) => Promise<T>): Promise<T> =>
    repeatable(() =>
      database.sql
        .begin(async tx => ({ value: await work({ tx, at: now() }) }))
        .then(({ value }) => value as T),
    );
  return {
    put: accounts => inOne(work => putAccounts(work, accounts)),
    preview: accounts => putAccounts({ tx: database.sql, at: now() }, accounts, true),
    get: async ref => (await loadAccounts(database.sql, [ref])).get(ref),
    remove: ref => inOne(work => removeAccount(work, ref)),
  };
}
