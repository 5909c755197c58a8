import type { Handle } from '../actor.ts';
import type { Act } from '../context.ts';
import { Refusal } from '../errors.ts';
import { trustIn, verdictOn } from '../identity/index.ts';
import { contactBehind } from './read.ts';

/** The contact that a person is. Throws `Refusal` for who is not linked to one. */
export async function ownContact(act: Act, owner: Handle): Promise<number> {
  const contactId = await contactBehind(act.tx, owner.id);
  if (contactId === undefined) throw new Refusal('notify-not-linked');
  return contactId;
}

/** The same, for who wants to change where things go. Throws `Refusal` too for who is proved less surely than the policy asks for it. */
export async function mayChangeAddresses(act: Act, owner: Handle): Promise<number> {
  const contactId = await ownContact(act, owner);
  if (verdictOn(act.policy, 'change-addresses', await trustIn(act, owner.id)) !== 'allowed')
    throw new Refusal('proof-needed-fresh');
  return contactId;
}
