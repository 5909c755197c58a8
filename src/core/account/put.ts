import type { SqlRunner } from '../../../drizzle/database.ts';
import { loadAccounts, loadHolders } from './load.ts';
import type { AccountInput, Put } from './model.ts';
import { clashesOf } from './rules/clashes.ts';
import { compare } from './rules/compare.ts';
import { writeAccounts } from './write.ts';

/** One transaction that works on accounts. */
export interface Work {
  readonly tx: SqlRunner;
  readonly at: Date;
}

/** Whoever changes accounts does so alone: two that claim the same contact at once would pass each other's check. Any number of ours. */
const LOCK = 4_004_001;

/** Puts accounts, each with its contacts and services, or says why not. What is as it was is not touched. `dry`: only says what would change. */
export async function putAccounts(
  work: Work,
  accounts: readonly AccountInput[],
  dry = false,
): Promise<Put[]> {
  const { tx, at } = work;
  if (!dry) await tx`select pg_advisory_xact_lock(${LOCK})`;
  const stored = await loadAccounts(
    tx,
    accounts.map(({ ref }) => ref),
  );
  const held = await loadHolders(tx, {
    contacts: accounts.flatMap(({ contacts = [] }) => contacts.map(({ ref }) => ref)),
    services: accounts.flatMap(({ services = [] }) => services.map(({ ref }) => ref)),
  });
  const clashes = clashesOf(accounts, held);
  const outcomes = accounts.map((account, index): Put => {
    const faults = clashes[index] ?? [];
    if (faults.length > 0) return { change: 'refused', clashes: faults };
    return { change: compare(account, stored.get(account.ref)) };
  });
  const changed = accounts.filter((_, index) =>
    ['created', 'changed'].includes(outcomes[index]?.change ?? ''),
  );
  if (!dry && changed.length > 0) await writeAccounts(tx, at, changed);
  return outcomes;
}
