import type { Handle } from '../actor.ts';
import type { Act } from '../context.ts';
import { Refusal } from '../errors.ts';
import { contactBehind } from './read.ts';

/** The contact that a person is. Throws `Refusal` for who is not linked to one. */
export async function ownContact(act: Act, owner: Handle): Promise<number> {
  const contactId = await contactBehind(act.tx, owner.id);
  if (contactId === undefined) throw new Refusal('notify-not-linked');
  return contactId;
}

/**
 * The same, for who wants to change where things go. What this takes is for the policy to say (`change-addresses`); until it has that table, the
 * link is enough.
 */
export async function mayChangeAddresses(act: Act, owner: Handle): Promise<number> {
  return ownContact(act, owner);
}
