import type { Work } from './put.ts';

/** Takes an account away, with its contacts, services and what was proved of them; its tickets stay. False when there is none. */
export async function removeAccount({ tx }: Work, ref: string): Promise<boolean> {
  const rows = await tx`delete from account where ref = ${ref}`;
  return rows.count === 1;
}
