import type { Act } from '../context.ts';
import { Refusal } from '../errors.ts';
import type { Destination, Preferences } from './model.ts';
import { meetAddresses, readChats, readPreferences } from './read.ts';

/** A person's own preferences, with the chats that they may choose. */
export type OwnPreferences = Preferences & { readonly chats: readonly Destination[] };

/** How a contact wants to be told, for themself. Throws `Refusal` when there is no such contact any more. */
export async function readOwn(act: Act, contactId: number): Promise<OwnPreferences> {
  await meetAddresses(act.tx, [contactId], act.at);
  const preferences = await readPreferences(act, act.tx, contactId);
  if (preferences === undefined) throw new Refusal('notify-not-linked');
  return { ...preferences, chats: await readChats(act, act.tx, contactId) };
}
